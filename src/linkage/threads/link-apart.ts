import { Worker } from 'node:worker_threads';
import type { Edges } from '../cluster-records.ts';
import type { LinkRecord } from '../engine.ts';
import type { Linkage, LinkAllOptions } from '../link-all.ts';
import { ModelRefused, type RefusalReason } from '../model-refused.ts';

/** What storing needs of a linkage. */
export type StoredLinkage = Pick<Linkage, 'model' | 'auto' | 'review' | 'edges' | 'tree' | 'levelsOf' | 'figures'>;

/** From the caller's thread: some records, or that there are no more. */
export type ApartRequest =
  | { readonly kind: 'begin'; readonly options: Pick<LinkAllOptions, 'model' | 'previous' | 'decisions' | 'threads'> }
  | { readonly kind: 'records'; readonly records: readonly LinkRecord[] }
  | { readonly kind: 'end' };
/** Back to it. `more`: the records sent have been read. */
export type ApartReply =
  | { readonly kind: 'more' }
  | { readonly kind: 'progress'; readonly stage: string; readonly done: number }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly detail: string }
  | (Omit<StoredLinkage, 'levelsOf'> & { readonly kind: 'linked'; readonly edges: Edges; readonly levels: readonly string[] });

const BATCH = 5000;

/** As `linkAll` for records of children, on threads of its own: a hub that serves goes on answering. @throws ModelRefused */
export async function linkApart(records: AsyncIterable<LinkRecord>, options: LinkAllOptions = {}): Promise<StoredLinkage> {
  const { onProgress, model, previous, decisions, threads } = options;
  const worker = new Worker(
    new URL(import.meta.url.endsWith('.ts') ? './link-apart-worker.ts' : './link-apart-worker.js', import.meta.url),
  );
  let more: () => void = () => {};
  const linked = new Promise<StoredLinkage>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the linking thread ended with code ${code}`)));
    worker.on('message', (reply: ApartReply) => {
      if (reply.kind === 'more') more();
      else if (reply.kind === 'progress') onProgress?.(reply.stage, reply.done);
      else if (reply.kind === 'refused') reject(new ModelRefused(reply.reason, reply.detail));
      else resolve({ ...reply, levelsOf: (edge) => reply.levels[edge] as string });
    });
  });
  // Met below; until then a failure must not count as unhandled.
  linked.catch(() => {});
  const send = async (request: ApartRequest): Promise<void> => {
    const read = new Promise<void>((resolve) => {
      more = resolve;
    });
    worker.postMessage(request);
    await Promise.race([read, linked]);
  };
  try {
    const plain: Pick<LinkAllOptions, 'model' | 'previous' | 'decisions' | 'threads'> = {
      ...(model ? { model } : {}),
      ...(previous ? { previous } : {}),
      ...(decisions ? { decisions } : {}),
      ...(threads ? { threads } : {}),
    };
    worker.postMessage({ kind: 'begin', options: plain } satisfies ApartRequest);
    let batch: LinkRecord[] = [];
    for await (const record of records) {
      batch.push(record);
      if (batch.length < BATCH) continue;
      await send({ kind: 'records', records: batch });
      batch = [];
    }
    if (batch.length > 0) await send({ kind: 'records', records: batch });
    worker.postMessage({ kind: 'end' } satisfies ApartRequest);
    return await linked;
  } finally {
    await worker.terminate();
  }
}

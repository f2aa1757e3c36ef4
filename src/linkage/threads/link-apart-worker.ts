import { parentPort } from 'node:worker_threads';
import { childSchema } from '../child-schema.ts';
import type { LinkRecord } from '../engine.ts';
import { linkAll, type LinkAllOptions } from '../link-all.ts';
import type { ApartReply, ApartRequest } from './link-apart.ts';
import { ModelRefused } from '../model-refused.ts';

const reply = (message: ApartReply): void => parentPort?.postMessage(message);
const waiting: ApartRequest[] = [];
let wake: () => void = () => {};
parentPort?.on('message', (request: ApartRequest) => {
  waiting.push(request);
  wake();
});

async function nextRequest(): Promise<ApartRequest> {
  while (waiting.length === 0)
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  return waiting.shift() as ApartRequest;
}

async function* recordsSent(): AsyncGenerator<LinkRecord> {
  for (;;) {
    const request = await nextRequest();
    if (request.kind === 'end') return;
    if (request.kind !== 'records') continue;
    yield* request.records;
    reply({ kind: 'more' });
  }
}

async function link(options: LinkAllOptions): Promise<void> {
  const onProgress = (stage: string, done: number): void => reply({ kind: 'progress', stage, done });
  try {
    const { model, auto, review, edges, tree, figures, levelsOf } = await linkAll(childSchema, recordsSent(), { ...options, onProgress });
    reply({
      kind: 'linked',
      model,
      auto,
      review,
      edges,
      tree,
      figures,
      levels: Array.from({ length: edges.count }, (_, e) => levelsOf(e)),
    });
  } catch (error) {
    if (!(error instanceof ModelRefused)) throw error;
    reply({ kind: 'refused', reason: error.reason, detail: error.detail });
  }
}

const first = await nextRequest();
if (first.kind === 'begin') await link(first.options);

import { Worker } from 'node:worker_threads';
import type { Blocks } from '../blocks.ts';
import type { Dataset } from '../dataset.ts';
import type { PlacesSnapshot } from '../link-model.ts';
import type { WorkerColumns, WorkerTask } from './link-worker.ts';
import type { Scored } from '../score-candidates.ts';

/** A second thread on the same records. */
export interface LinkHelper {
  /** The blocks of every second pass, by pass. */
  blocks(): Promise<ReadonlyMap<number, Blocks>>;
  /** Scores candidates in turns with this thread, and ends. */
  score(task: WorkerTask): Promise<Scored>;
  stop(): Promise<void>;
}

/** Starts it; it makes the blocks of the odd passes at once. */
export function startHelper(data: Dataset<never>, places: PlacesSnapshot): LinkHelper {
  data.share();
  const worker = new Worker(new URL(import.meta.url.endsWith('.ts') ? './link-worker.ts' : './link-worker.js', import.meta.url));
  const failed = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => code !== 0 && reject(new Error(`a linking thread ended with code ${code}`)));
  });
  // Met where its work is awaited; until then it must not count as unhandled.
  failed.catch(() => {});
  const passes = data.schema.passes.flatMap((_, pass) => (pass % 2 === 1 ? [pass] : []));
  const made = new Map<number, Blocks>();
  const blocks = new Promise<ReadonlyMap<number, Blocks>>((resolve) => {
    const onMessage = (message: { pass: number; blocks: Blocks }): void => {
      made.set(message.pass, message.blocks);
      if (made.size < passes.length) return;
      worker.off('message', onMessage);
      resolve(made);
    };
    worker.on('message', onMessage);
  });
  const columns: WorkerColumns = {
    texts: data.columns.map(({ texts }) => texts),
    ids: data.columns.map(({ ids }) => ids as Int32Array<SharedArrayBuffer>),
    sources: data.sources as Uint8Array<SharedArrayBuffer>,
    size: data.size,
    places,
    passes,
  };
  worker.postMessage(columns);
  return {
    blocks: () => Promise.race([blocks, failed]),
    score(task) {
      const scored = new Promise<Scored>((resolve) => void worker.once('message', resolve));
      worker.postMessage(task);
      return Promise.race([scored, failed]);
    },
    stop: async () => void (await worker.terminate()),
  };
}

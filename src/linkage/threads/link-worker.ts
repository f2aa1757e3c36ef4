import { parentPort } from 'node:worker_threads';
import { type Blocks, blocksOf } from '../blocks.ts';
import { childSchema } from '../child-schema.ts';
import { Dataset } from '../dataset.ts';
import { Gazetteer } from '../gazetteer.ts';
import type { LinkModel, PlacesSnapshot } from '../link-model.ts';
import type { LinkSchema } from '../link-schema.ts';
import { PairScorer } from '../pair-scorer.ts';
import { RecordKeys } from '../record-keys.ts';
import { scoreCandidates, turns } from '../score-candidates.ts';

/** First: the records as columns, and the passes whose blocks this thread makes. */
export interface WorkerColumns {
  readonly texts: readonly (readonly string[])[];
  readonly ids: readonly Int32Array<SharedArrayBuffer>[];
  readonly sources: Uint8Array<SharedArrayBuffer>;
  readonly size: number;
  readonly places: PlacesSnapshot;
  readonly passes: readonly number[];
}
/** Then: all blocks, the model, and the counter from which threads take their turns. */
export interface WorkerTask {
  readonly blocks: readonly Blocks[];
  readonly model: LinkModel;
  readonly counter: Int32Array<SharedArrayBuffer>;
}

let data: Dataset<never> | undefined;
parentPort?.on('message', (message: WorkerColumns | WorkerTask) => {
  if ('texts' in message) {
    const gazetteer = new Gazetteer(message.places);
    data = new Dataset<never>(childSchema(() => gazetteer) as LinkSchema<never>);
    data.adopt(message);
    const keys = new RecordKeys(data);
    for (const pass of message.passes) parentPort?.postMessage({ pass, blocks: blocksOf(keys, pass, data.size) });
  } else if (data) {
    const scored = scoreCandidates(data.size, message.blocks, new PairScorer(data, message.model), turns(message.counter));
    parentPort?.postMessage(scored);
    parentPort?.close();
  }
});

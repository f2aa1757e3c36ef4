import { blocksOf, shareBlock } from '../../../src/linkage/blocks.ts';
import { Dataset } from '../../../src/linkage/dataset.ts';
import type { LinkSchema } from '../../../src/linkage/link-schema.ts';
import { RecordKeys } from '../../../src/linkage/record-keys.ts';
import { membersOf } from './metrics/labels.ts';
import type { BenchSet } from './sets/bench-set.ts';

/** True pairs that share a block, 0…1: what scoring can reach at best. And those that do not. */
export function candidateRecall<R>(set: BenchSet<R>, schema: LinkSchema<R>): { recall: number; missed: (readonly [number, number])[] } {
  const data = new Dataset<R>(schema);
  for (const record of set.records) data.add(record);
  const keys = new RecordKeys(data as unknown as Dataset<never>);
  const passes = schema.passes.map((_, pass) => blocksOf(keys, pass, data.size));
  let all = 0;
  const missed: (readonly [number, number])[] = [];
  for (const records of membersOf(set.truth))
    for (const [i, a] of records.entries())
      for (const b of records.slice(i + 1)) {
        all += 1;
        if (!passes.some((blocks) => shareBlock(blocks, a, b))) missed.push([a, b]);
      }
  return { recall: all === 0 ? 1 : 1 - missed.length / all, missed };
}

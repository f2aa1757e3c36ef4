import { linkAll } from '../../../src/linkage/link-all.ts';
import { ModelRefused } from '../../../src/linkage/model-refused.ts';
import { pairwise } from './metrics/pairwise.ts';
import type { Line } from './report.ts';
import type { BenchSet, CellRecord } from './sets/bench-set.ts';

/** Whether learning from a set that was built to mislead it fails loudly. */
export async function measureRefusal(set: BenchSet<CellRecord>): Promise<Line> {
  const line = { set: set.name, figure: 'learning', target: 'refused' };
  try {
    const { auto } = await linkAll(set.schema, set.records);
    return { ...line, measured: `accepted, ${pairwise(auto, set.truth).falsePairs} false auto-links`, met: false };
  } catch (error) {
    if (!(error instanceof ModelRefused)) throw error;
    return { ...line, measured: `refused: ${error.reason}`, met: true };
  }
}

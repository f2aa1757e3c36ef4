import { type Labels, membersOf, pairsAmong, share } from './labels.ts';

/** Scored pairs: two records and the weight of the pair, in bits. */
export interface ScoredPairs {
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
  readonly weight: ArrayLike<number>;
  readonly count: number;
}
/** Of the pairs from this weight on: how many are right, and how many of all true pairs they are, 0…1. No clustering. */
export interface CurvePoint {
  readonly bits: number;
  readonly pairs: number;
  readonly precision: number;
  readonly recall: number;
}

export function curve({ a, b, weight, count }: ScoredPairs, truth: Labels, thresholds: readonly number[]): CurvePoint[] {
  let all = 0;
  for (const records of membersOf(truth)) all += pairsAmong(records.length);
  return thresholds.map((bits) => {
    let [pairs, right] = [0, 0];
    for (let e = 0; e < count; e += 1) {
      if ((weight[e] as number) < bits) continue;
      pairs += 1;
      if (truth[a[e] as number] === truth[b[e] as number]) right += 1;
    }
    return { bits, pairs, precision: share(right, pairs), recall: share(right, all) };
  });
}

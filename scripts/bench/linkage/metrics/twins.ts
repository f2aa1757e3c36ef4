import { type Labels, membersOf, pairsAmong, share } from './labels.ts';

export interface Household {
  /** Number of the household of each record. */
  readonly household: Labels;
  /** 1: the record is of a twin. */
  readonly twin: ArrayLike<number>;
}
export interface TwinScore {
  /** True twins with at least one record, and pairs of twins of one household. */
  readonly twins: number;
  readonly pairs: number;
  /** Clusters that hold a twin and another child of its household. */
  readonly falseClusters: number;
  /** Pairs of children of one household, one of them a twin, that stand in one cluster. */
  readonly falsePairs: number;
  /** `falseClusters` per twin, and `falsePairs` per pair of twins; 0 where there are no twins. */
  readonly perTwin: number;
  readonly perPair: number;
}

export function twinScore(made: Labels, truth: Labels, { household, twin }: Household): TwinScore {
  const twinsOf = new Map<number, Set<number>>();
  for (let i = 0; i < truth.length; i += 1) {
    if (twin[i] !== 1) continue;
    const home = household[i] as number;
    const all = twinsOf.get(home) ?? new Set();
    twinsOf.set(home, all.add(truth[i] as number));
  }
  let [twins, pairs, falseClusters, falsePairs] = [0, 0, 0, 0];
  for (const all of twinsOf.values()) {
    twins += all.size;
    pairs += pairsAmong(all.size);
  }
  for (const records of membersOf(made)) {
    if (records.length < 2 || !records.some((record) => twin[record] === 1)) continue;
    const before = falsePairs;
    for (const home of Map.groupBy(records, (record) => household[record] as number).values()) {
      const children = new Map(home.map((record) => [truth[record] as number, twin[record] === 1]));
      const [all, others] = [children.size, [...children.values()].filter((isTwin) => !isTwin).length];
      falsePairs += pairsAmong(all) - pairsAmong(others);
    }
    if (falsePairs > before) falseClusters += 1;
  }
  const per = (count: number, of: number): number => (of === 0 ? 0 : share(count, of));
  return { twins, pairs, falseClusters, falsePairs, perTwin: per(falseClusters, twins), perPair: per(falsePairs, pairs) };
}

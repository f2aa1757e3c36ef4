import { type Labels, membersOf } from './labels.ts';
import { type Pairwise, pairwiseOf } from './pairwise.ts';

export interface OneToOne extends Pairwise {
  /** Clusters with two records of one source, which holds each person once. */
  readonly doubled: number;
}

/**
 * Two sources, each of which holds a person once: only pairs across them count.
 * @param source number of the source of each record.
 */
export function oneToOne(made: Labels, truth: Labels, source: ArrayLike<number>): OneToOne {
  const across = (records: readonly number[]): number => {
    const counts = new Map<number, number>();
    for (const record of records) counts.set(source[record] as number, (counts.get(source[record] as number) ?? 0) + 1);
    let [all, seen] = [0, 0];
    for (const count of counts.values()) {
      all += seen * count;
      seen += count;
    }
    return all;
  };
  let [linked, right, all, doubled] = [0, 0, 0, 0];
  for (const records of membersOf(made)) {
    linked += across(records);
    for (const part of Map.groupBy(records, (record) => truth[record]).values()) right += across(part);
    if (new Set(records.map((record) => source[record])).size < records.length) doubled += 1;
  }
  for (const records of membersOf(truth)) all += across(records);
  return { ...pairwiseOf(linked, right, all), doubled };
}

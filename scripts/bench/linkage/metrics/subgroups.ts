import { type Labels, membersOf } from './labels.ts';

export interface SubgroupScore {
  readonly name: string;
  readonly records: number;
  /** True pairs with at least one record of the subgroup. */
  readonly pairs: number;
  /** Of them, those linked, 0…1. */
  readonly recall: number;
  /** Recall of all records less this one, in points of a hundred; above 0: the subgroup is worse served. */
  readonly gap: number;
}

function linkedShare(truth: readonly (readonly number[])[], made: Labels, counts: (a: number, b: number) => boolean): [number, number] {
  let [linked, all] = [0, 0];
  for (const records of truth)
    for (const [i, a] of records.entries())
      for (const b of records.slice(i + 1)) {
        if (!counts(a, b)) continue;
        all += 1;
        if (made[a] === made[b]) linked += 1;
      }
  return [linked, all];
}

/**
 * Whether some kinds of record are served worse than all.
 * @param members of each subgroup: which records are of it. Subgroups without a true pair are left out: they say nothing.
 */
export function subgroupScores(made: Labels, truth: Labels, members: ReadonlyMap<string, (record: number) => boolean>): SubgroupScore[] {
  const children = membersOf(truth).filter((records) => records.length > 1);
  const [linkedOfAll, all] = linkedShare(children, made, () => true);
  return [...members].flatMap(([name, isMember]) => {
    const [linked, pairs] = linkedShare(children, made, (a, b) => isMember(a) || isMember(b));
    if (pairs === 0) return [];
    let records = 0;
    for (let i = 0; i < truth.length; i += 1) if (isMember(i)) records += 1;
    return [{ name, records, pairs, recall: linked / pairs, gap: 100 * (linkedOfAll / all - linked / pairs) }];
  });
}

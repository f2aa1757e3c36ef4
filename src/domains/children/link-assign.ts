import { compareRecords } from '../../linkage/engine.ts';

/** Which records stand for which children now. */
export interface Holdings {
  /** Record → the child that it, or the version before it, is linked to. */
  readonly held: ReadonlyMap<string, string>;
  isRegistry(record: string): boolean;
}

/**
 * The child number that each cluster keeps; null where a new one is needed. A number stays with the side that holds the civil-registry record, else the oldest record;
 * of several numbers that meet in one cluster the one so held first stays, and the others are never used again.
 */
export function assignChildren(
  clusters: readonly { readonly records: readonly string[] }[],
  { held, isRegistry }: Holdings,
): (string | null)[] {
  const before = (a: string, b: string): boolean => (isRegistry(a) === isRegistry(b) ? compareRecords(a, b) < 0 : isRegistry(a));
  const owners = new Map<string, string>();
  for (const { records } of clusters) {
    for (const record of records) {
      const child = held.get(record);
      if (child === undefined) continue;
      const owner = owners.get(child);
      if (owner === undefined || before(record, owner)) owners.set(child, record);
    }
  }
  return clusters.map(({ records }) => {
    let kept: { child: string; owner: string } | null = null;
    for (const record of records) {
      const child = held.get(record);
      if (child === undefined || owners.get(child) !== record) continue;
      if (kept === null || before(record, kept.owner)) kept = { child, owner: record };
    }
    return kept?.child ?? null;
  });
}

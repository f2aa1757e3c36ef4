import type { CoverageStatus } from '../../src/coverage/status.ts';
import { isOutOfSchool } from '../../src/coverage/status.ts';

/** A record of `truth/records.csv`: whose it is, and what was broken in it on purpose. */
export interface TrueRecord {
  readonly record: string;
  readonly kind: string;
  readonly child: string;
  readonly flags: readonly string[];
  readonly errors: readonly string[];
}
/** A child of `truth/children.csv`. `accepted` holds the expected status first, then those that the records support as well. */
export interface TrueChild {
  readonly child: string;
  readonly accepted: readonly CoverageStatus[];
  readonly detail: string;
}
/** A child as linked and derived. */
export interface FoundChild {
  readonly child: string;
  readonly records: readonly string[];
  readonly status: CoverageStatus;
  /** Other found children of whom an open question asks whether they are this one. */
  readonly asked: readonly string[];
}

/** One child that is wrongly on, or wrongly missing from, the list of children out of school, and what it was lost to. */
export interface Loss {
  readonly kind: 'FALSE_ALARM' | 'MISSED';
  readonly trueChild: string | null;
  readonly expected: CoverageStatus | null;
  readonly found: CoverageStatus | 'NO_CHILD';
  /** `SPLIT`: some of the child's records stand alone; `OVERLINKED`: another child's records are among them; `STATUS`: linked rightly, read wrongly; `STRAY`: records of no true child. */
  readonly cause: 'SPLIT' | 'OVERLINKED' | 'STATUS' | 'STRAY';
  readonly records: readonly string[];
  /** Whether an open question asks if this is the same child as another entry of the true one. */
  readonly isAsked: boolean;
  /** Planted errors and flags of the records that stand wrongly, `kind:error`. */
  readonly planted: readonly string[];
}

export interface Ratio {
  readonly right: number;
  readonly all: number;
}
export interface Score {
  /** Expected status → status of the found child that holds most of the true child's records, or NO_CHILD. */
  readonly confusion: ReadonlyMap<CoverageStatus, ReadonlyMap<CoverageStatus | 'NO_CHILD', number>>;
  readonly agreement: Ratio;
  /** Of the found children out of school, those that are the main one of a true child out of school: a second entry for one child is an error. */
  readonly precision: Ratio;
  /** The same, where a second entry for a true child out of school is right too. */
  readonly precisionOfEntries: Ratio;
  /** As `precision`, of the found children of whom no question is open. */
  readonly precisionWithoutQuestion: Ratio;
  /** Of the true children out of school, those with a found child out of school. */
  readonly recall: Ratio;
  readonly pairs: { readonly precision: Ratio; readonly recall: Ratio };
  readonly trueChildrenNotFound: number;
  readonly foundChildrenWithoutTruth: number;
  readonly losses: readonly Loss[];
}

/** Scores linked and derived children against the truth. A found child belongs to the true child of most of its records. Records of which the truth knows nothing are left out. */
export function score(found: readonly FoundChild[], trueRecords: readonly TrueRecord[], trueChildren: readonly TrueChild[]): Score {
  const records = new Map(trueRecords.map((record) => [record.record, record]));
  const children = new Map(trueChildren.map((child) => [child.child, child]));
  const owner = new Map(found.map((one) => [one, ownerOf(one, records)]));
  const entries = Map.groupBy(found, (one) => owner.get(one) ?? '');
  const recordCount = countBy(trueRecords.map((record) => record.child));
  const main = new Map<string, FoundChild>();
  for (const [child, some] of entries)
    if (child)
      main.set(
        child,
        some.reduce((best, one) => (isMainer(one, best, child, records) ? one : best)),
      );

  const names = new Map(found.map((one) => [one.child, one]));
  const lossOf = (kind: Loss['kind'], one: FoundChild | null, child: TrueChild | null): Loss => {
    const isAsked = one?.asked.some((other) => child !== null && owner.get(names.get(other) as FoundChild) === child.child) ?? false;
    return { ...describeLoss(kind, one, child, records, recordCount), isAsked };
  };
  const confusion = new Map<CoverageStatus, Map<CoverageStatus | 'NO_CHILD', number>>();
  const losses: Loss[] = [];
  let agreed = 0;
  let recalled = 0;
  let toRecall = 0;
  let notFound = 0;
  for (const child of trueChildren) {
    const expected = child.accepted[0];
    if (!expected) continue;
    const mine = main.get(child.child);
    const status = mine?.status ?? 'NO_CHILD';
    if (!mine) notFound++;
    const row = confusion.get(expected) ?? new Map<CoverageStatus | 'NO_CHILD', number>();
    confusion.set(expected, row.set(status, (row.get(status) ?? 0) + 1));
    const accepted = mine !== undefined && child.accepted.includes(mine.status);
    if (accepted) agreed++;
    if (!isOutOfSchool(expected)) continue;
    toRecall++;
    if (accepted || entries.get(child.child)?.some((one) => isOutOfSchool(one.status))) recalled++;
    else losses.push(lossOf('MISSED', mine ?? null, child));
  }
  let alarms = 0;
  let right = 0;
  let rightEntries = 0;
  const unasked = { right: 0, all: 0 };
  for (const one of found) {
    if (!isOutOfSchool(one.status)) continue;
    alarms++;
    const child = children.get(owner.get(one) ?? '');
    const isOut = child?.accepted.some(isOutOfSchool) ?? false;
    if (isOut) rightEntries++;
    const isRight = isOut && child !== undefined && main.get(child.child) === one;
    if (one.asked.length === 0) {
      unasked.all++;
      if (isRight) unasked.right++;
    }
    if (isRight) right++;
    else losses.push(lossOf('FALSE_ALARM', one, child ?? null));
  }
  return {
    confusion,
    agreement: { right: agreed, all: trueChildren.length },
    precision: { right, all: alarms },
    precisionOfEntries: { right: rightEntries, all: alarms },
    precisionWithoutQuestion: unasked,
    recall: { right: recalled, all: toRecall },
    pairs: pairsOf(found, records, recordCount),
    trueChildrenNotFound: notFound,
    foundChildrenWithoutTruth: entries.get('')?.length ?? 0,
    losses,
  };
}

function ownerOf(found: FoundChild, records: ReadonlyMap<string, TrueRecord>): string | null {
  const counts = countBy(found.records.flatMap((record) => records.get(record)?.child ?? []));
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null;
}

/** The main entry of a true child holds most of its records; of equals, the one with the civil register's. */
function isMainer(one: FoundChild, best: FoundChild, child: string, records: ReadonlyMap<string, TrueRecord>): boolean {
  const weight = (found: FoundChild): number => {
    const mine = found.records.filter((record) => records.get(record)?.child === child);
    return mine.length + (mine.some((record) => records.get(record)?.kind === 'population') ? 0.5 : 0);
  };
  return weight(one) > weight(best);
}

function describeLoss(
  kind: Loss['kind'],
  found: FoundChild | null,
  child: TrueChild | null,
  records: ReadonlyMap<string, TrueRecord>,
  counts: ReadonlyMap<string, number>,
): Omit<Loss, 'isAsked'> {
  const known = (found?.records ?? []).flatMap((record) => records.get(record) ?? []);
  const own = known.filter((record) => record.child === child?.child);
  const foreign = known.filter((record) => record.child !== child?.child);
  const cause = !child ? 'STRAY' : foreign.length > 0 ? 'OVERLINKED' : own.length < (counts.get(child.child) ?? 0) ? 'SPLIT' : 'STATUS';
  const blamed =
    cause === 'OVERLINKED' ? foreign : known.length > 0 ? known : [...records.values()].filter((record) => record.child === child?.child);
  const planted = [
    ...new Set(blamed.flatMap((record) => [...record.errors, ...record.flags].map((error) => `${record.kind}:${error}`))),
  ].sort();
  return {
    kind,
    trueChild: child?.child ?? null,
    expected: child?.accepted[0] ?? null,
    found: found?.status ?? 'NO_CHILD',
    cause,
    records: known.map((record) => record.record),
    planted,
  };
}

function pairsOf(
  found: readonly FoundChild[],
  records: ReadonlyMap<string, TrueRecord>,
  counts: ReadonlyMap<string, number>,
): Score['pairs'] {
  let linked = 0;
  let right = 0;
  for (const one of found) {
    const known = one.records.flatMap((record) => records.get(record)?.child ?? []);
    linked += choose2(known.length);
    for (const count of countBy(known).values()) right += choose2(count);
  }
  const all = counts.values().reduce((sum, count) => sum + choose2(count), 0);
  return { precision: { right, all: linked }, recall: { right, all } };
}

const choose2 = (n: number): number => (n * (n - 1)) / 2;

function countBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

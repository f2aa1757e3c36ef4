import type { Country, FeedKind } from '../kernel/brands.ts';
import type { IdScheme } from '../kernel/national-id.ts';

/** A national id as linkage sees it: a keyed hash (hex), never the digits. */
export interface LinkId {
  readonly scheme: IdScheme;
  readonly mac: string;
  /** Checksum and date hold. Only a valid id identifies. */
  readonly valid: boolean;
  /** The birth date that the id states, or what is left of it in one that was cut. */
  readonly birth: LinkBirth | null;
  /** The sex that the id states. */
  readonly sex: 'M' | 'F' | null;
  /** Of an invalid id: keyed hashes of the valid ids of its scheme that are one slip away. They say "close to", and identify nobody. */
  readonly corrections: readonly string[];
}
/** A birth date of which the month or the day may be missing. */
export interface LinkBirth {
  readonly year: number;
  readonly month: number | null;
  readonly day: number | null;
}
/** What is compared of one source record; names and places as they were written. */
export interface LinkRecord {
  /** Record number, decimal text. */
  readonly record: string;
  readonly kind: FeedKind;
  readonly source: 'registry' | 'school' | 'assistance' | 'outreach';
  readonly country: Country;
  readonly ids: readonly LinkId[];
  readonly givenName: string | null;
  readonly patronymic: string | null;
  readonly familyName: string | null;
  readonly birth: LinkBirth | null;
  readonly sex: string | null;
  /** A code: EKATTE or SIRUTA. */
  readonly settlement: string | null;
  readonly settlementText: string | null;
  readonly municipality: string | null;
  readonly schoolId: string | null;
  /** Home addresses as written, without the settlement. */
  readonly addresses: readonly string[];
  readonly motherName: string | null;
  /** Keyed hashes of the parents' and guardian's ids, hex. */
  readonly motherMac: string | null;
  readonly fatherMac: string | null;
  readonly guardianMac: string | null;
}
/** Why two records are of one child: the name of the rule that held, and the agreements it stood on. */
export interface Link {
  readonly a: string;
  readonly b: string;
  readonly rule: string;
  /** `field:level` of each comparison that said anything. */
  readonly because: readonly string[];
}
/** The records of one child: in ascending order, with a spanning tree of links. */
export interface Cluster {
  readonly records: readonly string[];
  readonly links: readonly Link[];
}
/** Order of record numbers: decimal text of any length, else by text. */
export function compareRecords(a: string, b: string): number {
  if (a.length !== b.length && /^\d+$/.test(a) && /^\d+$/.test(b)) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

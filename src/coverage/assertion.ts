import type { Country, EvidenceGrade, FeedKind, IsoDate } from '../kernel/brands.ts';

/**
 * What one source record says about a child, in the words that coverage reads; a record may say several things.
 *
 * | claim | said by | date | detail |
 * |---|---|---|---|
 * | BORN | every record with a birth date | the day (year alone: null) | null, or the year `YYYY` when only the year is given (`YYYY-MM` with the month) |
 * | REGISTERED | the population register | null | current country, ISO 3166 alpha-2 |
 * | DECEASED | the population register | the day of death | null |
 * | RESIDES_ABROAD | the population register, when the current country is not the register's own | the extract's day | country |
 * | ON_ROLL | a roll, status enrolled | enrolled on | school id |
 * | MOVED, NOT_FOUND | a roll | discharged on, else enrolled on | school id |
 * | DISCHARGED | a roll | discharged on, else enrolled on | the reason; "gone abroad" proves nothing |
 * | ABROAD_STATED | a visit, outcome ABROAD_STATED_* | visited on | outcome |
 * | FOREIGN_SCHOOL_CLAIMED, ENROLLED_ELSEWHERE_STATED, MOVED_IN_COUNTRY, DECEASED_STATED | a visit | visited on | outcome |
 * | VISITED | a visit with any other outcome | visited on | outcome |
 * | ABSENT_HOURS | an absence report | null | school id |
 * | RECEIVES_BENEFIT | an entitlement | granted from | benefit type |
 * | PARENT_ABROAD | a notice of a parent's leaving | leaves on, else notified on | destination country |
 */
export const CLAIMS = [
  'BORN',
  'REGISTERED',
  'DECEASED',
  'RESIDES_ABROAD',
  'ON_ROLL',
  'MOVED',
  'DISCHARGED',
  'NOT_FOUND',
  'ABROAD_STATED',
  'FOREIGN_SCHOOL_CLAIMED',
  'ENROLLED_ELSEWHERE_STATED',
  'MOVED_IN_COUNTRY',
  'DECEASED_STATED',
  'VISITED',
  'ABSENT_HOURS',
  'RECEIVES_BENEFIT',
  'PARENT_ABROAD',
] as const;
export type Claim = (typeof CLAIMS)[number];

/** One claim of one record. `observedOn` is the day on which the source knew it (extract, visit, roll), `schoolYear` the calendar year in which the school year starts. */
export interface Assertion {
  /** `<kind>:<file>:<line>`, or the record's number as text. */
  readonly record: string;
  readonly source: FeedKind;
  readonly claim: Claim;
  /** Whose law and registers the source stands under. */
  readonly country: Country;
  readonly observedOn: IsoDate | null;
  readonly schoolYear: number | null;
  readonly date: IsoDate | null;
  readonly detail: string | null;
  readonly grade: EvidenceGrade | null;
}

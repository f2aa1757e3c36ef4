declare const brand: unique symbol;
/** A value that carries its meaning in its type: a `ChildId` cannot be handed in where a `RecordId` is wanted. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** `YYYY-MM-DD`, a day of the Gregorian calendar. */
export type IsoDate = Brand<string, 'IsoDate'>;
/** The hub's own number of a child (bigint column, as decimal text); never leaves the hub. */
export type ChildId = Brand<string, 'ChildId'>;
/** The hub's own number of a source record (bigint column, as decimal text). */
export type RecordId = Brand<string, 'RecordId'>;
/** `BG` or `RO`: whose law and registers apply. */
export type Country = 'BG' | 'RO';
/** The kinds of agency, as in the tokens' claim `kind`. */
export const AGENCY_KINDS = [
  'school',
  'coordinator',
  'outreach',
  'assistance',
  'protection',
  'registry',
  'foreign-school',
  'ministry',
  'oversight',
  'guardian',
] as const;
export type AgencyKind = (typeof AGENCY_KINDS)[number];
/** The nine kinds of file that agencies hand in. */
export const FEED_KINDS = [
  'schools',
  'population',
  'school-roll',
  'absences',
  'assistance',
  'foreign-aggregate',
  'visits',
  'siiir-roll',
  'parents-abroad',
] as const;
export type FeedKind = (typeof FEED_KINDS)[number];
/** The evidence behind an assertion: A register, B document, C relative's statement, D hearsay, E none. */
export type EvidenceGrade = 'A' | 'B' | 'C' | 'D' | 'E';

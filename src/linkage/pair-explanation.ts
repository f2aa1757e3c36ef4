import type { Band, ReviewReason, Verdict } from './pair.ts';

/** One field of the waterfall. */
export interface FieldExplanation {
  /** A field of the model: givenName, familyName, patronymic, birthDate, nationalId, impliedBirthDate, sex, place, address, mother, father, parentId, school. */
  readonly field: string;
  /** A level of the field's comparator: `exact`, `sounds-alike`, … (the levels of each comparator stand beside it); `unknown` where either side says nothing. */
  readonly level: string;
  /** What the level adds to the log odds, in bits; below 0 speaks against. */
  readonly bits: number;
  /** Part of `bits` that comes from how rare the agreeing value is (term frequency); null where rarity plays no part. */
  readonly rarityBits: number | null;
  /** Share of records that bear the agreeing value, 0…1; null likewise. */
  readonly frequency: number | null;
}
/** What overrides the sum. */
export type Veto =
  | { readonly kind: 'TWO_VALID_IDS' }
  | { readonly kind: 'TWO_REGISTER_ENTRIES' }
  | { readonly kind: 'DECIDED'; readonly verdict: Verdict }
  | { readonly kind: 'POSSIBLE_TWIN' }
  | { readonly kind: 'ID_CONFLICT' };
/** Why two records are, or are not, taken to be one child's: a waterfall in bits (log2 of odds) from the prior to the total. */
export interface PairExplanation {
  readonly a: string;
  readonly b: string;
  readonly model: string;
  readonly normaliser: string;
  /** Log2 odds before any field is looked at. */
  readonly priorBits: number;
  readonly fields: readonly FieldExplanation[];
  /** Correction for "same household, another child" (siblings share surname, home and parents): ≤ 0 bits. */
  readonly siblingBits: number;
  /** Sum of prior, fields and correction, in bits. */
  readonly totalBits: number;
  /** Of a match, 0…1, from the total. */
  readonly probability: number;
  readonly autoBits: number;
  readonly reviewBits: number;
  readonly band: Band;
  readonly reason: ReviewReason | null;
  readonly vetoes: readonly Veto[];
  /** Counterfactuals: the band if the one field were unknown; only fields that would change it. */
  readonly without: readonly { readonly field: string; readonly totalBits: number; readonly band: Band }[];
}

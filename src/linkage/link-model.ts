/** Weights of one field. */
export interface FieldModel {
  readonly name: string;
  readonly levels: readonly string[];
  /** P(level | one child), by level. */
  readonly m: readonly number[];
  /** P(level | two people at random), by level. */
  readonly u: readonly number[];
  /** P(level | two children of one household), by level; null where the field says nothing of households (u stands in). */
  readonly s: readonly number[] | null;
  /** Number of records per rarity key, of those that are not rare; null where rarity plays no part. */
  readonly counts: Readonly<Record<string, number>> | null;
  /** Records in which the field is known. */
  readonly known: number;
}
/** What settlements are called and where they lie: `BG:sofiia` → codes, `BG:68134` → municipalities. */
export interface PlacesSnapshot {
  readonly settlements: Readonly<Record<string, readonly string[]>>;
  readonly municipalities: Readonly<Record<string, readonly string[]>>;
  readonly byText: Readonly<Record<string, readonly string[]>>;
}
/** A versioned model. Every score carries its id; the same two records and the same model give the same score. */
export interface LinkModel {
  readonly id: string;
  readonly schema: string;
  /** Version of normalisation; a model is used with no other. */
  readonly normaliser: string;
  readonly fields: readonly FieldModel[];
  /** log2 of the odds that two records at random are of one person. */
  readonly priorBits: number;
  /** log2 of the odds of one child against two children of one household. */
  readonly siblingPriorBits: number;
  /** Share of all pairs of records that are of one person. */
  readonly share: number;
  /** Other records that a record's own person has, on average; they must not make its name seem common. */
  readonly mates: number;
  /** A pair is linked from this weight (bits) on, and shown to a human from that one on. */
  readonly autoBits: number;
  readonly reviewBits: number;
  readonly places: PlacesSnapshot;
  /** Records from which it was learnt. */
  readonly records: number;
}
/** Of folding, phonetics, keys and comparison levels; changes with any of them. */
export const NORMALISER = 'n1';

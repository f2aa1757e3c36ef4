import type { Comparator } from './comparator.ts';

// biome-ignore lint/suspicious/noExplicitAny: each field has values of its own type; the schema never looks into them.
export type AnyValue = any;

/** One compared field of records of type R. */
export interface FieldSpec<R> {
  readonly name: string;
  readonly comparator: Comparator<AnyValue>;
  /** Canonical text of the field; null when the record does not say. Equal texts are one value. */
  read(record: R): string | null;
  /** Two values of one key are equally rare; without it each text is a key of its own. Null: rarity plays no part. */
  rarityKey?(value: AnyValue): string | null;
}
/** A part of a blocking key: what it takes of a value; every text counts by itself. */
export interface KeyPart {
  readonly field: string;
  codes(value: AnyValue): readonly string[];
}
/** Records that agree in all parts of a pass are compared. */
export interface PassSpec {
  readonly name: string;
  readonly parts: readonly KeyPart[];
  /** The first two parts count in either order: for columns that were exchanged. */
  readonly symmetric?: boolean;
  /** Is m learnt from the pairs of this pass? The fields of its parts are left out then. */
  readonly trains?: boolean;
}
/** What is compared of records of one kind, how candidates are found, and what can never be linked. */
export interface LinkSchema<R> {
  readonly name: string;
  readonly fields: readonly FieldSpec<R>[];
  readonly passes: readonly PassSpec[];
  /** Unique name of a record; the order of names, not that of arrival, breaks ties. */
  nameOf(record: R): string;
  /** Records of one source that holds every person once; 0 for others. */
  uniqueSourceOf?(record: R): number;
  /** Pairs of name fields between which exchanged columns are recognised. */
  readonly exchanged?: readonly (readonly [string, string])[];
  /** Fields that the rules about ids and twins look at. */
  readonly child?: Readonly<Record<'given' | 'family' | 'patronymic' | 'date' | 'id' | 'sex' | 'home' | 'parents', string>>;
  /** Last word on the levels of a pair, by field index. */
  adjust?(levels: Uint8Array): void;
}

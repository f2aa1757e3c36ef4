import { compareDate } from '../../../../src/linkage/compare-date.ts';
import { compareFamily, compareGiven, type NameValue } from '../../../../src/linkage/compare-name.ts';
import { compareCode, compareEqual, compareText } from '../../../../src/linkage/compare-text.ts';
import type { FieldSpec, KeyPart, LinkSchema, PassSpec } from '../../../../src/linkage/link-schema.ts';
import { latin } from '../../../../src/linkage/transliterate.ts';
import type { CellRecord } from './bench-set.ts';

const folded = (text: string | null | undefined): string | null => (text ? latin(text) || null : null);
const name = (text: string | null | undefined): string | null => {
  const word = folded(text);
  return word === null ? null : `EN|${word}`;
};
const rarityOfName = (value: NameValue | null): string | null => value?.text ?? null;

/** A given name, a surname, a date, a text, a code, or an equal-or-not of a public set. */
export const given = (column: string): FieldSpec<CellRecord> => ({
  name: column,
  comparator: compareGiven,
  read: (record) => name(record[column]),
  rarityKey: rarityOfName,
});
export const family = (column: string): FieldSpec<CellRecord> => ({ ...given(column), comparator: compareFamily });
/** `19081209` or `1908-12-09`. */
export const date = (column: string): FieldSpec<CellRecord> => ({
  name: column,
  comparator: compareDate,
  read: (record) => record[column]?.replaceAll('-', '') ?? null,
});
export const text = (column: string): FieldSpec<CellRecord> => ({
  name: column,
  comparator: compareText,
  read: (record) => folded(record[column]),
});
export const code = (column: string): FieldSpec<CellRecord> => ({ ...text(column), comparator: compareCode });
export const equal = (column: string): FieldSpec<CellRecord> => ({
  name: column,
  comparator: compareEqual,
  read: (record) => folded(record[column]),
});

/** How each word of a name sounds. */
export const sound = (field: string): KeyPart => ({ field, codes: (value: NameValue) => value.words.map(({ neutral }) => neutral) });
/** Its first sound and the consonants after it. */
export const bones = (field: string): KeyPart => ({ field, codes: (value: NameValue) => value.words.map((word) => word.bones) });
/** Three letters of a name: a slip spoils its beginning or its end, seldom both. */
export const head = (field: string): KeyPart => ({ field, codes: (value: NameValue) => value.words.map(({ plain }) => plain.slice(0, 3)) });
export const tail = (field: string): KeyPart => ({
  field,
  codes: (value: NameValue) => value.words.map(({ plain }) => `-${plain.slice(-3)}`),
});
export const whole = (field: string): KeyPart => ({ field, codes: (value: string) => [value] });
export const start = (field: string, letters: number): KeyPart => ({ field, codes: (value: string) => [value.slice(0, letters)] });
/** The longer words of a text: order and small words differ from writer to writer. */
export const words = (field: string): KeyPart => ({ field, codes: (value: string) => value.split(' ').filter((word) => word.length > 3) });
/** The same for exchanged letters and digits. */
export const sorted = (field: string): KeyPart => ({ field, codes: (value: string) => [[...value].sort().join('')] });
/** Parts of a date `YYYYMMDD`: the year alone, and any two of year, month and day. */
export const year = (field: string): KeyPart => start(field, 4);
export const dateParts = (field: string): KeyPart => ({
  field,
  codes: (value: string) => {
    const [y, m, d] = [value.slice(0, 4), value.slice(4, 6), value.slice(6)];
    return [`${y}-${m}`, `${y}--${d}`, `-${m}-${d}`, `${y}--${m}`, `-${d}-${m}`];
  },
});

/** A pass over some parts. */
export const pass = (...parts: KeyPart[]): PassSpec => ({ name: parts.map(({ field }) => field).join('+'), parts });
/** A pass of which the first two parts may have been exchanged. */
export const swapping = (...parts: KeyPart[]): PassSpec => ({ ...pass(...parts), symmetric: true });
export const training = (...parts: KeyPart[]): PassSpec => ({ ...pass(...parts), trains: true });

/**
 * Passes that find a person by two names and a birth date, whichever two of the three are right, and parts of them. What is learnt comes from passes over one field each:
 * where two of three are blocked, a single one is left, and nothing tells its errors from strangers.
 */
export const nameAndDatePasses = (first: string, last: string, birth: string): PassSpec[] => [
  training(whole(birth)),
  training(sound(last)),
  training(sound(first)),
  swapping(sound(first), sound(last)),
  pass(sound(first), whole(birth)),
  pass(sound(last), whole(birth)),
  pass(sorted(birth)),
  pass(sound(first), dateParts(birth)),
  pass(sound(last), dateParts(birth)),
  swapping(head(first), head(last), year(birth)),
  swapping(bones(first), bones(last)),
  swapping(head(first), head(last)),
  pass(tail(first), tail(last)),
  pass(head(first), tail(last)),
  pass(tail(first), head(last)),
  pass(head(last), dateParts(birth)),
  pass(head(first), dateParts(birth)),
  pass(tail(last), dateParts(birth)),
  pass(tail(first), dateParts(birth)),
];

/** Numbers a pass by its place: two passes may use the same fields in different ways. */
export const numbered = (passes: readonly PassSpec[]): PassSpec[] => passes.map((one, i) => ({ ...one, name: `${i}:${one.name}` }));

/** A schema over the cells of a table. */
export function personSchema(
  schema: Pick<LinkSchema<CellRecord>, 'name' | 'fields' | 'passes' | 'exchanged'> & {
    readonly id: string;
    uniqueSourceOf?(record: CellRecord): number;
  },
): LinkSchema<CellRecord> {
  const { id, passes, ...rest } = schema;
  return { ...rest, passes: numbered(passes), nameOf: (record) => record[id] ?? '' };
}

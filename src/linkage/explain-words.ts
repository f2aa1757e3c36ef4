import { BULGARIAN } from './explain-words-bg.ts';
import { ENGLISH } from './explain-words-en.ts';
import { ROMANIAN } from './explain-words-ro.ts';
import type { Band, ReviewReason, Verdict } from './pair.ts';
import type { Veto } from './pair-explanation.ts';

/** Languages in which links are explained (ISO 639-1). */
export const EXPLAIN_LANGUAGES = ['bg', 'ro', 'en'] as const;
export type ExplainLanguage = (typeof EXPLAIN_LANGUAGES)[number];

/** Fields of a child's record that a waterfall may name. */
export const EXPLAINED_FIELDS = [
  'givenName',
  'familyName',
  'patronymic',
  'birthDate',
  'nationalId',
  'impliedBirthDate',
  'sex',
  'place',
  'address',
  'mother',
  'father',
  'parentId',
  'school',
] as const;
export type ExplainedField = (typeof EXPLAINED_FIELDS)[number];

/** How sure a probability is, from the surest that two records are of one child to the surest that they are not. */
export const CERTAINTIES = ['certain', 'very-likely', 'likely', 'rather', 'rather-not', 'unlikely', 'very-unlikely', 'excluded'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

/** All that a text about a pair is made of, in one language. Numbers come in already written as the language writes them. */
export interface ExplainWords {
  /** BCP 47; how numbers are written. */
  readonly locale: string;
  readonly fields: Readonly<Record<ExplainedField, string>>;
  /** Of every field. */
  readonly levels: Readonly<Record<string, string>>;
  /** Where a field says a level in words of its own. */
  readonly levelsOf: Readonly<Partial<Record<ExplainedField, Readonly<Record<string, string>>>>>;
  readonly bands: Readonly<Record<Band, string>>;
  /** What would become of the pair: "it would go to review". */
  readonly wouldBe: Readonly<Record<Band, string>>;
  readonly reasons: Readonly<Record<ReviewReason, string>>;
  readonly vetoes: Readonly<Record<Exclude<Veto['kind'], 'DECIDED'>, string>>;
  readonly decided: Readonly<Record<Verdict, string>>;
  readonly certainties: Readonly<Record<Certainty, string>>;
  /** Headings and lines of the whole. */
  readonly columns: {
    readonly field: string;
    readonly level: string;
    readonly bits: string;
    readonly total: string;
    readonly frequency: string;
  };
  readonly title: (a: string, b: string) => string;
  readonly prior: string;
  readonly sibling: string;
  readonly total: string;
  /** "1 in 890 records". @param count the number itself, for its plural. */
  readonly oneIn: (written: string, count: number) => string;
  readonly rarity: (bits: string) => string;
  readonly unknown: (fields: string) => string;
  readonly probability: (certainty: string, percent: string) => string;
  readonly moreThan: string;
  readonly lessThan: string;
  readonly result: (band: string, reason: string | null) => string;
  readonly thresholds: (auto: string, review: string) => string;
  readonly overridden: (veto: string) => string;
  readonly without: (field: string, total: string, wouldBe: string) => string;
  readonly model: (model: string, normaliser: string) => string;
  /** Under one child or two, as the records stand now: they may be linked by way of a third. */
  readonly today: (linked: boolean) => string;
}

const WORDS: Readonly<Record<ExplainLanguage, ExplainWords>> = { bg: BULGARIAN, ro: ROMANIAN, en: ENGLISH };

export const explainWords = (language: ExplainLanguage): ExplainWords => WORDS[language];

const own = <T>(words: Readonly<Record<string, T>> | undefined, id: string): T | undefined =>
  words && Object.hasOwn(words, id) ? words[id] : undefined;

/** The word for an id; one that has none stands for itself. */
export const wordOf = (words: Readonly<Record<string, string>>, id: string): string => own(words, id) ?? id;
/** What a field is called; one that has no word is called by its id. */
export const fieldWord = (words: ExplainWords, field: string): string => wordOf(words.fields, field);

/** What a level of a field is called; one that has no word is called by its id. */
export const levelWord = (words: ExplainWords, field: string, level: string): string =>
  own(own(words.levelsOf, field), level) ?? wordOf(words.levels, level);

import { isCommonName } from './common-names.ts';
import type { Comparator } from './comparator.ts';
import { editDistance } from './edit-distance.ts';
import { everydayForms } from './everyday-names.ts';
import { jaroWinkler } from './jaro-winkler.ts';
import { bitsOf, type NameWord, wordOf } from './names.ts';
import type { Language } from './phonetic.ts';

/** The words of one name, and whose spelling habits they follow. Canonical text: `BG|petar`, words as `latin` writes them. */
export interface NameValue {
  readonly language: Language;
  readonly text: string;
  readonly words: readonly NameWord[];
}
export const NAME_LEVELS = ['exact', 'part', 'sounds-alike', 'nickname', 'close', 'similar', 'other-name', 'differ', 'swapped'] as const;
export type NameLevel = (typeof NAME_LEVELS)[number];
export const nameLevel = (level: NameLevel): number => NAME_LEVELS.indexOf(level) + 1;
const [EXACT, PART, SOUNDS, NICKNAME, CLOSE, SIMILAR, OTHER, DIFFER] = [1, 2, 3, 4, 5, 6, 7, 8];

export function nameValue(text: string): NameValue | null {
  const bar = text.indexOf('|');
  const language = text.slice(0, bar) as Language;
  const name = text.slice(bar + 1);
  return name === '' ? null : { language, text: name, words: name.split(' ').map((word) => wordOf(word, language)) };
}

/** Edits that a slip may take, by the length of the longer word. */
const slips = (length: number): number => (length <= 3 ? 0 : length <= 7 ? 1 : 2);
function isNear(a: string, b: string): boolean {
  const limit = slips(Math.max(a.length, b.length));
  return limit > 0 && editDistance(a, b, limit) <= limit;
}
// One key wrong may change several sounds, one sound several letters: either way of writing may be the near one.
const isSlip = (a: NameWord, b: NameWord): boolean =>
  isNear(a.neutral, b.neutral) || (bitsOf(a.letters ^ b.letters) <= 4 && isNear(a.plain, b.plain));
/** Jaro–Winkler from .84 on; never so where less than half of the letters of either are common. */
const isSimilar = (a: NameWord, b: NameWord): boolean =>
  2 * bitsOf(a.letters & b.letters) >= Math.min(bitsOf(a.letters), bitsOf(b.letters)) && jaroWinkler(a.plain, b.plain) >= 0.84;
const isKeyed = (word: NameWord, language: Language): boolean => language !== 'EN' && isCommonName(word.code, language);

const SHORT_ENDING = /(?:cheto|eto|kata|ata|cho|che|ie|ko|ka|yo|ya|u|o|e|i|a|y)$/;
/** Is `short` an everyday form of `full`? By the table, else by its own beginning: Flori for Florentin. */
function isEverydayForm(short: NameWord, full: NameWord, language: Language): boolean {
  if (language !== 'EN') {
    const forms = everydayForms(full.code, language);
    if (forms.has(short.code)) return true;
    // A short form that is a full name of others counts where the table has it, and nowhere else.
    if (isCommonName(short.code, language)) return false;
    for (const form of forms) if (form.length >= 4 && short.code.length >= 4 && editDistance(form, short.code, 1) <= 1) return true;
  }
  if (short.plain.length >= full.plain.length) return false;
  const stem = short.plain.replace(SHORT_ENDING, '');
  return stem.length >= 3 && full.plain.startsWith(stem);
}

function compareGivenWords(a: NameWord, b: NameWord, language: Language): number {
  if (a.plain === b.plain) return EXACT;
  if (a.code === b.code) return SOUNDS;
  if (isEverydayForm(a, b, language) || isEverydayForm(b, a, language)) return NICKNAME;
  // Ivan and Ivana, Maria and Marina are two names, and may be twins.
  const two = a.code === `${b.code}a` || b.code === `${a.code}a` || (isKeyed(a, language) && isKeyed(b, language));
  if (isSlip(a, b) || (a.bones === b.bones && a.bones.length >= 3)) return two ? OTHER : CLOSE;
  return isSimilar(a, b) ? (two ? OTHER : SIMILAR) : DIFFER;
}

function compareFamilyWords(a: NameWord, b: NameWord): number {
  if (a.plain === b.plain) return EXACT;
  if (a.neutral === b.neutral) return SOUNDS;
  if (isSlip(a, b) || (a.bones === b.bones && a.bones.length >= 3)) return CLOSE;
  return isSimilar(a, b) ? SIMILAR : DIFFER;
}

// Files cut names at 25 characters.
const isCut = (a: string, b: string): boolean => {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 22 && long.startsWith(short);
};

/** Each word of the shorter name finds its best partner in the longer one. */
function compareWords(a: NameValue, b: NameValue, compare: (x: NameWord, y: NameWord) => number): number {
  if (a.words.length === 1 && b.words.length === 1) return compare(a.words[0] as NameWord, b.words[0] as NameWord);
  if (isCut(a.text, b.text)) return PART;
  if (a.words.length === b.words.length) return Math.max(coverWords(a.words, b.words, compare), coverWords(b.words, a.words, compare));
  return a.words.length < b.words.length ? coverWords(a.words, b.words, compare) : coverWords(b.words, a.words, compare);
}

function coverWords(few: readonly NameWord[], many: readonly NameWord[], compare: (x: NameWord, y: NameWord) => number): number {
  let worst = EXACT;
  let best = DIFFER;
  for (const word of few) {
    let level = DIFFER;
    for (const other of many) level = Math.min(level, compare(word, other));
    worst = Math.max(worst, level);
    best = Math.min(best, level);
  }
  if (worst === EXACT) return PART;
  if (worst <= CLOSE) return few.length === many.length ? worst : worst === SOUNDS ? PART : worst;
  return best <= SOUNDS ? SIMILAR : best <= CLOSE ? Math.max(SIMILAR, worst) : worst;
}

/** Given names: some of several stand for all of them; everyday forms by table. */
export const compareGiven: Comparator<NameValue> = {
  levels: NAME_LEVELS,
  parse: nameValue,
  compare: (a, b) => compareWords(a, b, (x, y) => compareGivenWords(x, y, a.language === b.language ? a.language : 'EN')),
  same: () => EXACT,
  rarity: [EXACT],
  prior: [0.9, 0.03, 0.015, 0.012, 0.02, 0.004, 0.002, 0.012, 0.005],
  sibling: [0.002, 0.004, 0.001, 0.01, 0.01, 0.03, 0.06, 0.882, 0.001],
};

/** Surnames and patronymics: without the feminine ending; one part of a double surname. */
export const compareFamily: Comparator<NameValue> = {
  levels: NAME_LEVELS,
  parse: nameValue,
  compare: (a, b) => compareWords(a, b, compareFamilyWords),
  same: () => EXACT,
  rarity: [EXACT],
  prior: [0.92, 0.015, 0.01, 0.001, 0.02, 0.004, 0.001, 0.024, 0.005],
  sibling: [0.86, 0.015, 0.04, 0.001, 0.02, 0.006, 0.001, 0.056, 0.001],
};

/** Are two names of two columns the same name? For columns that were exchanged. */
export function isSameAcross(a: NameValue, b: NameValue): boolean {
  return (
    compareWords(a, b, (x, y) =>
      x.neutral === y.neutral ? EXACT : isSlip(x, y) && Math.min(x.plain.length, y.plain.length) >= 5 ? CLOSE : DIFFER,
    ) <= CLOSE
  );
}

import type { Country } from '../kernel/brands.ts';
import { isCommonName } from './common-names.ts';
import { editDistance } from './edit-distance.ts';
import { everydayForms } from './everyday-names.ts';
import type { NameStatistics } from './name-statistics.ts';
import type { Name, NameWord } from './names.ts';

/** `same`: sounds alike · `part`: some of several given names · `close`: a slip, a short form, a part of a surname · `differ` · `unknown`: one is not given. */
export type Level = 'same' | 'part' | 'close' | 'differ' | 'unknown';

/** Edits that a slip may take, by the length of the longer word. */
const slips = (length: number): number => (length <= 3 ? 0 : length <= 7 ? 1 : 2);

function isNear(a: string, b: string): boolean {
  const limit = slips(Math.max(a.length, b.length));
  return limit > 0 && editDistance(a, b, limit) <= limit;
}
/** One key wrong may change several sounds, one sound several letters: either way of writing may be the near one. */
const isSlip = (a: NameWord, b: NameWord): boolean => isNear(a.neutral, b.neutral) || isNear(a.plain, b.plain);

const SHORT_ENDING = /(?:cheto|eto|kata|ata|cho|che|ko|ka|yo|ya|u|o|e|i|a|y)$/;

/** Is `short` an everyday form of `full`? By the table, else by its own beginning: Flori for Florentin. */
function isEverydayForm(short: NameWord, full: NameWord, country: Country, statistics: NameStatistics): boolean {
  const forms = everydayForms(full.code, country);
  if (forms.has(short.code)) return true;
  // A short form that is a full name of others counts where the table has it, and nowhere else.
  if (isCommonName(short.code, country) || statistics.isEstablished(short.code)) return false;
  for (const form of forms) if (form.length >= 4 && short.code.length >= 4 && editDistance(form, short.code, 1) <= 1) return true;
  if (short.plain.length >= full.plain.length) return false;
  const stem = short.plain.replace(SHORT_ENDING, '');
  return stem.length >= 3 && full.plain.startsWith(stem);
}

function compareGivenWords(a: NameWord, b: NameWord, country: Country, statistics: NameStatistics): Level {
  if (a.code === b.code) return 'same';
  if (isEverydayForm(a, b, country, statistics) || isEverydayForm(b, a, country, statistics)) return 'close';
  // Ivan and Ivana, Maria and Marina are two names, and may be twins.
  const two = a.code === `${b.code}a` || b.code === `${a.code}a` || (isCommonName(a.code, country) && isCommonName(b.code, country));
  if (!two && statistics.mayBeSlip('given', a.code, b.code) && (isSlip(a, b) || (a.bones === b.bones && a.bones.length >= 3)))
    return 'close';
  return 'differ';
}

function compareFamilyWords(a: NameWord, b: NameWord, statistics: NameStatistics): Level {
  if (a.neutral === b.neutral) return 'same';
  const slip = isSlip(a, b) || (a.bones === b.bones && a.bones.length >= 3);
  return slip && statistics.mayBeSlip('family', a.neutral, b.neutral) ? 'close' : 'differ';
}

/** Files cut names at 25 characters. */
function isCut(a: Name, b: Name): boolean {
  const [x, y] = [a.map(({ plain }) => plain).join(' '), b.map(({ plain }) => plain).join(' ')];
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  return short.length >= 22 && long.startsWith(short);
}

type CompareWords = (a: NameWord, b: NameWord) => Level;

/** Each word of the shorter name finds its best partner in the longer. */
function compareSets(a: Name, b: Name, compare: CompareWords, partIs: 'part' | 'close'): Level {
  if (a.length === 0 || b.length === 0) return 'unknown';
  if (isCut(a, b)) return 'same';
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  let same = 0;
  let close = 0;
  for (const word of few) {
    const levels = many.map((other) => compare(word, other));
    if (levels.includes('same')) same += 1;
    else if (levels.includes('close')) close += 1;
  }
  if (same === few.length) return few.length === many.length ? 'same' : partIs;
  return same + close > 0 ? 'close' : 'differ';
}

/** Some of several given names stand for all of them. */
export function compareGiven(a: Name, b: Name, country: Country, statistics: NameStatistics): Level {
  return compareSets(a, b, (x, y) => compareGivenWords(x, y, country, statistics), 'part');
}

/** One part of a double surname is close. */
export function compareFamily(a: Name, b: Name, statistics: NameStatistics): Level {
  return compareSets(a, b, (x, y) => compareFamilyWords(x, y, statistics), 'close');
}

/** Across columns only what sounds the same, or is a plain slip, counts. */
export function compareAcross(a: Name, b: Name): Level {
  return compareSets(a, b, (x, y) => (x.neutral === y.neutral ? 'same' : isSlip(x, y) ? 'close' : 'differ'), 'close');
}

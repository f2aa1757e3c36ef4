import type { Country } from '../kernel/brands.ts';

/** Whose spelling habits a name follows; EN for sets for measuring and reports from abroad. */
export type Language = Country | 'EN';

type Fold = readonly [pattern: RegExp, to: string];

/** Spellings of one sound, longest first; a capital is a class of its own. Sources: the transliteration habits of passports and foreign schools. */
const COMMON: readonly Fold[] = [
  [/tsch|tch/g, 'C'],
  [/sch|sh/g, 'S'],
  [/dzh|dj/g, 'Z'],
  [/zh|j(?=[aeiou])/g, 'Z'],
  [/kh|ch(?=r)/g, 'h'],
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/tz|ts/g, 'T'],
  [/ck|q/g, 'k'],
  [/ou/g, 'u'],
  [/x/g, 'ks'],
  [/w/g, 'v'],
];
const BULGARIAN: readonly Fold[] = [
  [/ch/g, 'C'],
  [/c(?=[eiyv])/g, 'T'],
  [/c/g, 'k'],
];
const ROMANIAN: readonly Fold[] = [
  [/gh(?=[ei])/g, 'g'],
  [/ch(?=[ei])/g, 'k'],
  [/ch/g, 'h'],
  [/c(?=[ei])/g, 'C'],
  [/c/g, 'k'],
];
const ENGLISH: readonly Fold[] = [
  [/ch/g, 'C'],
  [/gh(?=[tn]|$)/g, ''],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
];
const HABITS: Readonly<Record<Language, readonly Fold[]>> = { BG: BULGARIAN, RO: ROMANIAN, EN: ENGLISH };
const ENDINGS: readonly Fold[] = [
  [/[yj]/g, 'i'],
  [/ff?$/g, 'v'],
  [/(.)\1+/g, '$1'],
];

/** How a name of one word sounds, in Latin letters; classes of spellings are capitals. Input: one word from `latin`. */
export function phonetic(word: string, country: Language): string {
  // х is often left as the letter x: Xristo.
  let code = country === 'BG' ? word.replace(/^x|x(?=[aeiour])/g, 'h') : word;
  for (const [pattern, to] of COMMON) code = code.replace(pattern, to);
  for (const [pattern, to] of HABITS[country]) code = code.replace(pattern, to);
  for (const [pattern, to] of ENDINGS) code = code.replace(pattern, to);
  return code;
}

/** The consonants of a code, with its first letter. */
export function skeleton(code: string): string {
  return code.slice(0, 1) + code.slice(1).replace(/[aeiou]/g, '');
}

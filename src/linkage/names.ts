import { type Language, phonetic, skeleton } from './phonetic.ts';
import { latin } from './transliterate.ts';

/** One word of a name in the forms that are compared. */
export interface NameWord {
  /** As `latin` writes it. */
  readonly plain: string;
  /** As it sounds. */
  readonly code: string;
  /** As it sounds, without the feminine ending of surnames: Ivanova and Ivanov are one. */
  readonly neutral: string;
  readonly bones: string;
  /** Which letters occur in `plain`, a bit each: what differs in many cannot be near. */
  readonly letters: number;
}
/** Words of one name, in order. */
export type Name = readonly NameWord[];

function lettersOf(word: string): number {
  let letters = 0;
  for (let i = 0; i < word.length; i += 1) letters |= 1 << (word.charCodeAt(i) & 31);
  return letters;
}
/** How many bits are set. */
export function bitsOf(x: number): number {
  let n = x - ((x >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

const FEMININE = /(?<=(?:[oe]v|in))a$/;
const cache = new Map<string, NameWord>();
const CACHE_WORDS = 200_000;

export function wordOf(plain: string, country: Language): NameWord {
  const key = country + plain;
  let word = cache.get(key);
  if (!word) {
    const code = phonetic(plain, country);
    const neutral = code.replace(FEMININE, '').replace(/(?<=[sTZ]k)a$/, 'i');
    word = { plain, code, neutral, bones: skeleton(neutral), letters: lettersOf(plain) };
    if (cache.size >= CACHE_WORDS) cache.clear();
    cache.set(key, word);
  }
  return word;
}

/** The words of a name as written; none for null. Hyphens part words. */
export function nameOf(raw: string | null, country: Language): Name {
  if (raw === null) return [];
  const text = latin(raw);
  return text === '' ? [] : text.split(' ').map((plain) => wordOf(plain, country));
}

/** A Bulgarian patronymic or surname by its ending. */
export function isSurnameLike(word: NameWord): boolean {
  return /(?:[oe]v|[sTZ]ki)$/.test(word.neutral) && word.neutral.length >= 4;
}

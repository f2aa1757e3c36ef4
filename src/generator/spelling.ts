import type { Random } from './random.ts';

// The streamlined system of the Transliteration Act (State Gazette 19/2009).
const LATIN: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sht',
  ъ: 'a',
  ь: 'y',
  ю: 'yu',
  я: 'ya',
  ё: 'e',
  ы: 'y',
  э: 'e',
  і: 'i',
  ї: 'i',
  є: 'e',
  ґ: 'g',
};
/** What people write instead. */
const VARIANTS: Readonly<Record<string, readonly string[]>> = {
  ж: ['j', 'g'],
  ц: ['c', 'tz'],
  х: ['x', 'kh'],
  щ: ['st'],
  ъ: ['u', 'y'],
  ю: ['iu', 'u'],
  я: ['ia', 'ja'],
  в: ['w'],
  к: ['c'],
  ч: ['tch'],
  ш: ['ch'],
};

/** Cyrillic in Latin letters: as the law writes it, or with the variants people use. */
export function inLatin(text: string, random: Random | null): string {
  let latin = '';
  const loose = random?.chance(0.4) ?? false;
  for (const letter of text) {
    const small = letter.toLowerCase();
    const variants = loose && random?.chance(0.5) ? VARIANTS[small] : undefined;
    const out = (variants && random ? random.pick(variants) : LATIN[small]) ?? letter;
    latin += small === letter ? out : out.charAt(0).toUpperCase() + out.slice(1);
  }
  return latin.replace(/iya\b/g, 'ia');
}

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  х: 'x',
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
};

/** One Cyrillic letter replaced by the Latin one that looks the same; the text itself where there is none. */
export function withLookAlike(text: string, random: Random): string {
  const places = [...text].flatMap((letter, i) => (LOOK_ALIKES[letter] ? [i] : []));
  if (places.length === 0) return text;
  const at = random.pick(places);
  return text.slice(0, at) + LOOK_ALIKES[text.charAt(at)] + text.slice(at + 1);
}

const WITHOUT: Readonly<Record<string, string>> = { ă: 'a', â: 'a', î: 'i', ș: 's', ț: 't', Ă: 'A', Â: 'A', Î: 'I', Ș: 'S', Ț: 'T' };
/** Romanian without its diacritics. */
export const withoutDiacritics = (text: string): string => text.replace(/[ăâîșțĂÂÎȘȚ]/g, (letter) => WITHOUT[letter] ?? letter);
const CEDILLA: Readonly<Record<string, string>> = { ș: 'ş', ț: 'ţ', Ș: 'Ş', Ț: 'Ţ' };
/** Comma-below letters as the cedilla letters of old code pages. */
export const withCedilla = (text: string): string => text.replace(/[șțȘȚ]/g, (letter) => CEDILLA[letter] ?? letter);

const CYRILLIC = 'абвгдежзийклмнопрстуфхцчшъюя';
const ROMAN = 'abcdefghijlmnoprstuvxz';

/** A slip of the hand: a letter doubled, left out, changed, or two exchanged. Never the same text again. */
export function withSlip(text: string, random: Random): string {
  if (text.length < 3) return text + text.charAt(text.length - 1);
  for (;;) {
    const at = random.between(1, text.length - 2);
    const letters = /[\u0400-\u04ff]/.test(text) ? CYRILLIC : ROMAN;
    const kind = random.below(4);
    const slipped =
      kind === 0
        ? text.slice(0, at) + text.charAt(at) + text.slice(at)
        : kind === 1
          ? text.slice(0, at) + text.slice(at + 1)
          : kind === 2
            ? text.slice(0, at) + random.pick([...letters]) + text.slice(at + 1)
            : text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
    if (slipped !== text) return slipped;
  }
}

/** A name for a file or a team. */
export const slugOf = (text: string): string =>
  inLatin(withoutDiacritics(text), null)
    .toLowerCase()
    .replace(/[^a-z]+/g, '-');

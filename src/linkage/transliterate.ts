/** Bulgarian Transliteration Act (State Gazette 19/2009), and the letters of neighbouring alphabets that occur in names. */
const CYRILLIC: Readonly<Record<string, string>> = {
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
  ё: 'yo',
  ы: 'y',
  э: 'e',
  і: 'i',
  ї: 'yi',
  є: 'ye',
  ґ: 'g',
  ђ: 'dzh',
  ѓ: 'g',
  ј: 'y',
  љ: 'ly',
  њ: 'ny',
  ћ: 'ch',
  ќ: 'k',
  џ: 'dzh',
  ў: 'u',
  ѝ: 'i',
};
/** Latin letters that look like Cyrillic ones: a keyboard left in the other layout. */
const LOOK_ALIKE: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  i: 'і',
  j: 'ј',
  k: 'к',
  m: 'м',
  n: 'п',
  o: 'о',
  p: 'р',
  r: 'г',
  t: 'т',
  u: 'и',
  x: 'х',
  y: 'у',
};
const HAS_CYRILLIC = /\p{Script=Cyrillic}/u;
const MIXED_WORD = /[\p{Script=Cyrillic}\p{Script=Latin}]+/gu;

/** Latin letters inside a word that is mostly Cyrillic become the Cyrillic letters they look like. */
function unmixed(text: string): string {
  if (!HAS_CYRILLIC.test(text)) return text;
  return text.replace(MIXED_WORD, (word) => {
    const cyrillic = word.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
    if (cyrillic === 0 || cyrillic === word.length || cyrillic * 2 < word.length) return word;
    return word.replace(/\p{Script=Latin}/gu, (letter) => LOOK_ALIKE[letter.toLowerCase()] ?? letter);
  });
}

/**
 * Lower-case Latin letters, digits and single blanks. Cyrillic by the Act; diacritics are dropped (comma and cedilla forms fall together);
 * hyphens, dots and other marks become blanks, apostrophes nothing.
 */
export function latin(text: string): string {
  let folded = unmixed(text).normalize('NFC').toLowerCase();
  // й would fall apart into и and a breve.
  folded = folded.replace(/\p{Script=Cyrillic}/gu, (letter) => CYRILLIC[letter] ?? '');
  return folded
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('đ', 'd')
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll('ı', 'i')
    .replace(/['’`´ʼ]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

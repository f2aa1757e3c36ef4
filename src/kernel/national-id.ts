import type { IsoDate } from './brands.ts';
import { isCalendarDate, isoDate } from './dates.ts';

/** EGN Bulgarian personal number · LNCH Bulgarian number of a foreigner · IDN internal number of one issuer · CNP Romanian personal number. */
export type IdScheme = 'EGN' | 'LNCH' | 'IDN' | 'CNP';

/** A national id as it was read. Only a valid one may link records of different agencies. */
export interface NationalId {
  scheme: IdScheme;
  /** Normalised: digits only where the scheme has digits only. */
  digits: string;
  /** Its checksum, and the date in it, hold. Always false for IDN, which has none and means something to its issuer alone. */
  valid: boolean;
  /** The birth date that the id states; null where it states none or no whole one. */
  birthDate: IsoDate | null;
  sex: 'M' | 'F' | null;
  /** What a spreadsheet did to it. A lost zero that gives a valid id when put back has been put back. */
  damage: 'LEADING_ZERO_LOST' | 'SCIENTIFIC_NOTATION' | null;
}

type Stated = { valid: boolean; birthDate: IsoDate | null; sex: 'M' | 'F' | null };
const INVALID: Stated = { valid: false, birthDate: null, sex: null };

/** Σ digit·weight. */
export const weighted = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0);
export const EGN_WEIGHTS = [2, 4, 8, 5, 10, 9, 7, 3, 6] as const;
export const LNCH_WEIGHTS = [21, 19, 17, 13, 11, 9, 7, 3, 1] as const;
export const CNP_WEIGHTS = [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9] as const;

/** EGN: YYMMDD, month +20 for the 1800s and +40 for the 2000s; ninth digit even for male; check digit mod 11, 10 → 0 (Civil Registration Act, art. 11; Ordinance RD-02-20-9). */
function readEgn(digits: string): Stated {
  if (!/^\d{10}$/.test(digits)) return INVALID;
  const coded = Number(digits.slice(2, 4));
  const [century, month] = coded > 40 ? [2000, coded - 40] : coded > 20 ? [1800, coded - 20] : [1900, coded];
  const year = century + Number(digits.slice(0, 2));
  const day = Number(digits.slice(4, 6));
  if (!isCalendarDate(year, month, day)) return INVALID;
  const valid = (weighted(digits, EGN_WEIGHTS) % 11) % 10 === Number(digits[9]);
  return valid ? { valid, birthDate: isoDate(year, month, day), sex: Number(digits[8]) % 2 === 0 ? 'M' : 'F' } : INVALID;
}

/** LNCh: nine digits and a check digit mod 10; it states neither date nor sex. */
function readLnch(digits: string): Stated {
  return { ...INVALID, valid: /^\d{10}$/.test(digits) && weighted(digits, LNCH_WEIGHTS) % 10 === Number(digits[9]) };
}

// 01–46 counties and sectors, 47 and 48 former sectors, 51 and 52 counties, 70 every CNP issued since 8 May 2024 (a validator without 70 refuses every small child).
const isCounty = (code: number) => (code >= 1 && code <= 48) || code === 51 || code === 52 || code === 70;

/** CNP: SAALLZZJJNNNC; S 1/2 1900s, 3/4 1800s, 5/6 2000s, 7/8 residents and 9 foreigners without a century; check digit 279146358279 mod 11, 10 → 1. */
function readCnp(digits: string): Stated {
  if (!/^[1-9]\d{12}$/.test(digits)) return INVALID;
  const s = Number(digits[0]);
  const [yy, month, day] = [Number(digits.slice(1, 3)), Number(digits.slice(3, 5)), Number(digits.slice(5, 7))];
  const century = s <= 2 ? 1900 : s <= 4 ? 1800 : s <= 6 ? 2000 : null;
  const exists =
    century === null
      ? isCalendarDate(1900 + yy, month, day) || isCalendarDate(2000 + yy, month, day)
      : isCalendarDate(century + yy, month, day);
  const remainder = weighted(digits, CNP_WEIGHTS) % 11;
  if (!exists || !isCounty(Number(digits.slice(7, 9))) || (remainder === 10 ? 1 : remainder) !== Number(digits[12])) return INVALID;
  return {
    valid: true,
    birthDate: century === null ? null : isoDate(century + yy, month, day),
    sex: s === 9 ? null : s % 2 === 1 ? 'M' : 'F',
  };
}

const SCHEMES = {
  0: { scheme: 'EGN', read: readEgn },
  1: { scheme: 'LNCH', read: readLnch },
  2: { scheme: 'IDN', read: (): Stated => INVALID },
  3: { scheme: 'CNP', read: readCnp },
} as const satisfies Record<number, { scheme: IdScheme; read: (digits: string) => Stated }>;

/**
 * Reads an id of a feed.
 * @param idType −1 none, 0 EGN, 1 LNCh, 2 IDN, 3 CNP.
 * @returns null for type −1 or an empty cell. A wrong id is kept, as not valid: it goes in, and links nothing.
 */
export function parseNationalId(idType: -1 | 0 | 1 | 2 | 3, raw: string): NationalId | null {
  const text = raw.trim();
  if (idType === -1 || text === '') return null;
  const { scheme, read } = SCHEMES[idType];
  if (scheme !== 'IDN' && /^\d+([.,]\d+)?[eE]\+?\d+$/.test(text))
    return { scheme, digits: text, ...INVALID, damage: 'SCIENTIFIC_NOTATION' };
  // A CNP begins with 1–9: a short one has lost something else than a leading zero.
  if ((scheme === 'EGN' || scheme === 'LNCH') && /^\d{9}$/.test(text)) {
    const stated = read(`0${text}`);
    return { scheme, digits: stated.valid ? `0${text}` : text, ...stated, damage: 'LEADING_ZERO_LOST' };
  }
  return { scheme, digits: text, ...read(text), damage: null };
}

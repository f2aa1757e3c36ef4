import type { IsoDate } from './brands.ts';
import { CNP_WEIGHTS, EGN_WEIGHTS, LNCH_WEIGHTS, weighted } from './national-id.ts';

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/**
 * A valid EGN for synthetic persons; Bulgaria has issued none for dates before 1800 or after 2099.
 * @param serial 0–499: how many of the same sex were born that day before; the ninth digit (even male, odd female) follows from it and the sex.
 * @throws RangeError for a year or serial outside.
 */
export function makeEgn(birthDate: IsoDate, sex: 'M' | 'F', serial: number): string {
  const year = Number(birthDate.slice(0, 4));
  if (year < 1800 || year > 2099) throw new RangeError(`EGN: year ${year}`);
  if (!Number.isInteger(serial) || serial < 0 || serial > 499) throw new RangeError(`EGN: serial ${serial}`);
  const month = Number(birthDate.slice(5, 7)) + (year >= 2000 ? 40 : year < 1900 ? 20 : 0);
  const front = pad(year % 100, 2) + pad(month, 2) + birthDate.slice(8, 10) + pad(serial * 2 + (sex === 'F' ? 1 : 0), 3);
  return front + ((weighted(front, EGN_WEIGHTS) % 11) % 10);
}

/**
 * A valid LNCh for synthetic persons.
 * @param serial 0–999,999,999, becomes the first nine digits.
 * @throws RangeError for a serial outside.
 */
export function makeLnch(serial: number): string {
  if (!Number.isInteger(serial) || serial < 0 || serial > 999_999_999) throw new RangeError(`LNCh: serial ${serial}`);
  const front = pad(serial, 9);
  return front + (weighted(front, LNCH_WEIGHTS) % 10);
}

/**
 * A valid CNP for synthetic persons.
 * @param county 1–48, 51, 52, or 70 (every CNP issued since 8 May 2024).
 * @param serial 1–999.
 * @param resident true for a foreigner resident in Romania: S is 7 or 8, and the CNP does not state the century.
 * @throws RangeError for a year, county or serial outside.
 */
export function makeCnp(birthDate: IsoDate, sex: 'M' | 'F', county: number, serial: number, resident = false): string {
  const year = Number(birthDate.slice(0, 4));
  if (year < 1800 || year > 2099) throw new RangeError(`CNP: year ${year}`);
  if (!Number.isInteger(county) || county < 1 || county > 99) throw new RangeError(`CNP: county ${county}`);
  if (!Number.isInteger(serial) || serial < 1 || serial > 999) throw new RangeError(`CNP: serial ${serial}`);
  const male = resident ? 7 : year >= 2000 ? 5 : year < 1900 ? 3 : 1;
  const front = `${male + (sex === 'F' ? 1 : 0)}${birthDate.slice(2, 4)}${birthDate.slice(5, 7)}${birthDate.slice(8, 10)}${pad(county, 2)}${pad(serial, 3)}`;
  const remainder = weighted(front, CNP_WEIGHTS) % 11;
  return front + (remainder === 10 ? 1 : remainder);
}

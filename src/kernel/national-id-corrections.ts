import { type IdScheme, parseNationalId } from './national-id.ts';

const LENGTH = { EGN: 10, LNCH: 10, CNP: 13 } as const;
/** `intIDType` of the feeds. */
export const ID_TYPE = { EGN: 0, LNCH: 1, CNP: 3 } as const;
const DIGITS = '0123456789';
const SEPARATORS = /[\s./-]/g;
/** `1.23457E+12`, as spreadsheets write long numbers. */
export const SCIENTIFIC = /^(\d)(?:[.,](\d+))?[eE]\+?(\d+)$/;

/** Texts of the right length from which one slip may have made `text`. */
function* origins(text: string, length: number): Generator<string> {
  if (text.length === length) {
    for (let at = 0; at < length; at += 1) {
      for (const digit of DIGITS) yield text.slice(0, at) + digit + text.slice(at + 1);
      yield text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
    }
  } else if (text.length === length - 1) {
    for (let at = 0; at <= text.length; at += 1) for (const digit of DIGITS) yield text.slice(0, at) + digit + text.slice(at);
  } else if (text.length === length + 1) {
    for (let at = 0; at < length; at += 1) if (text.charAt(at) === text.charAt(at + 1)) yield text.slice(0, at) + text.slice(at + 1);
  } else if (/^\d{5,}$/.test(text) && text.length < length) {
    // Zeros before a number are not written by a spreadsheet, however many they are.
    yield text.padStart(length, '0');
  }
}

/** The digits of a number in scientific notation that kept all of them, else null. */
function wholeNumber(text: string): string | null {
  const [, first, rest = '', exponent] = SCIENTIFIC.exec(text) ?? [];
  return first !== undefined && rest.length === Number(exponent) ? first + rest : null;
}

/**
 * The valid ids of the scheme that an invalid one may have been: one digit wrong (or a letter in its place), two neighbouring digits exchanged, one digit lost or written twice,
 * leading zeros lost, separators in between. Ascending, distinct, never more than 40: each place of a number leaves at most two digits for which its checksum holds.
 * None for a valid id, for an IDN, which has no checksum, and for scientific notation that lost digits.
 * @param text as `NationalId.digits` keeps it.
 */
export function nationalIdCorrections(scheme: IdScheme, text: string): readonly string[] {
  if (scheme === 'IDN') return [];
  const length = LENGTH[scheme];
  const isValid = (digits: string): boolean => digits.length === length && parseNationalId(ID_TYPE[scheme], digits)?.valid === true;
  if (isValid(text)) return [];
  const whole = SCIENTIFIC.test(text) ? wholeNumber(text)?.padStart(length, '0') : text.replace(SEPARATORS, '');
  if (whole === undefined) return [];
  // What only had to be written differently needs no further slip.
  if (isValid(whole)) return [whole];
  if (whole.length < 5 || SCIENTIFIC.test(text)) return [];
  return [...new Set(origins(whole, length))].filter(isValid).sort();
}

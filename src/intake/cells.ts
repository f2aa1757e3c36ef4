import type { Country, IsoDate } from '../kernel/brands.ts';
import { isCalendarDate, isIsoDate } from '../kernel/dates.ts';
import { type NationalId, parseNationalId } from '../kernel/national-id.ts';
import type { KnownSchool, RowContext } from './feed-format.ts';
import { RowRefused } from './row-refused.ts';

/** The cell without surrounding blanks; null when nothing is given. */
export function optionalText(cell: string): string | null {
  const text = cell.trim();
  return text === '' ? null : text;
}

/** @throws RowRefused MISSING_KEY when the cell is empty. */
export function requiredText(cell: string, column: string): string {
  const text = cell.trim();
  if (text === '') throw new RowRefused('MISSING_KEY', column, 'a value');
  return text;
}

/** A day, `YYYY-MM-DD`; null when not given. @throws RowRefused IMPOSSIBLE_DATE */
export function optionalDate(cell: string, column: string): IsoDate | null {
  if (cell === '') return null;
  if (isIsoDate(cell)) return cell;
  const text = cell.trim();
  if (text === '') return null;
  if (isIsoDate(text)) return text;
  throw new RowRefused('IMPOSSIBLE_DATE', column, 'a day of the calendar, YYYY-MM-DD');
}

/** @throws RowRefused MISSING_KEY, IMPOSSIBLE_DATE */
export function requiredDate(cell: string, column: string): IsoDate {
  const date = optionalDate(cell, column);
  if (date === null) throw new RowRefused('MISSING_KEY', column, 'a day, YYYY-MM-DD');
  return date;
}

export interface PartialDate {
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
}
export const NO_DATE: PartialDate = { year: null, month: null, day: null };

/** The parts of a day that was already found to exist. */
export function partsOf(date: IsoDate | null): PartialDate {
  if (date === null) return NO_DATE;
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

/** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. @throws RowRefused IMPOSSIBLE_DATE */
export function partialDate(cell: string, column: string): PartialDate {
  const text = cell.trim();
  if (text === '') return NO_DATE;
  const m = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  const [year, month, day] = [Number(m?.[1]), m?.[2] ? Number(m[2]) : null, m?.[3] ? Number(m[3]) : null];
  if (!m || !isCalendarDate(year, month ?? 1, day ?? 1)) throw new RowRefused('IMPOSSIBLE_DATE', column, 'YYYY, YYYY-MM or YYYY-MM-DD');
  return { year, month, day };
}

/** A whole number of at most nine digits within bounds; null when not given. @throws RowRefused NOT_A_NUMBER */
export function optionalInteger(cell: string, column: string, least = 0, most = 999_999_999): number | null {
  const text = cell.trim();
  if (text === '') return null;
  const value = /^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) throw new RowRefused('NOT_A_NUMBER', column, `a whole number from ${least} to ${most}`);
  return value;
}

/** @throws RowRefused MISSING_KEY, NOT_A_NUMBER */
export function requiredInteger(cell: string, column: string, least = 0, most = 999_999_999): number {
  const value = optionalInteger(cell, column, least, most);
  if (value === null) throw new RowRefused('MISSING_KEY', column, 'a whole number');
  return value;
}

/** Money, as decimal text with at most two places. @throws RowRefused NOT_A_NUMBER */
export function optionalAmount(cell: string, column: string): string | null {
  const text = cell.trim();
  if (text === '') return null;
  if (!/^\d{1,10}(\.\d{1,2})?$/.test(text)) throw new RowRefused('NOT_A_NUMBER', column, 'an amount such as 50.00');
  return text;
}

/** One of a closed list; null when not given. @throws RowRefused UNKNOWN_CODE */
export function optionalCode<T extends string>(cell: string, column: string, list: readonly T[]): T | null {
  const text = cell.trim();
  if (text === '') return null;
  const found = list.find((code) => code === text);
  if (found === undefined)
    throw new RowRefused('UNKNOWN_CODE', column, list.length > 8 ? 'a code of its list' : `one of ${list.join(', ')}`);
  return found;
}

/** @throws RowRefused MISSING_KEY, UNKNOWN_CODE */
export function requiredCode<T extends string>(cell: string, column: string, list: readonly T[]): T {
  const code = optionalCode(cell, column, list);
  if (code === null) throw new RowRefused('MISSING_KEY', column, list.length > 8 ? 'a code of its list' : `one of ${list.join(', ')}`);
  return code;
}

const ID_TYPES = ['0', '1', '2', '3', '-1'] as const;
export type IdType = -1 | 0 | 1 | 2 | 3;

/** The type of an id; an empty cell means none. @throws RowRefused UNKNOWN_CODE */
export function idType(cell: string, column: string): IdType {
  return Number(optionalCode(cell, column, ID_TYPES) ?? '-1') as IdType;
}

/** An id with its type. A wrong check digit is kept, marked invalid. An id of a stated type that holds no letter or digit counts as not given. */
export function nationalId(type: IdType, cell: string): NationalId | null {
  const text = cell.trim();
  return text === '' ? null : parseNationalId(type, text);
}

/** Whose numbering an id type belongs to; IDN and none say nothing. */
export function countryOfIdType(type: IdType): Country | null {
  if (type === 3) return 'RO';
  return type === 0 || type === 1 ? 'BG' : null;
}

/** A school of the lists handed in so far. @throws RowRefused MISSING_KEY, UNKNOWN_SCHOOL */
export function knownSchool(cell: string, column: string, country: Country, context: RowContext): KnownSchool & { readonly id: string } {
  const id = requiredText(cell, column);
  const school = context.schools.get(id);
  if (school?.country !== country) throw new RowRefused('UNKNOWN_SCHOOL', column, `a school of the list of schools (${country})`);
  return { id, ...school };
}

/** Names joined by blanks; null when none is given. */
export function fullName(...parts: readonly (string | null)[]): string | null {
  return parts.filter((part) => part !== null).join(' ') || null;
}

/** What a child is known by in one row: its id, else names and birth date. @throws RowRefused MISSING_NAME when neither is given */
export function childKey(id: NationalId | null, names: readonly (string | null)[], birth: string): readonly string[] {
  const nameless = names.every((name) => name === null);
  // 2.04E+09 is the id of every child of a month.
  if (id && (nameless || id.damage !== 'SCIENTIFIC_NOTATION')) return [id.scheme, id.digits];
  if (nameless) throw new RowRefused('MISSING_NAME');
  return ['', ...names.map((name) => name?.normalize('NFC').toLowerCase() ?? ''), birth];
}

import type { IsoDate } from './brands.ts';

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True for a date of the Gregorian calendar written `YYYY-MM-DD` (ISO 8601). */
export function isIsoDate(text: string): text is IsoDate {
  const m = ISO_DATE.exec(text);
  return m !== null && isCalendarDate(Number(m[1]), Number(m[2]), Number(m[3]));
}

/** True when the day exists: year 1800–2199, month 1–12, day within the month. */
export function isCalendarDate(year: number, month: number, day: number): boolean {
  if (year < 1800 || year > 2199 || month < 1 || month > 12 || day < 1) return false;
  return day <= daysInMonth(year, month);
}

/** Days in a month (1–12). */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** `YYYY-MM-DD` from numbers. @throws RangeError when there is no such day. */
export function isoDate(year: number, month: number, day: number): IsoDate {
  if (!isCalendarDate(year, month, day)) throw new RangeError(`no such day: ${year}-${month}-${day}`);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` as IsoDate;
}

/** Completed years on a day, as birthdays are counted: a child of 29 February is a year older on 1 March. */
export function ageOn(birth: IsoDate, on: IsoDate): number {
  const years = Number(on.slice(0, 4)) - Number(birth.slice(0, 4));
  return on.slice(5) >= birth.slice(5) ? years : years - 1;
}

/** A day some years later; 29 February becomes 1 March where the year has none. */
export function addYears(date: IsoDate, years: number): IsoDate {
  const year = Number(date.slice(0, 4)) + years;
  const month = Number(date.slice(5, 7));
  const day = Number(date.slice(8, 10));
  return isCalendarDate(year, month, day) ? isoDate(year, month, day) : isoDate(year, 3, 1);
}

/** A day some days later (negative: earlier). */
export function addDays(date: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10) as IsoDate;
}

/** The calendar year in which the school year of that day starts; school years start on 15 September. */
export function schoolYearOf(date: IsoDate): number {
  const year = Number(date.slice(0, 4));
  return date.slice(5) >= '09-15' ? year : year - 1;
}

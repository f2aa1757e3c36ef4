import type { IsoDate } from '../kernel/brands.ts';
import { daysInMonth, isCalendarDate, isoDate } from '../kernel/dates.ts';
import type { Random } from './random.ts';

export interface WrongBirth {
  readonly birth: string;
  /** The kind of error, as in the truth. */
  readonly error: string;
}

/** Another day that exists, got from this one by a mistake that offices make. */
export function wrongBirth(birth: IsoDate, random: Random): WrongBirth {
  const [year, month, day] = [Number(birth.slice(0, 4)), Number(birth.slice(5, 7)), Number(birth.slice(8, 10))];
  const kind = random.weighted([
    ['swap', 30],
    ['digit', 28],
    ['month', 12],
    ['year', 20],
    ['0101', 10],
  ]);
  if (kind === 'swap' && day <= 12 && day !== month) return { birth: isoDate(year, day, month), error: 'birth-day-month-swap' };
  if (kind === '0101' && birth.slice(5) !== '01-01') return { birth: isoDate(year, 1, 1), error: 'birth-0101' };
  if (kind === 'month') {
    const other = month === 12 ? 11 : month + 1;
    return { birth: isoDate(year, other, Math.min(day, daysInMonth(year, other))), error: 'birth-month' };
  }
  if (kind === 'year') {
    const other = year + (random.chance(0.5) ? 1 : -1);
    return { birth: isoDate(other, month, Math.min(day, daysInMonth(other, month))), error: 'birth-year' };
  }
  for (;;) {
    const other = random.chance(0.5) ? Math.floor(day / 10) * 10 + random.below(10) : random.below(4) * 10 + (day % 10);
    if (other !== day && isCalendarDate(year, month, other)) return { birth: isoDate(year, month, other), error: 'birth-digit' };
  }
}

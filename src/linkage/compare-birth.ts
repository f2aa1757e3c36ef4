import type { LinkBirth } from './engine.ts';

/**
 * `day`: the same day · `month`, `year`: the same as far as the less precise one goes · `near`: one likely slip apart (day and month exchanged, one part wrong,
 * the year by one) · `differ` · `unknown`.
 */
export type BirthLevel = 'day' | 'month' | 'near' | 'year' | 'near-year' | 'differ' | 'unknown';
export const BIRTH_ORDER: readonly BirthLevel[] = ['day', 'month', 'near', 'year', 'near-year', 'unknown', 'differ'];

/** 1 January often stands for "the year is known". */
export const isWhole = (birth: LinkBirth): boolean => birth.day !== null && !(birth.month === 1 && birth.day === 1);
const isYearOnly = (birth: LinkBirth): boolean => birth.month === null || (birth.month === 1 && birth.day === 1);

export function compareBirth(a: LinkBirth | null, b: LinkBirth | null): BirthLevel {
  if (!a || !b) return 'unknown';
  if (a.month !== null && b.month !== null && a.day !== null && b.day !== null) {
    const equal = [a.year === b.year, a.month === b.month, a.day === b.day];
    const count = equal.filter(Boolean).length;
    if (count === 3) return 'day';
    if (equal[0] && (isYearOnly(a) || isYearOnly(b))) return 'year';
    if (equal[0] && a.month === b.day && a.day === b.month) return 'near';
    if (count === 2) return equal[0] || Math.abs(a.year - b.year) === 1 ? 'near' : 'differ';
    return 'differ';
  }
  if (isYearOnly(a) || isYearOnly(b)) return a.year === b.year ? 'year' : Math.abs(a.year - b.year) === 1 ? 'near-year' : 'differ';
  if (a.year !== b.year) return a.month === b.month && Math.abs(a.year - b.year) === 1 ? 'near-year' : 'differ';
  return a.month === b.month ? 'month' : 'near-year';
}

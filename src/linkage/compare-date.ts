import type { Comparator } from './comparator.ts';

/**
 * Whole dates: `slip` day and month exchanged, one digit wrong or two neighbours exchanged · `two-slips` two digits, or year alone or day and month alone right.
 * Where one side knows the year alone (1 January often says no more): `year`, `year-near` (off by one), `year-differ`; where it knows the month: `month`, `month-differ`.
 * `by-id…`: one side states its date in its national id alone.
 */
export const DATE_LEVELS = [
  'exact',
  'slip',
  'two-slips',
  'differ',
  'year',
  'year-near',
  'year-differ',
  'month',
  'month-differ',
  'by-id',
  'by-id-near',
  'by-id-differ',
] as const;
export const dateLevel = (level: (typeof DATE_LEVELS)[number]): number => DATE_LEVELS.indexOf(level) + 1;
const [EXACT, SLIP, TWO_SLIPS, DIFFER, YEAR, YEAR_NEAR, YEAR_DIFFER, MONTH, MONTH_DIFFER, BY_ID, BY_ID_NEAR, BY_ID_DIFFER] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
];

// 1 January often stands for "the year is known".
/** Eight digits, without the mark of where they come from. */
export const dayOf = (text: string): string => text.slice(0, 8);
const isYear = (text: string): boolean => text.endsWith('0000') || text.endsWith('0101');

/** Digits in which two texts of eight differ; two exchanged neighbours are one. */
function digitsApart(a: string, b: string): number {
  let apart = 0;
  for (let i = 0; i < 8; i += 1) {
    if (a.charCodeAt(i) === b.charCodeAt(i)) continue;
    apart += 1;
    if (i < 7 && a[i] === b[i + 1] && a[i + 1] === b[i]) i += 1;
  }
  return apart;
}

const sameDay = (day: string): number => (isYear(day) ? YEAR : day.endsWith('00') ? MONTH : EXACT);
function compareDays(a: string, b: string): number {
  const sameYear = a.startsWith(b.slice(0, 4));
  if (isYear(a) || isYear(b))
    return sameYear ? YEAR : Math.abs(Number(a.slice(0, 4)) - Number(b.slice(0, 4))) === 1 ? YEAR_NEAR : YEAR_DIFFER;
  if (a.endsWith('00') || b.endsWith('00')) return a.startsWith(b.slice(0, 6)) ? MONTH : MONTH_DIFFER;
  if (sameYear && a.slice(4, 6) === b.slice(6, 8) && a.slice(6, 8) === b.slice(4, 6)) return SLIP;
  const apart = digitsApart(a, b);
  if (apart === 1) return SLIP;
  return apart === 2 || sameYear || a.endsWith(b.slice(4)) ? TWO_SLIPS : DIFFER;
}

/** Dates as eight digits `YYYYMMDD`; `00` for a month or day that is not known; with an `i` behind one that only the id states. A date that no calendar has is compared as it is written. */
export const compareDate: Comparator<string> = {
  levels: DATE_LEVELS,
  parse: (text) => (/^\d{8}i?$/.test(text) ? text : null),
  compare(x, y) {
    const [a, b] = [dayOf(x), dayOf(y)];
    const level = a === b ? sameDay(a) : compareDays(a, b);
    if (x.length === y.length && x.length === 8) return level;
    return a === b || level === EXACT ? BY_ID : level === SLIP || level === YEAR || level === MONTH ? BY_ID_NEAR : BY_ID_DIFFER;
  },
  same: (value) => (value.endsWith('i') ? BY_ID : sameDay(value)),
  rarity: [],
  groups: [
    [EXACT, SLIP, TWO_SLIPS, DIFFER],
    [BY_ID, BY_ID_NEAR, BY_ID_DIFFER],
    [YEAR, YEAR_NEAR, YEAR_DIFFER],
    [MONTH, MONTH_DIFFER],
  ],
  prior: [0.95, 0.03, 0.01, 0.01, 0.93, 0.05, 0.02, 0.95, 0.05, 0.95, 0.03, 0.02],
  // Twins are about 3 births in 200; two children of one household are mostly two or more years apart.
  sibling: [0.025, 0.006, 0.12, 0.848, 0.05, 0.12, 0.83, 0.027, 0.973, 0.025, 0.006, 0.969],
};

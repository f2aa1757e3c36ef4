import { isCalendarDate } from './dates.ts';
import { type IdScheme, type NationalId, parseNationalId } from './national-id.ts';
import { ID_TYPE, nationalIdCorrections, SCIENTIFIC } from './national-id-corrections.ts';

/** What an id says of its holder. */
export interface StatedById {
  /** Month and day are null where they are lost. */
  readonly birth: { readonly year: number; readonly month: number | null; readonly day: number | null } | null;
  readonly sex: 'M' | 'F' | null;
}
const NOTHING: StatedById = { birth: null, sex: null };

/** How a scheme begins: `head` digits of which the last two are the day and the two before them the coded month. */
interface Head {
  readonly length: number;
  readonly head: number;
  /** Of the digits before the day; null where they state no month of a living person's birth. */
  month(code: number): { readonly year: number; readonly month: number; readonly sex: 'M' | 'F' | null } | null;
}
const HEADS: Partial<Record<IdScheme, Head>> = {
  EGN: {
    length: 10,
    head: 6,
    month(code) {
      const [yy, coded] = [Math.floor(code / 100), code % 100];
      // Months 21–32 are of the 1800s.
      return coded > 40
        ? { year: 2000 + yy, month: coded - 40, sex: null }
        : coded <= 12
          ? { year: 1900 + yy, month: coded, sex: null }
          : null;
    },
  },
  CNP: {
    length: 13,
    head: 7,
    month(code) {
      const [s, yy, month] = [Math.floor(code / 10_000), Math.floor(code / 100) % 100, code % 100];
      if (![1, 2, 5, 6].includes(s)) return null;
      return { year: (s > 2 ? 2000 : 1900) + yy, month, sex: s % 2 === 1 ? 'M' : 'F' };
    },
  },
};

const only = <T>(values: ReadonlySet<T>): T | null => (values.size === 1 ? ([...values][0] as T) : null);

/** What all birth dates between two heads have in common. Days that do not exist drop out: `5.0905E+12` was of May, not of the 99th of April. */
function between({ month }: Head, low: number, high: number): StatedById {
  const [years, months, days, sexes] = [new Set<number>(), new Set<number>(), new Set<number>(), new Set<'M' | 'F' | null>()];
  // More than a hundred months apart the year is lost as well.
  const [first, last] = [Math.floor(low / 100), Math.floor(high / 100)];
  if (last - first > 100) {
    const [a, b] = [first, last].map((code) => Math.floor(code / 10_000));
    const sex = a === b && a !== undefined ? (month(a * 10_000 + 1)?.sex ?? null) : null;
    return { birth: null, sex };
  }
  for (let code = first; code <= last; code += 1) {
    const stated = month(code);
    if (!stated) continue;
    for (let day = Math.max(1, low - code * 100); day <= Math.min(31, high - code * 100); day += 1) {
      if (!isCalendarDate(stated.year, stated.month, day)) continue;
      years.add(stated.year);
      months.add(stated.month);
      days.add(day);
      sexes.add(stated.sex);
    }
  }
  const year = only(years);
  const onlyMonth = year === null ? null : only(months);
  return { birth: year === null ? null : { year, month: onlyMonth, day: onlyMonth === null ? null : only(days) }, sex: only(sexes) };
}

/** The numbers that a spreadsheet rounds to `text`: `5.09E+12` was 5085000000000…5094999999999. */
function rounded(text: string): { low: number; high: number } | null {
  const [, first, rest = '', exponent] = SCIENTIFIC.exec(text) ?? [];
  const lost = Number(exponent) - rest.length;
  if (first === undefined || lost < 0 || Number(exponent) > 12) return null;
  const written = Number(first + rest);
  if (lost === 0) return { low: written, high: written };
  return { low: (written - 0.5) * 10 ** lost, high: (written + 0.5) * 10 ** lost - 1 };
}

/**
 * What an id that was cut still states: in scientific notation, with its end missing or masked, or without its leading zeros. Nothing for one of the full length: which digit is wrong cannot be told.
 * @param text as `NationalId.digits` keeps it.
 */
export function statedByDamaged(scheme: IdScheme, text: string): StatedById {
  const head = HEADS[scheme];
  if (!head) return NOTHING;
  const tail = 10 ** (head.length - head.head);
  const [whole] = text.length < head.length - 1 || SCIENTIFIC.test(text) ? nationalIdCorrections(scheme, text) : [];
  if (whole !== undefined) return statedByNationalId(parseNationalId(ID_TYPE[scheme as 'EGN' | 'CNP'], whole) as NationalId);
  const range = rounded(text);
  if (range) return between(head, Math.floor(range.low / tail), Math.floor(range.high / tail));
  const [, front, mask = ''] = /^(\d+)([*xX•?.…_-]*)$/.exec(text) ?? [];
  if (front === undefined) return NOTHING;
  // One digit short, it may be any that is missing; two, it is the end that was cut. A mask says itself where digits are gone.
  const [least, most] = mask === '' ? [head.head, head.length - 2] : [head.head - 2, head.length - 1];
  if (front.length < least || front.length > most) return NOTHING;
  const missing = Math.max(0, head.head - front.length);
  const known = Number(front.slice(0, head.head)) * 10 ** missing;
  return between(head, known, known + 10 ** missing - 1);
}

/** What an id states of birth and sex, be it whole or damaged. */
export function statedByNationalId({ scheme, digits, valid, birthDate, sex }: NationalId): StatedById {
  if (!valid) return statedByDamaged(scheme, digits);
  if (!birthDate) return { birth: null, sex };
  const [year, month, day] = birthDate.split('-').map(Number);
  return { birth: { year: year as number, month: month as number, day: day as number }, sex };
}

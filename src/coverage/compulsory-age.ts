import type { Country, IsoDate } from '../kernel/brands.ts';
import { addYears, daysInMonth, isIsoDate, isoDate, schoolYearOf } from '../kernel/dates.ts';

/** From `from` on, and until the country's next rule: compulsory from the school year that starts in the calendar year in which the child turns `startsAtAge`, until the birthday `endsAtAge`. */
export interface CompulsoryAgeRule {
  readonly country: Country;
  readonly from: IsoDate;
  readonly startsAtAge: number;
  readonly endsAtAge: number;
  readonly law: string;
}

const day = (text: string): IsoDate => {
  if (!isIsoDate(text)) throw new RangeError(`no such day: ${text}`);
  return text;
};

/**
 * A table, not a constant: both countries lowered the age within a few years, and Romania has announced the next step.
 * The dates of the Bulgarian phasing by municipality and the articles must be checked by a lawyer before use: change them here as data.
 */
export const COMPULSORY_AGE: readonly CompulsoryAgeRule[] = [
  {
    country: 'BG',
    from: day('2016-08-01'),
    startsAtAge: 5,
    endsAtAge: 16,
    law: 'Constitution art. 53(2); Pre-school and School Education Act art. 8, first wording',
  },
  {
    country: 'BG',
    from: day('2023-09-15'),
    startsAtAge: 4,
    endsAtAge: 16,
    law: 'Constitution art. 53(2); Pre-school and School Education Act art. 8 as amended in 2020, after the phasing-in by municipality',
  },
  { country: 'RO', from: day('2020-09-01'), startsAtAge: 5, endsAtAge: 18, law: 'Education Act 1/2011 art. 16: grupa mare, grades XI-XII' },
  { country: 'RO', from: day('2023-09-01'), startsAtAge: 4, endsAtAge: 18, law: 'Education Act 198/2023: grupa mijlocie' },
  { country: 'RO', from: day('2030-09-01'), startsAtAge: 3, endsAtAge: 18, law: 'Education Act 198/2023: grupa mica, announced for 2030' },
];

/** What is known of a birth date: month and day are null where a source gives the year alone. */
export interface BirthDateKnown {
  readonly year: number;
  readonly month: number | null;
  readonly day: number | null;
}

/**
 * The rule of a country in force on a day; before the first listed rule, the first one.
 * @throws RangeError when the table has no rule of that country.
 */
export function compulsoryAgeRule(country: Country, on: IsoDate, table: readonly CompulsoryAgeRule[] = COMPULSORY_AGE): CompulsoryAgeRule {
  const rules = table.filter((rule) => rule.country === country).sort((a, b) => (a.from < b.from ? -1 : 1));
  const rule = rules.findLast((candidate) => candidate.from <= on) ?? rules[0];
  if (!rule) throw new RangeError(`no compulsory-age rule of ${country}`);
  return rule;
}

/**
 * Whether schooling is compulsory for a child on a day. Summer belongs to the school year that ended: the next one starts on 15 September.
 * Where month or day is missing the latest possible birthday counts, so that a child is looked for if any day of that year or month could make school compulsory.
 */
export function isCompulsory(
  birth: BirthDateKnown,
  country: Country,
  on: IsoDate,
  table: readonly CompulsoryAgeRule[] = COMPULSORY_AGE,
): boolean {
  const rule = compulsoryAgeRule(country, on, table);
  if (schoolYearOf(on) < birth.year + rule.startsAtAge) return false;
  return on < addYears(latestBirthDate(birth), rule.endsAtAge);
}

function latestBirthDate(birth: BirthDateKnown): IsoDate {
  const month = birth.month ?? 12;
  return isoDate(birth.year, month, birth.day ?? daysInMonth(birth.year, month));
}

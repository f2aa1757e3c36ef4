import type { Country, IsoDate } from '../kernel/brands.ts';
import { ageOn, schoolYearOf } from '../kernel/dates.ts';
import type { Child, Household } from './child.ts';
import { dateOf } from './days.ts';
import type { IdBook } from './id-book.ts';
import { type NameSource, patronymicOf } from './make-household.ts';
import type { Random } from './random.ts';

/** Day numbers of birth of a family's children, oldest first; the same day twice for twins. */
export function birthDays(asOfDay: number, most: number, random: Random): number[] {
  const wanted = Math.min(
    most,
    random.weighted([
      [1, 42],
      [2, 39],
      [3, 12],
      [4, 5],
      [5, 2],
    ]),
  );
  // From two to nineteen years old.
  const from = asOfDay - Math.round(19.9 * 365.25);
  const to = asOfDay - Math.round(2.05 * 365.25);
  const days = [random.between(from, to)];
  while (days.length < wanted) {
    const last = days[days.length - 1] as number;
    if (random.chance(0.018)) {
      days.push(last);
      continue;
    }
    const next = last + random.between(330, 1900);
    if (next > to) break;
    days.push(next);
  }
  return days;
}

/** Compulsory on that day: Bulgaria from the school year starting in the calendar year of the fourth birthday until the 16th birthday, Romania until the 18th. */
export function isOfCompulsoryAge(country: Country, birth: IsoDate, asOf: IsoDate): boolean {
  return Number(birth.slice(0, 4)) + 4 <= schoolYearOf(asOf) && ageOn(birth, asOf) < (country === 'BG' ? 16 : 18);
}

/** The children of a family; ids are given later, since not every child has a civil record. */
export function makeChildren(
  days: readonly number[],
  household: Household,
  names: NameSource,
  firstRef: number,
  asOf: IsoDate,
  random: Random,
): Child[] {
  const used = new Set<string>();
  const { country } = household;
  return days.map((day, i) => {
    const sex = random.chance(0.514) ? 'M' : 'F';
    let given = names.given(sex);
    for (let tries = 0; used.has(given) && tries < 50; tries += 1) given = names.given(sex);
    used.add(given);
    const birth = dateOf(day);
    const everyday = household.otherFamily && random.chance(0.6) ? names.given(sex) : null;
    const flags: string[] = [];
    if (household.foreigner && country === 'BG') flags.push('lnch');
    if (household.otherFamily) flags.push('name-variation');
    if (household.addressMissing) flags.push('address-nonexistent');
    return {
      ref: `${country}-${String(firstRef + i).padStart(6, '0')}`,
      household,
      idType: -1,
      id: '',
      formerId: '',
      given,
      patronymic: household.mother.patronymic === '' ? '' : patronymicOf(household.father.given, sex),
      family: household.family[sex],
      birth,
      sex,
      twin: days[i - 1] === day || days[i + 1] === day,
      everyday: everyday === given ? null : everyday,
      otherFamily: household.otherFamily?.[sex] ?? null,
      siblingId: '',
      age: ageOn(birth, asOf),
      compulsory: isOfCompulsoryAge(country, birth, asOf),
      ageEdge: Number(birth.slice(0, 4)) === schoolYearOf(asOf) - 3 && birth.slice(5) < '09-15',
      flags,
    };
  });
}

/** The child with its id, and for one in 600 an id of before. */
export function withId(child: Child, ids: IdBook, siblingId: string, random: Random): Child {
  const { household } = child;
  const county = random.chance(0.85) ? household.permanentPlace.county : random.between(1, 40);
  const give = () =>
    household.country === 'RO'
      ? ids.cnp(child.birth, child.sex, county, household.foreigner)
      : household.foreigner
        ? ids.lnch()
        : ids.egn(child.birth, child.sex);
  const id = give();
  const formerId = random.chance(0.0017) ? give() : '';
  const idType = household.country === 'RO' ? 3 : household.foreigner ? 1 : 0;
  return { ...child, id, idType, formerId, siblingId, flags: formerId ? [...child.flags, 'renumbered-id'] : child.flags };
}

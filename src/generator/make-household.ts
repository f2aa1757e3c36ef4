import type { Country } from '../kernel/brands.ts';
import type { Household, Parent } from './child.ts';
import { dateOf } from './days.ts';
import type { IdBook } from './id-book.ts';
import { BG_FEMALE, BG_FOREIGNERS, BG_MALE, BG_SURNAMES } from './names-bg.ts';
import { RO_FEMALE, RO_MALE, RO_SURNAMES } from './names-ro.ts';
import type { Place } from './place.ts';
import { BG_STREETS } from './places-bg.ts';
import { RO_STREETS } from './places-ro.ts';
import type { Random } from './random.ts';

/** The name of a father as his child's second name: Иван → Иванов, Петър → Петров, Георги → Георгиев; a daughter's ends in -а. */
export function patronymicOf(given: string, sex: 'M' | 'F'): string {
  const last = given.slice(-1);
  const stem = given.slice(0, -1);
  const form =
    given.endsWith('ър') && given.length > 3
      ? `${given.slice(0, -2)}ров`
      : last === 'й' || last === 'я'
        ? `${stem}ев`
        : last === 'и'
          ? `${given}ев`
          : 'аоеу'.includes(last)
            ? `${stem}ов`
            : `${given}ов`;
  return sex === 'F' ? `${form}а` : form;
}

/** A Bulgarian surname as a woman bears it. */
export function womansSurname(surname: string): string {
  return surname
    .split('-')
    .map((part) => (part.endsWith('ски') ? `${part.slice(0, -1)}а` : /(ов|ев)$/.test(part) ? `${part}а` : part))
    .join('-');
}

export interface NameSource {
  given(sex: 'M' | 'F'): string;
  family(): { M: string; F: string };
}

/** Names of a country's families, or of families from elsewhere. */
export function nameSource(country: Country, foreign: (typeof BG_FOREIGNERS)[number] | null, random: Random): NameSource {
  if (foreign)
    return {
      given: (sex) => random.pick(sex === 'M' ? foreign.male : foreign.female),
      family: () => {
        const [man, woman] = random.pick<readonly [string, string]>(foreign.surnames);
        return { M: man, F: woman };
      },
    };
  if (country === 'BG')
    return {
      given: (sex) => random.pickEarly(sex === 'M' ? BG_MALE : BG_FEMALE),
      family: () => {
        const man = random.pickEarly(BG_SURNAMES);
        return { M: man, F: womansSurname(man) };
      },
    };
  return {
    given: (sex) => {
      const list = sex === 'M' ? RO_MALE : RO_FEMALE;
      const first = random.pickEarly(list);
      if (!random.chance(0.3)) return first;
      const second = random.pick(list);
      return second === first ? first : `${first}${random.chance(0.5) ? '-' : ' '}${second}`;
    },
    family: () => {
      const name = random.pickEarly(RO_SURNAMES);
      return { M: name, F: name };
    },
  };
}

/** An address as a register writes it. */
export function makeAddress(place: Place, random: Random): string {
  if (place.country === 'RO')
    return place.rural && random.chance(0.6)
      ? `nr. ${random.between(1, 480)}`
      : `Str. ${random.pick(RO_STREETS)} nr. ${random.between(1, 140)}`;
  const street = `ул. ${random.pick(BG_STREETS)} ${random.between(1, 120)}`;
  const flat = `бл. ${random.between(1, 680)}, вх. ${random.pick(['А', 'Б', 'В', 'Г'])}, ап. ${random.between(1, 96)}`;
  if (!place.capital) return place.rural || random.chance(0.6) ? street : `ж.к. ${random.pick(BG_STREETS)}, ${flat}`;
  return `р-н ${place.district}, ${random.chance(0.6) && !place.rural ? `ж.к. ${place.district} ${random.between(1, 9)}, ${flat}` : street}`;
}

export interface HouseholdPlan {
  readonly ref: string;
  readonly country: Country;
  readonly places: readonly (readonly [Place, number])[];
  /** Day numbers of birth of the oldest and the youngest child. */
  readonly oldest: number;
  readonly youngest: number;
}

/** A family for children of these birth days, and the names it gives. */
export function makeHousehold(plan: HouseholdPlan, ids: IdBook, random: Random): { household: Household; names: NameSource } {
  const { country } = plan;
  const foreigner = random.chance(country === 'BG' ? 0.016 : 0.006);
  const foreign = foreigner && country === 'BG' ? random.pick(BG_FOREIGNERS) : null;
  const names = nameSource(country, foreign, random);
  const place = random.weighted(plan.places);
  const moved = random.chance(0.04);
  const permanentPlace = moved ? random.weighted(plan.places) : place;
  const address = makeAddress(place, random);
  const family = names.family();
  const unmarried = random.chance(0.12);
  const own = names.family();
  const variation = random.chance(0.11);
  const second = variation && !foreign ? names.family() : null;
  const motherGiven = names.given('F');
  const fatherGiven = names.given('M');
  const patronymic = (sex: 'M' | 'F') => (country === 'BG' && !foreign ? patronymicOf(names.given('M'), sex) : '');
  const idType: Parent['idType'] = country === 'RO' ? 3 : foreign ? 1 : 0;
  const parent = (sex: 'M' | 'F', given: string, surname: string): Parent => {
    // No mother is younger than 16 at the oldest child's birth, nor older than 46 at the youngest's.
    const latest = plan.oldest - 16 * 366;
    const earliest = Math.min(latest, plan.youngest - (sex === 'F' ? 45 : 52) * 365);
    const birth = dateOf(random.between(Math.max(earliest, plan.oldest - 40 * 365), latest));
    const id =
      idType === 3
        ? ids.cnp(birth, sex, random.chance(0.85) ? permanentPlace.county : random.between(1, 40), foreigner)
        : idType === 1
          ? ids.lnch()
          : ids.egn(birth, sex);
    return { given, patronymic: patronymic(sex), family: surname, birth, idType, id };
  };
  const household: Household = {
    ref: plan.ref,
    country,
    citizenship: foreign?.citizenship ?? (country === 'RO' && foreigner ? 'MD' : country),
    foreigner,
    place,
    address,
    permanentPlace,
    permanentAddress: moved ? makeAddress(permanentPlace, random) : address,
    mother: parent('F', motherGiven, unmarried ? own.F : family.F),
    father: parent('M', fatherGiven, family.M),
    family,
    motherKnown: !random.chance(0.035),
    fatherKnown: !random.chance(0.12),
    otherFamily: second,
    addressMissing: random.chance(0.006),
    parentAbroad: country === 'RO' && random.chance(0.11),
  };
  return { household, names };
}

import type { Child, VisitEntry } from './child.ts';
import type { Row } from './feed-writer.ts';
import type { Random } from './random.ts';
import { seePerson } from './see-person.ts';
import { settlementText } from './settlement-text.ts';
import { inLatin, slugOf, withoutDiacritics } from './spelling.ts';

/** A visit of an outreach team, as its protocol says it. @param copied the same visit was written down twice. */
export function visitRow(child: Child, visit: VisitEntry, protocol: number, copied: boolean, random: Random): Row {
  const seen = seePerson(child, 'visits', random);
  const { household } = child;
  const { place } = household;
  const bulgarian = household.country === 'BG';
  const errors = [...seen.errors];
  const settlement = settlementText(place, random, seen.latin ? 'latin' : errors.includes('no-diacritics') ? 'ascii' : 'own');
  errors.push(...settlement.errors);
  if (copied) errors.push('duplicate');
  const address = household.addressMissing
    ? ''
    : seen.latin
      ? inLatin(household.address, null)
      : errors.includes('no-diacritics')
        ? withoutDiacritics(household.address)
        : household.address;
  const yearOnly = seen.birth.length === 4 && random.chance(0.8);
  const mother = random.chance(0.3) ? '' : household.mother.given;
  // Sex is often not written down; then it is not wrong either.
  const sexKnown = random.chance(0.9) || errors.includes('sex-wrong');
  return {
    cells: [
      `${place.municipality}${place.capital ? `-${slugOf(place.district).toUpperCase()}` : ''}-${1 + (protocol % 3)}`,
      visit.visitedOn,
      String(visit.attempt),
      settlement.text,
      address,
      String(seen.idType),
      seen.id,
      seen.given,
      seen.patronymic,
      seen.family,
      yearOnly ? '' : seen.birth,
      yearOnly ? seen.birth : '',
      sexKnown ? seen.sex : '',
      seen.latin ? inLatin(mother, null) : mother,
      visit.outcome,
      visit.grade,
      `${bulgarian ? 'ПР' : 'PV'}-${String(protocol).padStart(4, '0')}/${visit.visitedOn.slice(0, 4)}${copied ? '-2' : ''}`,
      metWith(visit, random),
      note(visit, bulgarian),
    ],
    child,
    errors,
    flags: [...(seen.idType === -1 ? ['no-id'] : []), ...(seen.latin ? ['latin-script'] : [])],
  };
}

function metWith(visit: VisitEntry, random: Random): string {
  switch (visit.outcome) {
    case 'NOT_AT_HOME':
    case 'ADDRESS_NONEXISTENT':
      return 'NOBODY';
    case 'NOT_FOUND':
      return random.pick(['NOBODY', 'NEIGHBOUR']);
    case 'ABROAD_STATED_BY_NEIGHBOUR':
      return random.pick(['NEIGHBOUR', 'MAYOR']);
    case 'ABROAD_STATED_BY_RELATIVE':
      return random.pick(['GRANDPARENT', 'RELATIVE']);
    case 'FOUND_CHILD_ONLY':
      return 'CHILD';
    default:
      return random.pick(['MOTHER', 'FATHER', 'GRANDPARENT']);
  }
}

function note(visit: VisitEntry, bulgarian: boolean): string {
  if (visit.grade === 'B') return bulgarian ? 'представен документ от семейството' : 'document prezentat de familie';
  if (visit.grade === 'A') return bulgarian ? 'потвърдено по служебен път' : 'confirmat pe cale oficială';
  return '';
}

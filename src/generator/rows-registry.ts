import type { Child, Parent, Story } from './child.ts';
import type { Row } from './feed-writer.ts';
import type { School } from './make-schools.ts';
import type { Random } from './random.ts';
import { seePerson } from './see-person.ts';

/** A school as the list of schools names it. */
export const schoolRow = (school: School): Row => ({
  cells: [
    school.id,
    school.name,
    school.place.settlement,
    school.place.municipality,
    school.place.district,
    school.place.country,
    school.type,
    school.place.rural ? '1' : '0',
    school.type === 'foreign' ? '1' : '0',
  ],
  child: null,
  errors: [],
  flags: [],
});

const idCells = (parent: Parent, known: boolean): [string, string] => (known ? [String(parent.idType), parent.id] : ['-1', '']);

/** A child as the civil register has it. @param asOf the day of the extract. */
export function populationRow(child: Child, story: Story, asOf: string, random: Random): Row {
  const seen = seePerson(child, 'population', random);
  const { household } = child;
  const missing = household.addressMissing;
  return {
    cells: [
      String(seen.idType),
      seen.id,
      seen.given,
      seen.patronymic,
      seen.family,
      seen.birth,
      seen.sex,
      household.citizenship,
      ...idCells(household.mother, household.motherKnown),
      ...idCells(household.father, household.fatherKnown),
      household.permanentPlace.settlement,
      missing ? '' : household.permanentAddress,
      story.abroad ? '' : household.place.settlement,
      story.abroad ? story.abroad[1] : missing ? '' : household.address,
      story.abroad ? story.abroad[0] : household.country,
      story.deceasedOn ?? '',
      asOf,
    ],
    child,
    errors: seen.errors,
    flags: [],
  };
}

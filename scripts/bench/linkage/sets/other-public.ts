import { join } from 'node:path';
import type { FieldSpec, LinkSchema } from '../../../../src/linkage/link-schema.ts';
import { labelsOf } from '../metrics/labels.ts';
import { type BenchSet, type CellRecord, SELF_KNOWLEDGE, type Target } from './bench-set.ts';
import {
  code,
  date,
  dateParts,
  equal,
  family,
  given,
  head,
  nameAndDatePasses,
  pass,
  personSchema,
  sound,
  start,
  text,
  training,
  whole,
  year,
} from './person-schema.ts';
import { readCells } from './read-cells.ts';

const setOf = (
  name: string,
  schema: LinkSchema<CellRecord>,
  records: readonly CellRecord[],
  targets: readonly Target[],
): BenchSet<CellRecord> => ({
  name,
  schema,
  records,
  truth: labelsOf(records.map(({ cluster }) => cluster ?? '')),
  source: null,
  homes: null,
  subgroups: new Map(),
  targets,
});

/** What stands before the @, and behind it: the one is the person's, the other a provider's. */
const mailbox: FieldSpec<CellRecord> = { ...text('email'), read: ({ email }) => email?.toLowerCase() ?? null };

/** Splink's fake_1000: 20 % of the cells damaged or missing. */
export function fake1000(folder: string): BenchSet<CellRecord> {
  const [first, last, dob] = ['first_name', 'surname', 'dob'] as const;
  const schema = personSchema({
    name: 'fake_1000',
    id: 'unique_id',
    fields: [given(first), family(last), date(dob), text('city'), mailbox],
    passes: [
      ...nameAndDatePasses(first, last, dob),
      training(whole('email')),
      pass(whole('city'), year(dob)),
      pass(sound(first), whole('city')),
      pass(sound(last), whole('city')),
      pass(start('email', 6)),
    ],
    exchanged: [[first, last]],
  });
  return setOf('fake_1000', schema, readCells(join(folder, 'fake_1000.csv'), ','), [SELF_KNOWLEDGE]);
}

/** Between first name and surname in the full name. */
const middle: FieldSpec<CellRecord> = {
  ...given('middle_name'),
  read: ({ full_name, first_and_surname }) => {
    if (!full_name || !first_and_surname) return null;
    const known = first_and_surname.split(' ');
    const rest = full_name.split(' ').filter((word) => !known.includes(word));
    return rest.length === 0 ? null : `EN|${rest.join(' ')}`;
  },
};

/** Half of historical_50k: figures of Wikidata, about ten records each, many with nicknames, misspelt names and another place. */
export function historical(folder: string): BenchSet<CellRecord> {
  const [first, last, dob] = ['first_name', 'surname', 'dob'] as const;
  const schema = personSchema({
    name: 'historical_50k',
    id: 'unique_id',
    fields: [
      given(first),
      middle,
      family(last),
      date(dob),
      text('birth_place'),
      code('postcode_fake'),
      equal('gender'),
      text('occupation'),
    ],
    passes: [
      ...nameAndDatePasses(first, last, dob),
      training(whole('postcode_fake')),
      pass(start('postcode_fake', 4), sound(last)),
      pass(start('postcode_fake', 4), sound(first)),
      pass(whole('birth_place'), dateParts(dob)),
      pass(whole('birth_place'), sound(last)),
      pass(whole('birth_place'), sound(first), whole('occupation')),
      pass(whole('birth_place'), sound(first), head(last)),
      pass(sound(last), whole('occupation')),
      pass(sound(first), whole('occupation'), year(dob)),
      pass(sound(last), year(dob)),
      pass(whole('occupation'), dateParts(dob)),
    ],
    exchanged: [[first, last]],
  });
  return setOf('historical_50k (half)', schema, readCells(join(folder, 'h50k-public.csv'), '\t'), [
    { figure: 'pairwise F1', least: 0.9 },
    { figure: 'B³ F1', least: 0.92 },
    { figure: 'largest cluster', most: 60 },
    SELF_KNOWLEDGE,
  ]);
}

import { join } from 'node:path';
import type { FieldSpec, PassSpec } from '../../../../src/linkage/link-schema.ts';
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
  sorted,
  sound,
  swapping,
  text,
  training,
  whole,
  words,
} from './person-schema.ts';
import { readCells } from './read-cells.ts';

const [GIVEN, FAMILY, BIRTH] = ['given_name', 'surname', 'date_of_birth'] as const;
const NAMES = [given(GIVEN), family(FAMILY), date(BIRTH)];
const HOME = [code('street_number'), text('address_1'), text('address_2'), text('suburb'), code('postcode'), equal('state')];
const BY_NAMES = nameAndDatePasses(GIVEN, FAMILY, BIRTH);
const BY_HOME: PassSpec[] = [
  training(whole('postcode')),
  swapping(sound(FAMILY), whole('postcode')),
  pass(sound(GIVEN), whole('postcode')),
  pass(sound(FAMILY), whole('suburb')),
  pass(sound(GIVEN), whole('suburb')),
  pass(head(FAMILY), sorted('postcode')),
  pass(head(GIVEN), sorted('postcode')),
  pass(words('address_1'), whole('street_number')),
  pass(words('address_1'), sorted('postcode')),
  pass(words('address_2'), sorted('postcode')),
  pass(words('address_1'), whole('suburb')),
  pass(words('address_2'), whole('suburb')),
  pass(sound(FAMILY), words('address_1')),
  pass(sound(GIVEN), words('address_1')),
  pass(sound(FAMILY), words('address_2')),
  pass(sound(GIVEN), words('address_2')),
  pass(whole('street_number'), sorted('postcode')),
  pass(whole('street_number'), whole('suburb')),
  pass(dateParts(BIRTH), sorted('postcode')),
];

/** `rec-223-org`, `rec-223-dup-0`: the number is the person. */
const truthOf = (records: readonly CellRecord[]) => labelsOf(records.map(({ rec_id }) => rec_id?.split('-')[1] ?? ''));

function febrlSet(
  name: string,
  tables: readonly (readonly CellRecord[])[],
  fields: readonly FieldSpec<CellRecord>[],
  passes: readonly PassSpec[],
  targets: readonly Target[],
): BenchSet<CellRecord> {
  const source = Uint8Array.from(tables.flatMap((records, i) => records.map(() => i + 1)));
  const records = tables.flat();
  const sources = new Map(records.map(({ rec_id }, i) => [rec_id, source[i] as number]));
  const several = tables.length > 1;
  return {
    name,
    schema: personSchema({
      name,
      id: 'rec_id',
      fields,
      passes,
      exchanged: [[GIVEN, FAMILY]],
      ...(several ? { uniqueSourceOf: ({ rec_id }: CellRecord) => sources.get(rec_id as string) ?? 0 } : {}),
    }),
    records,
    truth: truthOf(records),
    source: several ? source : null,
    homes: null,
    subgroups: new Map(),
    targets,
  };
}

/** FEBRL (Christen 2008), never with the social security number: each set as a function, so that only one is in memory at a time. */
export function febrlSets(folder: string): Record<string, () => BenchSet<CellRecord>> {
  const read = (file: string): CellRecord[] => readCells(join(folder, file), ',');
  const [fields, passes] = [
    [...NAMES, ...HOME],
    [...BY_NAMES, ...BY_HOME],
  ];
  return {
    febrl1: () => febrlSet('FEBRL 1', [read('dataset1.csv')], fields, passes, [SELF_KNOWLEDGE]),
    febrl2: () => febrlSet('FEBRL 2', [read('dataset2.csv')], fields, passes, [SELF_KNOWLEDGE]),
    febrl3: () =>
      febrlSet('FEBRL 3, no soc_sec_id', [read('dataset3.csv')], fields, passes, [{ figure: 'pairwise F1', least: 0.998 }, SELF_KNOWLEDGE]),
    febrl4: () =>
      febrlSet('FEBRL 4, no soc_sec_id', [read('dataset4a.csv'), read('dataset4b.csv')], fields, passes, [
        { figure: 'one-to-one errors', most: 4 },
        { figure: 'auto: false pairs', most: 0 },
        SELF_KNOWLEDGE,
      ]),
    febrl4names: () =>
      febrlSet('FEBRL 4, names and birth date', [read('dataset4a.csv'), read('dataset4b.csv')], NAMES, BY_NAMES, [
        { figure: 'one-to-one F1', least: 0.96 },
        SELF_KNOWLEDGE,
      ]),
  };
}

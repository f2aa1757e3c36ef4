import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { candidateRecall } from '../candidate-recall.ts';
import { collapseSets } from './collapse.ts';
import { febrlSets } from './febrl.ts';
import { feedsSet } from './feeds.ts';
import { fake1000, historical } from './other-public.ts';
import { readCells } from './read-cells.ts';
import { readTrueLines, readTrueRecords } from './true-records.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'obhvat-sets-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe('tables', () => {
  it('lose the blanks after their commas, and empty cells are null', () => {
    expect(readCells(write('a.csv', 'rec_id, surname, state\nrec-1-org, , wa\n'), ',')).toEqual([
      { rec_id: 'rec-1-org', surname: null, state: 'wa' },
    ]);
  });
  it('with a cell too few are refused, with the line', () => {
    expect(() => readCells(write('b.csv', 'id\tname\n1\tAna\n2\n'), '\t')).toThrow(/b\.csv:3/);
  });
});

describe('FEBRL', () => {
  const header = 'rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, date_of_birth, soc_sec_id';
  it('takes the person from the name of the record, and never looks at the social security number', () => {
    write(
      'dataset3.csv',
      `${header}\nrec-7-org, ana, green, 1, a street, , perth, 6000, wa, 19900102, 123\nrec-7-dup-0, anna, green, 1, a street, , perth, 6000, wa, 19900102, 123\n`,
    );
    const set = febrlSets(folder).febrl3?.();
    expect([...(set?.truth ?? [])]).toEqual([0, 0]);
    expect(set?.schema).toMatchObject({ fields: expect.not.arrayContaining([expect.objectContaining({ name: 'soc_sec_id' })]) });
  });
  it('has two sources where there are two files', () => {
    write('dataset4a.csv', `${header}\nrec-7-org, ana, green, 1, a street, , perth, 6000, wa, 19900102, 123\n`);
    write('dataset4b.csv', `${header}\nrec-7-dup-0, ana, green, 1, a street, , perth, 6000, wa, 19900102, 123\n`);
    const set = febrlSets(folder).febrl4names?.();
    expect([...(set?.source ?? [])]).toEqual([1, 2]);
    const schema = set?.schema;
    if (!set || !schema || typeof schema === 'function') throw new Error('no schema');
    expect(set.records.map((record) => schema.uniqueSourceOf?.(record))).toEqual([1, 2]);
    expect(candidateRecall(set, schema)).toEqual({ recall: 1, missed: [] });
  });
});

it('the truth of a place is read in words and in numbers alike', () => {
  const place = mkdtempSync(join(folder, 'place-'));
  const truth = join(place, 'truth');
  mkdirSync(truth);
  writeFileSync(
    join(truth, 'records.csv'),
    'record,file,line,kind,child,household,twin,flags,errors\nvisits:v.ndjson:1,v.ndjson,1,visits,BG-000012,BGH-00003,1,no-id latin-script,nickname\n',
  );
  expect(readTrueRecords(place).get('visits:v.ndjson:1')).toEqual({
    child: 'BG-000012',
    household: 'BGH-00003',
    twin: true,
    flags: ['no-id', 'latin-script'],
    errors: ['nickname'],
  });
  const line = readTrueLines(place);
  expect(line('visits:v.ndjson:1')).toEqual({ child: 12, household: 3, twin: true });
  expect(line('visits:v.ndjson:2')).toBeNull();
});

it('sets built to mislead hold nobody twice, and are the same at each run', () => {
  const [first, second] = [collapseSets(), collapseSets()];
  expect(first.map(({ records }) => records)).toEqual(second.map(({ records }) => records));
  for (const { truth } of first) expect(new Set(truth).size).toBe(truth.length);
});

const SHARED = join(import.meta.dirname, '../../../../../shared/data');
describe.skipIf(!existsSync(SHARED))('the shared sets (skipped where ../shared/data is absent)', () => {
  it.each([
    ['febrl1', 1000, 500],
    ['febrl2', 5000, 4000],
    ['febrl3', 5000, 2000],
    ['febrl4', 10_000, 5000],
  ])('%s has %i records of %i people', (name, records, people) => {
    const set = febrlSets(join(SHARED, 'linkage'))[name]?.();
    expect([set?.records.length, new Set(set?.truth).size]).toEqual([records, people]);
  });
  it('fake_1000 and half of historical_50k are whole', () => {
    const [fake, half] = [fake1000(join(SHARED, 'linkage')), historical(join(SHARED, 'linkage'))];
    expect([fake.records.length, new Set(fake.truth).size]).toEqual([1000, 251]);
    expect([half.records.length, new Set(half.truth).size]).toEqual([24_932, 2585]);
  });
  it('the truth knows each record of a place', () => {
    const set = feedsSet('iasi', join(SHARED, 'feeds/iasi'));
    expect([set.records.length, new Set(set.truth).size]).toEqual([6530, 2500]);
    const sizes = [...set.subgroups].map(([name, isOf]) => [name, set.records.filter((_, i) => isOf(i)).length > 0]);
    expect(Object.fromEntries(sizes)).toEqual({ 'Latin script': false, 'no id': true, 'name variation': true, 'no civil record': true });
  });
});

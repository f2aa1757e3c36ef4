import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LinkRecord } from '../../../../src/linkage/engine.ts';
import { LineWriter } from './line-writer.ts';
import { makeRecords } from './make-records.ts';
import { readLines } from './read-lines.ts';
import { lineOfRecord, recordOfLine } from './record-line.ts';
import { rivalStages } from './rival-sql.ts';
import { readNumbers, speedFiles, writeNumbers } from './speed-files.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'obhvat-speed-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MAC = '0123456789abcdef'.repeat(4);
const mariya: LinkRecord = {
  record: '17',
  kind: 'population',
  source: 'registry',
  country: 'BG',
  ids: [
    { scheme: 'EGN', mac: MAC.slice(0, 32), valid: false, birth: { year: 2015, month: 3, day: null }, sex: 'F', corrections: ['ab', 'cd'] },
  ],
  givenName: 'Мария',
  patronymic: null,
  familyName: 'Петрова-Симеонова',
  birth: { year: 2015, month: null, day: null },
  sex: 'F',
  settlement: '68134',
  settlementText: null,
  municipality: 'SOF46',
  schoolId: null,
  addresses: ['ул. Шипка 5', 'р-н Люлин, бл. 3'],
  motherName: 'Ана',
  motherMac: MAC.slice(0, 32),
  fatherMac: null,
  guardianMac: null,
};

describe('records on lines', () => {
  it('come back as they were', () => {
    expect(recordOfLine(lineOfRecord(mariya))).toEqual(mariya);
    const bare: LinkRecord = { ...mariya, ids: [], birth: null, addresses: [], givenName: null, motherMac: null };
    expect(recordOfLine(lineOfRecord(bare))).toEqual(bare);
  });
  it('keep tabs and line ends within a cell out of the file', () => {
    expect(recordOfLine(lineOfRecord({ ...mariya, givenName: 'Ма\tрия\n' })).givenName).toBe('Ма рия ');
  });
  it('are read in chunks, whatever the letters at their seams', () => {
    const path = join(folder, 'lines');
    const lines = Array.from({ length: 60_000 }, (_, i) => `${i} ${'Ж'.repeat(i % 41)}`);
    const writer = new LineWriter(path);
    for (const line of lines) writer.write(line);
    writer.close();
    expect([...readLines(path)]).toEqual(lines);
  });
});

it('numbers come back from their file', () => {
  const path = join(folder, 'numbers');
  writeNumbers(path, Int32Array.of(5, 6, 7, -1).subarray(1));
  expect(readNumbers(path)).toEqual(Int32Array.of(6, 7, -1));
});

it('records are drawn in the number that was asked, with a truth for each', async () => {
  const place = mkdtempSync(join(folder, 'made-'));
  const { records, children } = await makeRecords(place, 1500, 3);
  const files = speedFiles(place);
  const made = [...readLines(files.records)].map(recordOfLine);
  expect([made.length, readNumbers(files.child).length]).toEqual([records, records]);
  expect(Math.abs(records - 1500)).toBeLessThan(30);
  expect(new Set(readNumbers(files.child)).size).toBe(children);
  expect(new Set(made.map(({ country }) => country))).toEqual(new Set(['BG', 'RO']));
  // A valid id stands for one child, but for a sibling's that was written down and an old one.
  const ids = Map.groupBy(
    made.entries(),
    ([
      ,
      {
        ids: [id],
      },
    ]) => (id?.valid ? id.mac : ''),
  );
  ids.delete('');
  const child = readNumbers(files.child);
  const several = [...ids.values()].filter((rows) => new Set(rows.map(([i]) => child[i])).size > 1);
  expect(several.length).toBeLessThan(made.length / 100);
});

describe('the rival', () => {
  it('makes the same candidates of keys in SQL', async () => {
    const duckdb = await import('@duckdb/node-api').catch(() => null);
    if (!duckdb) {
      console.log('skipped: @duckdb/node-api is not installed');
      return;
    }
    const path = join(folder, 'rival.tsv');
    const writer = new LineWriter(path);
    const person = (rec: number, given: string, family: string, codes: readonly string[]) =>
      writer.write([rec, given, family, '', '20150304', '', 'F', '', '', '', '', '', ...codes].join('\t'));
    person(0, 'BG|ivan', 'BG|petrov', ['ivan', 'petrov']);
    person(1, 'BG|petrov', 'BG|ivan', ['petrov\u001fpetar', 'ivan']);
    person(2, 'BG|vera', 'BG|ivanova', ['vera', 'ivanov']);
    writer.close();
    const connection = await (await duckdb.DuckDBInstance.create(':memory:')).connect();
    const shape = {
      parts: ['given', 'family'],
      passes: [
        { parts: ['given', 'family'], symmetric: true },
        { parts: ['given'], symmetric: false },
      ],
    };
    for (const { sql } of rivalStages(path, shape)) await connection.run(sql);
    expect((await connection.runAndReadAll('select l, r from pair')).getRows()).toEqual([[0, 1]]);
    connection.closeSync();
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { RowCode } from '../../src/intake/row-codes.ts';
import { FEED_KINDS, type FeedKind } from '../../src/kernel/brands.ts';
import { FORMATS } from './formats.ts';
import { readBytes, schoolsOf } from './read-bytes.ts';

const FEEDS = fileURLToPath(new URL('../../../shared/data/feeds/', import.meta.url));
const present = existsSync(FEEDS);
if (!present) console.warn('skipped: no feeds beside this repository in ../shared/data/feeds');

/** The planted rows' own words beside the product's codes. */
const FITTING: Record<string, RowCode> = {
  'too-few-cells': 'TOO_FEW_CELLS',
  'too-many-cells': 'TOO_MANY_CELLS',
  'nul-byte': 'NUL_BYTE',
  'wrong-encoding': 'WRONG_ENCODING',
  'impossible-date': 'IMPOSSIBLE_DATE',
  'not-a-number': 'NOT_A_NUMBER',
  'unknown-code': 'UNKNOWN_CODE',
  'unknown-school': 'UNKNOWN_SCHOOL',
  'malformed-json': 'MALFORMED_JSON',
  'missing-child': 'MISSING_CHILD',
  'impossible-range': 'IMPOSSIBLE_RANGE',
  'empty-line': 'EMPTY_LINE',
  'duplicate-header': 'DUPLICATE_HEADER',
};

const kindOf = (file: string): FeedKind =>
  [...FEED_KINDS].sort((a, b) => b.length - a.length).find((kind) => file.startsWith(kind)) as FeedKind;
const records = (path: string) => parse(readFileSync(path), { columns: true }) as Record<string, string>[];

describe.skipIf(!present).each(present ? readdirSync(FEEDS) : [])('the feeds of %s', (place) => {
  const folder = `${FEEDS}${place}/`;
  const schools = () => schoolsOf(readBytes(readFileSync(`${folder}schools.csv`), FORMATS.schools));
  const counts = JSON.parse(readFileSync(`${folder}truth/counts.json`, 'utf8')) as {
    files: Record<string, { dataLines: number; goodRows: number }>;
  };
  const planted = records(`${folder}truth/bad-rows.csv`);

  it.each(Object.keys(counts.files))(
    '%s: every line is accounted for, each planted bad row is kept aside under its code, and no good row with it',
    (file) => {
      const { good, bad } = readBytes(readFileSync(folder + file), FORMATS[kindOf(file)], schools());
      expect(good.length + bad.length).toBe(counts.files[file]?.dataLines);
      const expected = planted
        .filter((row) => row.file === file && row.expect !== 'either')
        .map((row) => `${row.line} ${FITTING[row.code as string]}`);
      expect(bad.map(({ line, code }) => `${line} ${code}`)).toEqual(expected);
    },
  );

  it('a planted wrong check digit goes in with its id marked invalid', () => {
    for (const row of planted.filter(({ code }) => code === 'invalid-checksum')) {
      const read = readBytes(readFileSync(folder + row.file), FORMATS[kindOf(row.file as string)], schools());
      expect(read.good.find(({ line }) => line === Number(row.line))?.parsed.id, `${row.file}:${row.line}`).toMatchObject({ valid: false });
    }
  });

  it('no message repeats a value of its row', () => {
    for (const file of Object.keys(counts.files)) {
      for (const { message, raw } of readBytes(readFileSync(folder + file), FORMATS[kindOf(file)], schools()).bad) {
        const values = raw
          .toString('latin1')
          .split(/[|,"]/)
          .filter((cell) => /[^A-Za-z_]/.test(cell) && cell.length > 4);
        for (const value of values) expect(message.includes(value), `${file}: ${message}`).toBe(false);
      }
    }
  });

  it('a file handed in under another encoding is refused as a whole', () => {
    for (const file of Object.keys(counts.files)) {
      const format = FORMATS[kindOf(file)];
      const bytes = readFileSync(folder + file);
      if (format.encoding !== 'windows-1251' || place !== 'sofia') continue;
      const text = new TextDecoder('windows-1251').decode(bytes);
      expect(() => readBytes(Buffer.from(text, 'utf8'), format, [])).toThrow(/candidates: utf-8/);
    }
  });
});

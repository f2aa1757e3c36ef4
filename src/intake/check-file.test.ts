import { describe, expect, it } from 'vitest';
import { checkFile } from './check-file.ts';
import type { FeedFormat } from './feed-format.ts';

const parse = () => {
  throw new Error('not called');
};
const ROLL = {
  kind: 'school-roll',
  encoding: 'windows-1251',
  layout: 'pipe',
  columns: ['SchoolID', 'Name 1', 'Name 3'],
  parse,
} as unknown as FeedFormat;
const PEOPLE = {
  kind: 'population',
  encoding: 'utf-8',
  layout: 'csv',
  columns: ['id', 'given_name', 'family_name'],
  parse,
} as unknown as FeedFormat;
const VISITS = { kind: 'visits', encoding: 'utf-8', layout: 'ndjson', columns: ['team'], parse } as unknown as FeedFormat;
const FORMATS = [ROLL, PEOPLE, VISITS];

const NAMES = ['Надежда|Младенова', 'Йордан|Колев', 'Татяна|Маринова', 'Живко|Петков', 'Илия|Добрев', 'Шейнур|Юсуф'];
const TABLES = new Map<string, Map<string, number>>();
function encoded(text: string, encoding: string): Buffer {
  let table = TABLES.get(encoding);
  if (!table) {
    const decoder = new TextDecoder(encoding);
    table = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
    TABLES.set(encoding, table);
  }
  return Buffer.from([...text].map((c) => table.get(c) ?? 0x3f));
}
const check = (bytes: Buffer, format: FeedFormat) => checkFile(bytes, true, format, FORMATS);
const roll = `SchoolID|Name 1|Name 3\r\n${NAMES.map((name) => `2200112|${name}\r\n`).join('')}`;
const people = `id,given_name,family_name\n${['Ionuț,Țăranu', 'Ștefan,Bălan', 'Mădălina,Rîpă', 'Crăița,Sârbu'].map((name) => `1,${name}\n`).join('')}`;

describe('checkFile', () => {
  it('takes a file in its own encoding, a UTF-8 mark included', () => {
    expect(() => check(encoded(roll, 'windows-1251'), ROLL)).not.toThrow();
    expect(() => check(Buffer.from(people), PEOPLE)).not.toThrow();
    expect(() => check(Buffer.from(`\uFEFF${people}`), PEOPLE)).not.toThrow();
  });

  it.each(['koi8-r', 'iso-8859-5', 'ibm866', 'x-mac-cyrillic'])('refuses a roll in %s and names it among the candidates', (encoding) => {
    expect(() => check(encoded(roll, encoding), ROLL)).toThrow(new RegExp(`candidates: .*${encoding}`));
  });

  it('refuses a roll in UTF-8', () => {
    expect(() => check(Buffer.from(roll), ROLL)).toThrow(/candidates: utf-8\. Nothing was taken in/);
  });

  it('refuses a register in a Central European or Cyrillic encoding', () => {
    expect(() => check(encoded(people, 'windows-1250'), PEOPLE)).toThrow(/candidates: .*windows-1250/);
    const cyrillic = `id,given_name,family_name\n${NAMES.map((name) => `1,${name.replace('|', ',')}\n`).join('')}`;
    expect(() => check(encoded(cyrillic, 'windows-1251'), PEOPLE)).toThrow(/candidates: .*windows-1251/);
  });

  it('refuses UTF-16, with a mark and without', () => {
    expect(() => check(Buffer.from(`\uFEFF${people}`, 'utf16le'), PEOPLE)).toThrow(/utf-16le/);
    expect(() => check(Buffer.from(people, 'utf16le'), PEOPLE)).toThrow(/utf-16/);
    expect(() => check(Buffer.from(people, 'utf16le').swap16(), PEOPLE)).toThrow(/utf-16/);
  });

  it('takes a file in which some rows are in another encoding: they are kept aside one by one', () => {
    const mixed = Buffer.concat([Buffer.from(people), encoded('1,Надежда,Колева\n1,Йордан,Колев\n1,Илия,Добрев\n', 'windows-1251')]);
    expect(() => check(mixed, PEOPLE)).not.toThrow();
  });

  it('names the first column that differs, never what stands there', () => {
    expect(() => check(Buffer.from('id,Ioana,family_name\n'), PEOPLE)).toThrow(/column 2 must be given_name/);
    expect(() => check(Buffer.from('1,Ioana,Bălan\n'), PEOPLE)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('Ioana') }),
    );
    expect(() => check(Buffer.from('id;given_name;family_name\n'), PEOPLE)).toThrow(/separated by semicolon, expected comma/);
    expect(() => check(Buffer.from('SchoolID|Name 1|Name 3\n'), PEOPLE)).toThrow(/the columns are those of school-roll/);
    expect(() => check(Buffer.alloc(0), PEOPLE)).toThrow(/header of 3 columns/);
  });

  it('refuses a file of visits without one JSON object in it', () => {
    expect(() => check(Buffer.from(people), VISITS)).toThrow(/one JSON object/);
    expect(() => check(Buffer.alloc(0), VISITS)).not.toThrow();
  });
});

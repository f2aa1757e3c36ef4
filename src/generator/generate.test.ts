import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseNationalId } from '../kernel/national-id.ts';
import { generate } from './generate.ts';
import { Random } from './random.ts';
import { encodeWindows1251 } from './windows-1251.ts';

type Line = Record<string, string>;
const home = mkdtempSync(join(tmpdir(), 'obhvat-generate-'));
const [one, again, other] = ['one', 'again', 'other'].map((name) => join(home, name)) as [string, string, string];
const table = (path: string) => parse(readFileSync(path), { columns: true }) as Line[];
const children = (country: 'bg' | 'ro') => table(join(one, country, 'truth/children.csv'));

/** All files of a folder with their bytes. */
function bytesOf(folder: string): Map<string, Buffer> {
  const files = (readdirSync(folder, { recursive: true }) as string[]).sort().filter((name) => statSync(join(folder, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(folder, name))]));
}

beforeAll(async () => {
  await generate({ children: 4000, seed: 42, country: 'both', out: one });
  await generate({ children: 4000, seed: 42, country: 'both', out: again });
  await generate({ children: 100, seed: 43, country: 'both', out: other });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('synthetic feeds', () => {
  it('are the same bytes for the same seed, and others for another', () => {
    const [first, second] = [bytesOf(one), bytesOf(again)];
    expect([...first.keys()]).toEqual([...second.keys()]);
    for (const [name, bytes] of first) expect(bytes.equals(second.get(name) as Buffer), name).toBe(true);
    expect(children('bg')[0]).not.toEqual(table(join(other, 'bg/truth/children.csv'))[0]);
  });

  it('hold as many children as asked, each with its own number', () => {
    for (const country of ['bg', 'ro'] as const) expect(new Set(children(country).map(({ child }) => child)).size).toBe(2000);
    expect(table(join(other, 'ro/truth/children.csv'))).toHaveLength(50);
  });

  it('give every registered child a valid id of its own that states its birth date and sex', () => {
    for (const country of ['bg', 'ro'] as const) {
      const ids = new Set<string>();
      for (const { child, id_type, id = '', former_id, birth_date, sex } of children(country)) {
        if (id_type === '-1') continue;
        const stated = parseNationalId(Number(id_type) as 0 | 1 | 3, id);
        expect(stated?.valid, child).toBe(true);
        expect([birth_date, null], child).toContain(stated?.birthDate);
        expect([sex, null], child).toContain(stated?.sex);
        if (former_id) expect(parseNationalId(Number(id_type) as 0 | 1 | 3, former_id)?.valid, child).toBe(true);
        expect(ids.has(id), child).toBe(false);
        ids.add(id);
      }
    }
  });

  it('give Romanian children born since 8 May 2024 a CNP of county 70, and no other', () => {
    const born = children('ro').filter(({ id_type }) => id_type === '3');
    expect(born.some(({ birth_date = '' }) => birth_date >= '2024-05-08')).toBe(true);
    for (const { id = '', birth_date = '' } of born) expect(id.slice(7, 9) === '70').toBe(birth_date >= '2024-05-08');
  });

  it('hold twins: born on one day to one mother, with different given names', () => {
    const twins = children('bg').filter(({ twin }) => twin === '1');
    expect(twins.length).toBeGreaterThan(4);
    for (const twin of twins) {
      const sibling = twins.find(
        ({ child, household, birth_date }) => child !== twin.child && household === twin.household && birth_date === twin.birth_date,
      );
      expect(sibling, twin.child).toBeDefined();
      expect(sibling?.given_name).not.toBe(twin.given_name);
    }
  });

  it('hold every status', () => {
    const of = (country: 'bg' | 'ro') => new Set(children(country).map(({ expected_status }) => expected_status));
    const all = ['ABROAD', 'DECEASED', 'ENROLLED', 'ENROLLED_ELSEWHERE', 'LEFT_EARLY', 'NEVER_ENROLLED', 'NOT_COMPULSORY', 'UNREGISTERED'];
    expect([...of('ro')].sort()).toEqual(all);
    expect([...of('bg')].sort()).toEqual([...all, 'FOREIGN_SCHOOL'].sort());
  });

  it('count in truth/children.csv the records that truth/records.csv lists', () => {
    for (const country of ['bg', 'ro'] as const) {
      const listed = new Map<string, number>();
      for (const { child = '' } of table(join(one, country, 'truth/records.csv'))) listed.set(child, (listed.get(child) ?? 0) + 1);
      for (const { child = '', records } of children(country)) expect(String(listed.get(child) ?? 0), child).toBe(records);
    }
  });

  it('do not keep families together in a file', () => {
    const households = table(join(one, 'ro/truth/records.csv'))
      .filter(({ file }) => file === 'population.csv')
      .map(({ household }) => household);
    const together = households.filter((household, i) => household === households[i + 1]).length;
    expect(together / households.length).toBeLessThan(0.02);
  });

  it('state the errors that were planted, of many kinds', () => {
    const errors = new Set(table(join(one, 'bg/truth/records.csv')).flatMap(({ errors = '' }) => errors.split(' ')));
    for (const error of [
      'id-missing',
      'id-typo',
      'id-mangled',
      'id-of-sibling',
      'latin-script',
      'names-swapped',
      'patronymic-missing',
      'surname-changed',
      'birth-year-only',
      'duplicate',
      'invalid-checksum',
    ])
      expect(errors, error).toContain(error);
  });

  it('are refused into a folder that is there, and for numbers outside', async () => {
    await expect(generate({ children: 10, seed: 1, country: 'BG', out: one })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    for (const count of [0, -1, 1.5, Number.NaN, 4_000_000])
      await expect(generate({ children: count, seed: 1, country: 'BG', out: join(home, 'none') })).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
      });
  });
});

describe('windows-1251', () => {
  it('is written as it is read, and never with a question mark', () => {
    const text = 'Ѓорги Щерев, ЕГН № 7 — „Ёлка“ і ї ґ €';
    expect(new TextDecoder('windows-1251').decode(encodeWindows1251(text))).toBe(text);
    expect(() => encodeWindows1251('Ștefan')).toThrow(RangeError);
  });
});

describe('drawn numbers', () => {
  it('are spread evenly and differ by stream', () => {
    const random = new Random(1, 'BG');
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i += 1) {
      const drawn = random.below(10);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
    expect(new Random(1, 'BG').next()).not.toBe(new Random(1, 'RO').next());
  });
});

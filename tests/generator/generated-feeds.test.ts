import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assertion } from '../../src/coverage/assertion.ts';
import { COVERAGE_LAW } from '../../src/coverage/coverage-law.ts';
import { findCoverage } from '../../src/coverage/derive-coverage.ts';
import { DEFAULT_AS_OF, generate } from '../../src/generator/generate.ts';
import type { KnownSchool } from '../../src/intake/feed-format.ts';
import { FEED_KINDS, type FeedKind } from '../../src/kernel/brands.ts';
import { FORMATS } from '../intake/formats.ts';
import { type ReadBytes, readBytes, schoolsOf } from '../intake/read-bytes.ts';

const home = mkdtempSync(join(tmpdir(), 'obhvat-generated-'));
const table = (path: string) => parse(readFileSync(path), { columns: true }) as Record<string, string>[];
const kindOf = (file: string): FeedKind =>
  [...FEED_KINDS].sort((a, b) => b.length - a.length).find((kind) => file.startsWith(kind)) as FeedKind;

beforeAll(() => generate({ children: 6000, seed: 11, country: 'both', out: home }));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Errors that an id invalid in a record is due to. */
const ID_ERRORS = ['id-typo', 'id-mangled', 'invalid-checksum'];

describe.each(['bg', 'ro'])('generated feeds of %s', (country) => {
  const folder = join(home, country);
  const read = new Map<string, ReadBytes>();
  beforeAll(() => {
    const bytes = (file: string) => readFileSync(join(folder, file));
    const schools: [string, KnownSchool][] = schoolsOf(readBytes(bytes('schools.csv'), FORMATS.schools));
    for (const file of readdirSync(folder).filter((name) => name !== 'truth'))
      read.set(file, readBytes(bytes(file), FORMATS[kindOf(file)], schools));
  });

  it('are read in full but for the planted bad rows', () => {
    const planted = table(join(folder, 'truth/bad-rows.csv'));
    const expected = planted
      .filter(({ expect }) => expect !== 'either')
      .map(({ file, line, code }) => `${file}:${line} ${code?.toUpperCase().replaceAll('-', '_')}`);
    const kept = [...read].flatMap(([file, { bad }]) => bad.map(({ line, code }) => `${file}:${line} ${code}`));
    expect(kept.sort()).toEqual(expected.sort());
    expect(new Set(planted.map(({ code }) => code)).size).toBeGreaterThan(8);
  });

  it('hold only valid ids but for the planted ones, and each good line is in the truth', () => {
    const truth = new Map(table(join(folder, 'truth/records.csv')).map((record) => [record.record as string, record]));
    for (const [file, { good }] of read) {
      const kind = kindOf(file);
      if (kind === 'schools' || kind === 'foreign-aggregate') continue;
      for (const { line, parsed } of good) {
        const record = truth.get(`${kind}:${file}:${line}`);
        expect(record, `${file}:${line}`).toBeDefined();
        const planted = ID_ERRORS.some((error) => record?.errors?.split(' ').includes(error));
        if (parsed.id && parsed.id.scheme !== 'IDN') expect(parsed.id.valid || planted, `${file}:${line}`).toBe(true);
      }
    }
    expect(truth.size).toBe([...read].reduce((sum, [file, { good }]) => sum + (/^(schools|foreign)/.test(file) ? 0 : good.length), 0));
  });

  it('support the status that the truth expects, once each record is known to be of its child', () => {
    const childOf = new Map(table(join(folder, 'truth/records.csv')).map(({ record = '', child = '' }) => [record, child]));
    const assertions = new Map<string, Assertion[]>();
    for (const [file, { good }] of read)
      for (const { line, parsed } of good) {
        const record = `${kindOf(file)}:${file}:${line}`;
        const child = childOf.get(record);
        if (!child) continue;
        const list = assertions.get(child) ?? [];
        for (const said of parsed.assertions) list.push({ ...said, record, source: kindOf(file), country: parsed.country } as Assertion);
        assertions.set(child, list);
      }
    const wrong: string[] = [];
    const children = table(join(folder, 'truth/children.csv'));
    for (const { child = '', expected_status, also_acceptable, detail } of children) {
      const derived = findCoverage(assertions.get(child) ?? [], { asOf: DEFAULT_AS_OF, law: COVERAGE_LAW })?.status;
      if (derived !== expected_status && derived !== also_acceptable) wrong.push(`${child} ${expected_status}/${detail}: ${derived}`);
    }
    // Birth dates mistaken at the edge of the compulsory age may cost a status.
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(children.length * 0.001);
  });
});

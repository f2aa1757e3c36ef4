import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { runLinkExplain } from '../../src/cli/link-explain.ts';
import { pg } from '../../src/db/sql.ts';
import { Vault } from '../../src/db/vault.ts';
import { writeLinkage } from '../../src/domains/children/link-pairs.ts';
import { readFeatures } from '../../src/domains/children/link-store.ts';
import type { Explains } from '../../src/domains/children/link-explain.ts';
import { importStream } from '../../src/intake/import-feed.ts';
import { isoDate } from '../../src/kernel/dates.ts';
import { makeEgn } from '../../src/kernel/national-id-make.ts';
import type { LinkRecord } from '../../src/linkage/engine.ts';
import { FORMATS } from '../intake/formats.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const MARIA = makeEgn(isoDate(2014, 5, 6), 'F', 21);
const person = (id: string, name: string) => `0,${id},${name},,Стойкова,2014-05-06,F,BG,-1,,-1,,68134,,68134,,BG,,2026-11-01`;
const compared: (readonly [LinkRecord, LinkRecord])[] = [];
/** Stands in for the engine: what is tested is how a pair is found and shown. */
const engine: Explains = {
  explain(a, b) {
    compared.push([a, b]);
    return {
      a: a.record,
      b: b.record,
      model: 'm1',
      normaliser: 'n1',
      priorBits: -20,
      fields: [{ field: 'familyName', level: 'exact', bits: 9, rarityBits: 2, frequency: 0.001 }],
      siblingBits: 0,
      totalBits: -11,
      probability: 0.0005,
      autoBits: 10,
      reviewBits: 0,
      band: 'NONE',
      reason: null,
      vetoes: [],
      without: [],
    };
  },
};
let database: TestDatabase;
let admin: pg.Client;
let numbers: string[];
let printed = '';
beforeAll(async () => {
  database = await createTestDatabase({ size: 2 });
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  const content = `${FORMATS.population.columns.join(',')}\n${[person(MARIA, 'Мария'), person(`${MARIA.slice(0, 9)}x`, 'Марийка'), person('', 'Мариета')].join('\n')}\n`;
  await importStream(
    { db: database.db, vault: new Vault(Buffer.alloc(32, 9)), formats: FORMATS },
    { kind: 'population', supplier: 'test', clientId: null, fileName: 'a.csv', stream: Readable.from([Buffer.from(content)]) },
  );
  numbers = (await admin.query('select record_id::text as n from hub.source_record order by line')).rows.map(({ n }) => n as string);
  await database.db.transaction('intake', async (sql) =>
    writeLinkage(sql, { records: await readFeatures(sql, numbers.slice(0, 2)), keysOf: () => [], scores: [], model: 'm1' }),
  );
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => {
  printed = '';
});
afterAll(async () => {
  vi.restoreAllMocks();
  await admin?.end();
  await database?.drop();
});
const explain = (a: string, b: string, options: { language?: string; json?: boolean; find?: () => Promise<Explains | null> } = {}) =>
  runLinkExplain(
    { db: database.db },
    { a, b, language: options.language, json: options.json ?? false },
    options.find ?? (async () => engine),
  );

describe('link explain', () => {
  it('explains two records by their names, in the language asked for', async () => {
    expect(await explain('population:a.csv:3', 'population:a.csv:2', { language: 'ro' })).toBe(0);
    const lines = printed.replaceAll('\u00a0', ' ').split('\n');
    expect(lines[0]).toBe('Sunt population:a.csv:2 și population:a.csv:3 ale aceluiași copil?');
    expect(lines).toContain('Rezultat: nu se leagă.');
    expect(lines).toContain('Astăzi țin de doi copii diferiți.');
    expect(printed).not.toMatch(/Стойкова|Мария/);
  });

  it('compares what the ids state and what a wrong one may have been', async () => {
    await explain('population:a.csv:2', 'population:a.csv:3', { json: true });
    const [whole, damaged] = compared.at(-1) as [LinkRecord, LinkRecord];
    expect(whole.ids).toMatchObject([{ valid: true, birth: { year: 2014, month: 5, day: 6 }, sex: 'F', corrections: [] }]);
    expect(damaged.ids).toMatchObject([
      { valid: false, birth: { year: 2014, month: 5, day: 6 }, sex: null, corrections: [whole.ids[0]?.mac] },
    ]);
    expect(JSON.parse(printed)).toMatchObject({ a: 'population:a.csv:2', b: 'population:a.csv:3', totalBits: -11, linked: false });
  });

  it('puts what a human has decided before the sum, and what review asks before the band', async () => {
    const pair = numbers.slice(0, 2);
    await admin.query(
      "insert into hub.review_pair (a, b, weight, reason, value, model_id) values ($1, $2, -11, 'TWO_CHILDREN_FIT', 1, 'm1')",
      pair,
    );
    await explain('population:a.csv:2', 'population:a.csv:3', { language: 'bg' });
    expect(printed).toContain('Резултат: преглежда ги човек – друго дете подхожда почти толкова добре.');
    printed = '';
    await admin.query("insert into hub.pair_decision (a, b, verdict, actor, reason) values ($1, $2, 'SAME', 'local', 'seen both')", pair);
    await explain('population:a.csv:2', 'population:a.csv:3');
    expect(printed).toContain('Result: linked without a human.');
    expect(printed).toContain('Whatever the sum: a human has decided: one child.');
  });

  it.each([
    ['population:a.csv', 'population:a.csv:2', {}, 'BAD_USER_INPUT', '"population:a.csv" names no record'],
    ['population:a.csv:99', 'population:a.csv:2', {}, 'NOT_FOUND', 'no current record population:a.csv:99'],
    ['population:a.csv:2', 'population:a.csv:2', {}, 'BAD_USER_INPUT', 'two are compared'],
    ['population:a.csv:2', 'population:a.csv:4', {}, 'NOT_FOUND', 'not both linked'],
    ['population:a.csv:2', 'population:a.csv:3', { language: 'de' }, 'BAD_USER_INPUT', '--language takes bg, ro, en'],
    ['population:a.csv:2', 'population:a.csv:3', { find: async () => null }, 'UNAVAILABLE', 'nothing was linked yet'],
  ])('refuses %s and %s %o: %s', async (a, b, options, code, message) => {
    await expect(explain(a, b, options)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
    expect(printed).toBe('');
  });
});

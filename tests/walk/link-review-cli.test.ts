import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LinkDecideOptions, runLinkDecide } from '../../src/cli/link-decide.ts';
import { runLinkReview } from '../../src/cli/link-review.ts';
import { output } from '../../src/cli/output.ts';
import type { Installation } from '../../src/db/installation.ts';
import { pg } from '../../src/db/sql.ts';
import { linkRecords } from '../../src/domains/children/link-records.ts';
import { FEED_FORMATS } from '../../src/hub.ts';
import { importStream } from '../../src/intake/import-feed.ts';
import { bytesOf, SCHOOLS, seedChildren } from '../support/children.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createInstallation } from '../support/hub.ts';

let database: TestDatabase;
let installation: Installation;
let admin: pg.Client;
let said: { lines: string[]; objects: Record<string, unknown>[] };
const [TANYA, KRASIMIR] = ['school-roll:no-ids:2', 'school-roll:no-ids:3'];
const rows = async <R extends object>(text: string, values: unknown[] = []): Promise<R[]> => (await admin.query(text, values)).rows as R[];

beforeAll(async () => {
  database = await createTestDatabase();
  installation = await createInstallation(database);
  await seedChildren(installation);
  const text = [
    FEED_FORMATS['school-roll'].columns.join('|'),
    `2026|${SCHOOLS.boyana}||-1|Таня|Иванова|Пенева|2014-05-06|F|1|5|1|2026-09-15|||`,
    `2026|${SCHOOLS.lyulin}||-1|Красимир|Асенов|Желев|2011-02-17|M|1|5|1|2026-09-15|||`,
  ].join('\n');
  await importStream(
    { db: database.db, vault: installation.vault, formats: FEED_FORMATS },
    {
      kind: 'school-roll',
      supplier: 'bg-school-1',
      clientId: null,
      fileName: 'no-ids',
      stream: Readable.from([bytesOf('school-roll', `${text}\n`)]),
    },
  );
  await linkRecords(database.db, 'test');
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  await rows('update hub.review_pair set closed_at = now() where closed_at is null');
  await rows(
    `insert into hub.review_pair (a, b, weight, reason, value, model_id) select min(record_id), max(record_id), 2, 'WEAK', 5, 'm' from hub.source_record where file_name = 'no-ids'`,
  );
}, 60_000);
afterAll(async () => {
  await admin?.end();
  await database?.drop();
  await installation?.close();
});
beforeEach(() => {
  said = { lines: [], objects: [] };
  vi.spyOn(output, 'line').mockImplementation((line: string) => said.lines.push(line) > 0);
  vi.spyOn(output, 'json').mockImplementation((object: unknown) => said.objects.push(object as Record<string, unknown>) > 0);
});

const review = (changes: object = {}) =>
  runLinkReview(installation, { first: 20, reviewer: 'Elena', gold: false, quality: false, json: true, ...changes });
const decide = (changes: Partial<LinkDecideOptions> = {}) =>
  runLinkDecide(installation, {
    a: TANYA as string,
    b: KRASIMIR as string,
    verdict: 'same',
    reason: 'one mother',
    reviewer: 'Elena',
    second: false,
    revoke: false,
    gold: false,
    json: true,
    ...changes,
  });
const code = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error: { code?: string }) => error.code,
  );

describe('at the command line', () => {
  it('the queue names records, and shows people both sides', async () => {
    expect(await review()).toBe(0);
    expect(said.objects).toEqual([
      expect.objectContaining({ a: TANYA, b: KRASIMIR, weight: 2, reason: 'WEAK', twoPersons: false, gold: false }),
    ]);
    await review({ json: false });
    expect(said.lines.join('\n')).toMatch(/school-roll:no-ids:2 {2}\? {2}school-roll:no-ids:3 · 2\.0 bits, 80\.0 % · WEAK/);
    expect(said.lines.join('\n')).toMatch(/givenName +Таня +Красимир/);
  });

  it('a person decides by the names of the records, takes it back, and says what and who', async () => {
    expect(await decide()).toBe(0);
    expect(said.objects[0]).toMatchObject({ a: TANYA, b: KRASIMIR, verdict: 'SAME', state: 'IN_FORCE', applied: true });
    expect(said.objects[0]?.moved).toBeGreaterThan(0);
    await review({ reviewer: 'Petar' });
    expect(said.objects).toHaveLength(1);
    await decide({ revoke: true, verdict: undefined, reason: 'two mothers', reviewer: 'Petar' });
    expect(said.objects[1]).toMatchObject({ state: 'REVOKED', applied: true });
    expect(await rows('select revoked_by, revoked_reason, actor, actor_name from hub.pair_decision')).toEqual([
      { revoked_by: 'local-operator/petar', revoked_reason: 'two mothers', actor: 'local-operator/elena', actor_name: 'Elena' },
    ]);
    expect(await code(decide({ revoke: true }))).toBe('NOT_FOUND');
  });

  it('grave decisions need --second of another name', async () => {
    const [ani, boris] = ['population:population-bg.txt:2', 'population:population-bg.txt:3'];
    await decide({ a: ani, b: boris, verdict: 'different', json: false });
    expect(said.lines[0]).toContain('waits for a second person');
    expect(await code(decide({ a: ani, b: boris, verdict: 'different', second: true, reviewer: ' elena' }))).toBe('CONFLICT');
    await decide({ a: ani, b: boris, verdict: 'different', second: true, reviewer: 'Petar' });
    expect(said.objects[0]).toMatchObject({ state: 'IN_FORCE' });
    expect(await rows('select verdict from hub.standing_decision')).toEqual([{ verdict: 'DIFFERENT' }]);
  });

  it('gold answers are counted and link nothing; quality says how good and how alike reviewers are', async () => {
    const [gold] = await rows<{ a: string; b: string }>(
      `select x.kind || ':' || x.file_name || ':' || x.line as a, y.kind || ':' || y.file_name || ':' || y.line as b
       from hub.gold_pair g join hub.source_record x on x.record_id = g.a join hub.source_record y on y.record_id = g.b where g.verdict = 'SAME' order by g.a limit 1`,
    );
    const before = await rows('select * from hub.standing_decision');
    await decide({ ...gold, gold: true });
    await decide({ ...gold, gold: true, verdict: 'different', reviewer: 'Petar' });
    expect(said.objects.map(({ state }) => state)).toEqual(['GOLD', 'GOLD']);
    expect(await rows('select * from hub.standing_decision')).toEqual(before);
    said.objects = [];
    await review({ quality: true });
    expect(said.objects[0]).toMatchObject({
      reviewers: [
        { reviewer: 'local-operator/elena', count: 1, right: 1, share: 1 },
        { reviewer: 'local-operator/petar', count: 1, right: 0, share: 0 },
      ],
      agreements: [{ reviewers: ['local-operator/elena', 'local-operator/petar'], count: 2, observed: 0.5 }],
    });
    await review({ quality: true, json: false });
    expect(said.lines.join('\n')).toMatch(/local-operator\/elena +1 +1 +0 +100\.0 %/);
  });

  it('what is wrong is named', async () => {
    expect(await code(decide({ verdict: 'perhaps' }))).toBe('BAD_USER_INPUT');
    expect(await code(decide({ reviewer: ' ' }))).toBe('BAD_USER_INPUT');
    expect(await code(decide({ reason: '' }))).toBe('BAD_USER_INPUT');
    expect(await code(decide({ a: 'school-roll:no-ids:99' }))).toBe('NOT_FOUND');
    expect(await code(decide({ a: 'Таня' }))).toBe('BAD_USER_INPUT');
    expect(await code(review({ first: 0 }))).toBe('BAD_USER_INPUT');
    expect(await code(review({ gold: true, reviewer: undefined }))).toBe('BAD_USER_INPUT');
  });
});

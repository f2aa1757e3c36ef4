import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.ts';
import { openDb } from '../db/db.ts';
import { createSeenProofs } from './seen-proofs.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('of many hub processes that meet the same proof at one moment, one accepts it', async () => {
  const processes = Array.from({ length: 4 }, () => createSeenProofs(database.db));
  const ends = Date.now() + 60_000;
  const answers = await Promise.all(Array.from({ length: 40 }, (_, place) => processes[place % 4]?.first(['dpop', 'key', 'jti-1'], ends)));
  expect(answers.filter((answer) => answer === true)).toHaveLength(1);
});

test('parts are kept apart: what is joined elsewhere is another proof', async () => {
  const seen = createSeenProofs(database.db);
  const ends = Date.now() + 60_000;
  expect(await seen.first(['issuer', 'ab', 'c'], ends)).toBe(true);
  expect(await seen.first(['issuer', 'a', 'bc'], ends)).toBe(true);
});

test('only hashes are kept, and those that are over are removed', async () => {
  const time = { offset: 0, now: () => Date.now() + time.offset };
  const seen = createSeenProofs(database.db, time);
  await seen.first(['dpop', 'key', 'a-secret-jti'], Date.now() - 120_000);
  const rows = () =>
    database.db.transaction('issuer', async (sql) => (await sql.query('select * from hub.seen_proof where expires_at < now()')).rows);
  expect(await rows()).toHaveLength(1);
  expect(JSON.stringify(await rows())).not.toContain('a-secret-jti');
  time.offset = 61_000;
  await seen.first(['dpop', 'key', 'next'], Date.now() + 60_000);
  expect(await rows()).toEqual([]);
});

test('without the shared memory no proof is accepted', async () => {
  const gone = openDb('postgres://nobody:x@127.0.0.1:9/gone');
  await expect(createSeenProofs(gone).first(['x'], Date.now() + 1000)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await gone.end();
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { addRecords } from '../../../tests/support/link-features.ts';
import { linkRecords } from './link-records.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ size: 2 });
});
afterAll(() => database?.drop());
const rowsOf = async <R extends object>(text: string, values: readonly unknown[] = []) =>
  (await database.db.transaction('intake', (sql) => sql.query<R>(text, values))).rows;
const childrenOf = async (records: readonly string[]) =>
  (
    await rowsOf<{ child: string }>(
      'select child_id::text as child from hub.membership where valid_to is null and record_id = any($1::bigint[]) order by record_id',
      [records],
    )
  ).map(({ child }) => child);

describe('what linking still has to do', () => {
  let records: string[];

  it('is every record that came, until it is done', async () => {
    records = await database.db.transaction('intake', (sql) =>
      addRecords(sql, [
        { given: 'Мария', family: 'Колева' },
        { given: 'Георги', family: 'Стоянов' },
      ]),
    );
    expect(await linkRecords(database.db, 'test')).toMatchObject({ records: 2, childrenCreated: 2, moved: 2, engine: 'shipped-n1' });
    expect(new Set(await childrenOf(records)).size).toBe(2);
    expect(await linkRecords(database.db, 'test')).toMatchObject({ records: 0, moved: 0 });
  });

  it('is a decision that nobody has applied: given in force, or seconded, or taken back', async () => {
    const [a, b] = records;
    const [made] = await rowsOf<{ id: string }>(
      `insert into hub.pair_decision (a, b, verdict, actor, reason, needs_second) values ($1, $2, 'SAME', 'Petya', 'seen at the door', true) returning decision_id as id`,
      [a, b],
    );
    await linkRecords(database.db, 'test');
    expect(new Set(await childrenOf(records)).size).toBe(2);
    await rowsOf(`update hub.pair_decision set seconded_by = 'Boris', seconded_at = now() where decision_id = $1`, [made?.id]);
    expect(await linkRecords(database.db, 'test')).toMatchObject({ records: 0, moved: 1, childrenVacated: 1 });
    expect(new Set(await childrenOf(records)).size).toBe(1);
    await rowsOf(
      `update hub.pair_decision set revoked_at = now(), revoked_by = 'Boris', revoked_reason = 'a cousin' where decision_id = $1`,
      [made?.id],
    );
    expect(await linkRecords(database.db, 'test')).toMatchObject({ records: 0, moved: 1, childrenCreated: 1 });
    expect(new Set(await childrenOf(records)).size).toBe(2);
    expect(
      await rowsOf(
        `select kind, actor, evidence->>'reason' as reason from hub.identity_event where evidence ? 'decision' order by event_id`,
      ),
    ).toEqual([
      { kind: 'link', actor: 'Petya', reason: 'seen at the door' },
      { kind: 'link', actor: 'Boris', reason: 'a cousin' },
    ]);
  });

  it('is no answer to a question whose answer is known, and none that is unsure', async () => {
    const [a, b] = records;
    await rowsOf(
      `insert into hub.pair_decision (a, b, verdict, actor, reason, is_gold) values ($1, $2, 'SAME', 'Petya', '', true), ($1, $2, 'UNSURE', 'Petya', '', false)`,
      [a, b],
    );
    expect(await rowsOf('select * from hub.link_waiting')).toEqual([]);
    expect(await rowsOf('select * from hub.standing_decision')).toEqual([]);
  });
});

describe('decisions', () => {
  it('are seconded by another person, once, and revoked once; nothing else of them changes', async () => {
    for (const text of [
      `update hub.pair_decision set reason = 'x'`,
      `update hub.pair_decision set seconded_by = actor, seconded_at = now() where seconded_at is null`,
      `update hub.pair_decision set seconded_by = 'Maria' where seconded_at is not null`,
      `update hub.pair_decision set revoked_at = null where revoked_at is not null`,
      'delete from hub.pair_decision',
      `update hub.link_model set body = '{}'`,
    ])
      await expect(rowsOf(text), text).rejects.toMatchObject({ code: '42501' });
  });
});

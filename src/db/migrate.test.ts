import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.ts';
import { migrate } from './migrate.ts';

describe('the database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  test('is migrated once, however often it is asked', async () => {
    const { applied } = await migrate(database.url, inject('appPassword'));
    expect(applied).toBe(0);
  });

  test('refuses the pool\'s user everything until it takes a role', async () => {
    await expect(database.db.pool.query('select * from hub.child')).rejects.toMatchObject({ code: '42501' });
    await database.db.transaction('operator', async (sql) => expect((await sql.query('select child_id from hub.child')).rows).toEqual([]));
  });

  test('refuses to change or delete what was recorded', async () => {
    const record = await database.db.transaction('intake', async (sql) => {
      const { rows } = await sql.query<{ delivery_id: string }>("insert into hub.delivery (kind, supplier, file_name, sha256) values ('population', 'x', 'f', '\\x00') returning delivery_id");
      const made = await sql.query<{ record_id: string }>(
        "insert into hub.source_record (kind, supplier, delivery_id, file_name, line, content_mac, occurrence, natural_mac) values ('population', 'x', $1, 'f', 2, '\\x01', 1, '\\x02') returning record_id",
        [rows[0]?.delivery_id],
      );
      await sql.query('insert into registry.person (record_id, given_name) values ($1, $2)', [made.rows[0]?.record_id, 'Мария']);
      return made.rows[0]?.record_id;
    });
    const refused = (text: string) => expect(database.db.transaction('intake', (sql) => sql.query(text, [record]))).rejects.toMatchObject({ code: '42501' });
    await refused("update registry.person set given_name = 'Анна' where record_id = $1");
    await refused('delete from registry.person where record_id = $1');
    await refused("update hub.source_record set line = 3 where record_id = $1");
    await database.db.transaction('intake', (sql) => sql.query('update registry.person set is_current = false where record_id = $1', [record]));
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.ts';
import { pg } from './sql.ts';

describe('the pool', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({ size: 2 });
  });
  afterAll(() => database.drop());
  const agencies = () =>
    database.db.read(
      'operator',
      async (sql) => (await sql.query<{ agency_id: string }>('select agency_id from hub.agency order by 1')).rows,
    );
  const addAgency = "insert into hub.agency (agency_id, kind, name, country) values ($1, 'school', 'Училище', 'BG')";

  test('keeps the work of a transaction, and nothing of one that fails', async () => {
    await database.db.transaction('operator', (sql) => sql.query(addAgency, ['one']));
    await expect(
      database.db.transaction('operator', async (sql) => {
        await sql.query(addAgency, ['two']);
        throw new Error('changed its mind');
      }),
    ).rejects.toThrow('changed its mind');
    expect(await agencies()).toEqual([{ agency_id: 'one' }]);
  });

  test('does not write in a reading transaction', async () => {
    await expect(database.db.read('operator', (sql) => sql.query(addAgency, ['three']))).rejects.toMatchObject({ code: '25006' });
  });

  test('reads one snapshot from beginning to end', async () => {
    await database.db.read('operator', async (sql) => {
      const count = async () => (await sql.query<{ n: number }>('select count(*)::integer as n from hub.agency')).rows[0]?.n;
      const before = await count();
      await database.db.transaction('operator', (other) => other.query(addAgency, [`later-${before}`]));
      expect(await count()).toBe(before);
    });
  });

  test('goes on after a connection was cut off', async () => {
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    const cut = database.db.transaction('operator', async (sql) => {
      const { rows } = await sql.query<{ pid: number }>('select pg_backend_pid() as pid');
      await admin.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await sql.query('select 1');
    });
    await expect(cut).rejects.toThrow();
    await admin.end();
    for (let i = 0; i < 4; i += 1) expect((await agencies()).length).toBeGreaterThan(0);
  });

  test('names a role of the whole server by its database, and takes no role from the outside', async () => {
    const { db } = database;
    expect(db.roleName('intake')).toBe(`${db.prefix}intake`);
    expect(db.roleName(db.roleName('intake'))).toBe(`${db.prefix}intake`);
    await expect(db.read('x"; reset role; select "', async () => 1)).rejects.toMatchObject({ code: '22023' });
    expect((await agencies()).length).toBeGreaterThan(0);
  });

  test('gives dates as they are written, whatever the time zone, and numbers that keep every digit', async () => {
    const { rows } = await database.db.read('operator', (sql) =>
      sql.query(
        "select date '2014-03-01' as born, array[date '2014-03-01'] as days, 9007199254740993::bigint as id, 12.50::numeric(12,2) as amount, timestamptz '2026-11-16T10:00:00Z' as at",
      ),
    );
    expect(rows).toEqual([
      { born: '2014-03-01', days: ['2014-03-01'], id: '9007199254740993', amount: '12.50', at: new Date('2026-11-16T10:00:00Z') },
    ]);
  });
});

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.ts';
import { openDb } from './db.ts';
import { applyViewGrants } from './grants.ts';
import { addressOf, migrate } from './migrate.ts';
import { pg } from './sql.ts';
import { Vault } from './vault.ts';

describe('the database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  const asAdmin = async <T>(text: string, url = database.url): Promise<T[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(text)).rows as T[];
    } finally {
      await client.end();
    }
  };
  const refused = (role: 'intake' | 'operator' | 'transactor' | 'ledger' | 'issuer', text: string, values: unknown[] = []) =>
    expect(
      database.db.transaction(role, (sql) => sql.query(text, values)),
      `${role}: ${text}`,
    ).rejects.toMatchObject({ code: '42501' });

  test('is migrated once, however often it is asked, and by several processes at once', async () => {
    const again = await Promise.all([1, 2, 3].map(() => migrate(database.url, inject('appPassword'))));
    expect(again.map(({ applied, quiet }) => [applied, quiet])).toEqual([
      [0, true],
      [0, true],
      [0, true],
    ]);
  });

  test("refuses the pool's user everything until it takes a role, and every role that is not the hub's", async () => {
    const { pool, prefix } = database.db;
    const tables = await asAdmin<{ name: string }>(
      "select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r','p','v') and n.nspname !~ '^pg_|information_schema'",
    );
    expect(tables.length).toBeGreaterThan(40);
    for (const { name } of tables) await expect(pool.query(`select 1 from ${name}`), name).rejects.toMatchObject({ code: '42501' });
    await expect(pool.query('create temporary table t ()')).rejects.toMatchObject({ code: '42501' });
    await expect(pool.query('create table public.t ()')).rejects.toMatchObject({ code: '42501' });
    await expect(pool.query(`set role ${prefix}owner`)).rejects.toMatchObject({ code: '42501' });
    expect(await database.db.read('operator', async (sql) => (await sql.query('select child_id from hub.child')).rows)).toEqual([]);
    // What a transaction took is gone with it, also where the connection is used again.
    await expect(pool.query('select 1 from hub.child')).rejects.toMatchObject({ code: '42501' });
  });

  test('belongs to a role that cannot log in', async () => {
    const strangers = await asAdmin(
      `select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = c.relowner
       where n.nspname in ('hub','registry','school','assistance','foreign_school','outreach','consent','tracing','ledger') and c.relkind in ('r','p','v') and (r.rolcanlogin or r.rolname <> current_database() || '_owner')`,
    );
    expect(strangers).toEqual([]);
    expect(await asAdmin("select rolname from pg_roles where starts_with(rolname, current_database() || '_') and rolcanlogin")).toEqual([
      { rolname: `${database.db.prefix}app` },
    ]);
  });

  test('gives each role its own work only', async () => {
    await refused('operator', 'select value_enc from hub.child_identifier');
    await refused('operator', 'select value_enc from consent.guardian');
    await refused('operator', 'select 1 from consent.authorization_event');
    await refused('operator', 'delete from hub.client');
    await refused('transactor', 'select given_name from hub.child');
    await refused('transactor', 'select value_enc from hub.child_identifier');
    await refused('transactor', 'update hub.epoch set policy_epoch = 9');
    await refused('transactor', 'insert into ledger.disclosure default values');
    await refused('ledger', 'select 1 from hub.child');
    await refused('ledger', 'delete from ledger.disclosure');
    await refused('issuer', 'select 1 from hub.source_record');
    await refused('intake', 'select 1 from hub.client');
    await refused('intake', 'update hub.child set child_id = 7');
    await refused('intake', "update hub.delivery set supplier = 'x'");
    await refused('intake', 'select 1 from consent.authorization_event');
  });

  test('refuses to change or delete what was recorded, also to its owner', async () => {
    const record = await database.db.transaction('intake', async (sql) => {
      const { rows } = await sql.query<{ delivery_id: string }>(
        "insert into hub.delivery (kind, supplier, file_name, sha256) values ('population', 'x', 'f', '\\x00') returning delivery_id",
      );
      const made = await sql.query<{ record_id: string }>(
        "insert into hub.source_record (kind, supplier, delivery_id, file_name, line, content_mac, occurrence, natural_mac) values ('population', 'x', $1, 'f', 2, '\\x01', 1, '\\x02') returning record_id",
        [rows[0]?.delivery_id],
      );
      await sql.query('insert into registry.person (record_id, given_name) values ($1, $2)', [made.rows[0]?.record_id, 'Мария']);
      return made.rows[0]?.record_id;
    });
    await refused('intake', "update registry.person set given_name = 'Анна' where record_id = $1", [record]);
    await refused('intake', 'delete from registry.person where record_id = $1', [record]);
    await refused('intake', 'update hub.source_record set line = 3 where record_id = $1', [record]);
    await database.db.transaction('intake', (sql) =>
      sql.query('update registry.person set is_current = false where record_id = $1', [record]),
    );
    for (const text of [
      "update registry.person set given_name = 'Анна'",
      'delete from registry.person',
      'truncate registry.person',
      'truncate ledger.disclosure',
      `truncate ledger.disclosure_${new Date().toISOString().slice(0, 7).replace('-', '_')}`,
    ])
      await expect(asAdmin(text), text).rejects.toMatchObject({ code: '42501', message: expect.stringContaining('append-only') });
  });

  test("lets the ledger's role make the partition of a month that is near, and no other", async () => {
    const ensure = (day: string) =>
      database.db.transaction('ledger', (sql) => sql.query('select ledger.ensure_partition($1::date)', [day]));
    const soon = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10);
    await Promise.all(Array.from({ length: 8 }, () => ensure(soon)));
    const [made] = await asAdmin<{ row: string; statement: string }>(
      `select count(*) filter (where tgname = 'no_change') as row, count(*) filter (where tgname = 'no_truncate') as statement
       from pg_trigger where tgrelid = 'ledger.disclosure_${soon.slice(0, 7).replace('-', '_')}'::regclass`,
    );
    expect(made).toEqual({ row: '1', statement: '1' });
    await expect(ensure('2126-01-01')).rejects.toThrow('no partition');
    await refused('operator', 'select ledger.ensure_partition(current_date)');
  });

  test('is bound to the vault key that it was filled under', async () => {
    const vault = new Vault(randomBytes(32));
    await migrate(database.url, inject('appPassword'), { vault });
    await migrate(database.url, inject('appPassword'), { vault });
    await expect(migrate(database.url, inject('appPassword'), { vault: new Vault(randomBytes(32)) })).rejects.toMatchObject({
      reason: 'OTHER_VAULT_KEY',
    });
  });

  test('can be set up by an administrator who is no superuser', async () => {
    const name = `dba_${randomBytes(4).toString('hex')}`;
    const password = randomBytes(12).toString('hex');
    await asAdmin(`create role ${name} login createrole createdb password '${password}'`);
    await asAdmin(`create database ${name} owner ${name}`);
    const url = addressOf(database.url, name, name, password);
    const { appUrl, quiet } = await migrate(url, 'a-password-for-tests');
    expect(quiet).toBe(false);
    expect((await migrate(url, 'a-password-for-tests')).applied).toBe(0);
    const classes = [{ suffix: 'dddddddddddd', tables: { 'hub.child': ['child_id'] } }];
    await applyViewGrants(url, classes);
    await applyViewGrants(url, [{ suffix: 'eeeeeeeeeeee', tables: { 'hub.child': ['child_id', 'sex'] } }]);
    const db = openDb(appUrl);
    expect(await db.read('v_eeeeeeeeeeee', async (sql) => (await sql.query('select child_id, sex from hub.child')).rows)).toEqual([]);
    await expect(db.pool.query('select 1 from hub.child')).rejects.toMatchObject({ code: '42501' });
    await db.end();
    await asAdmin(`drop database ${name} with (force)`);
    const rest = await asAdmin<{ rolname: string }>(
      `select rolname from pg_roles where starts_with(rolname, '${name}') order by length(rolname) desc`,
    );
    for (const { rolname } of rest) await asAdmin(`drop role ${rolname}`);
  });

  test('says what is missing to an administrator without the right', async () => {
    const name = `poor_${randomBytes(4).toString('hex')}`;
    await asAdmin(`create role ${name} login password 'x'`);
    await asAdmin(`create database ${name} owner ${name}`);
    await expect(migrate(addressOf(database.url, name, name, 'x'), 'y')).rejects.toMatchObject({ reason: 'NO_RIGHT' });
    await asAdmin(`drop database ${name} with (force)`);
    await asAdmin(`drop role ${name}`);
  });
});

test("an administrator's address is turned into the pool's, a socket's too", () => {
  expect(addressOf('postgres://dba:secret@db.example:5433/hub?sslmode=verify-full', 'hub', 'hub_app', 'p/w')).toBe(
    'postgres://hub_app:p%2Fw@db.example:5433/hub?sslmode=verify-full',
  );
  const socket = addressOf('postgresql:///hub?host=/run/postgresql&user=dba', 'hub', 'hub_app', 'pw');
  const client = new pg.Client({ connectionString: socket });
  expect([client.host, client.user, client.database]).toEqual(['/run/postgresql', 'hub_app', 'hub']);
});

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { pg } from '../../src/db/sql.ts';

const name = `t_${randomBytes(5).toString('hex')}`;
const migration = (file: string) => readFileSync(new URL(`../../migrations/sql/${file}.sql`, import.meta.url), 'utf8');
let server: pg.Client;
let admin: pg.Client;
const rowsOf = async (text: string) => (await admin.query(text)).rows as Record<string, unknown>[];

beforeAll(async () => {
  server = new pg.Client({ connectionString: inject('adminUrl') });
  await server.connect();
  await server.query(`create database ${name}`);
  const url = new URL(inject('adminUrl'));
  url.pathname = `/${name}`;
  admin = new pg.Client({ connectionString: url.toString() });
  await admin.connect();
  for (const file of ['0001-tables', '0002-guards', '0003-roles']) await admin.query(migration(file));
  await admin.query(`
    insert into hub.delivery (kind, supplier, file_name, sha256) values ('visits', 'x', 'f', '\\x00');
    insert into hub.source_record (record_id, kind, supplier, delivery_id, file_name, line, content_mac, occurrence, natural_mac, previous_record, is_current)
      select n, 'visits', 'x', 1, 'f', n, decode(lpad(n::text, 4, '0'), 'hex'), 1, '\\x00', case when n = 4 then 2 end, n <> 2 from generate_series(1, 5) n;
    insert into hub.link_feature (record_id, source, country, given_name, is_current) select n, 'outreach', 'BG', 'Мария', n <> 2 from generate_series(1, 5) n;
    insert into hub.link_key (key, record_id) values ('k', 1);
    insert into hub.cannot_link (a, b, actor, reason, revoked_at) values (1, 2, 'Petya', 'two girls', null), (3, 5, 'Boris', 'mistaken', now());`);
  await admin.query(migration('0004-linkage'));
});
afterAll(async () => {
  await admin?.end();
  await server.query(`drop database if exists ${name} with (force)`);
  const { rows } = await server.query('select rolname from pg_roles where starts_with(rolname, $1)', [`${name}_`]);
  for (const { rolname } of rows as { rolname: string }[]) await server.query(`drop role ${pg.escapeIdentifier(rolname)}`);
  await server.end();
});

describe('an installation of the version before', () => {
  it('keeps its partings, which hold for the corrections of their records', async () => {
    expect(
      await rowsOf(
        'select a::integer, b::integer, verdict, actor, reason, revoked_at is not null as revoked from hub.pair_decision order by a',
      ),
    ).toEqual([
      { a: 1, b: 2, verdict: 'DIFFERENT', actor: 'Petya', reason: 'two girls', revoked: false },
      { a: 3, b: 5, verdict: 'DIFFERENT', actor: 'Boris', reason: 'mistaken', revoked: true },
    ]);
    expect(await rowsOf('select a::integer, b::integer, verdict from hub.standing_decision')).toEqual([
      { a: 1, b: 4, verdict: 'DIFFERENT' },
    ]);
  });

  it('has all its current records linked anew', async () => {
    expect((await rowsOf('select record_id::integer as n from hub.link_waiting order by 1')).map(({ n }) => n)).toEqual([1, 3, 4, 5]);
    expect(await rowsOf('select * from hub.link_key')).toEqual([]);
  });
});

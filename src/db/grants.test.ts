import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.ts';
import { applyViewGrants } from './grants.ts';
import { pg } from './sql.ts';

const school = {
  suffix: 'aaaaaaaaaaaa',
  tables: { 'hub.child': ['child_id', 'given_name', 'vacant'], 'school.enrolment': ['child_id', 'school_id', 'is_current'] },
};
const ministry = { suffix: 'bbbbbbbbbbbb', tables: { 'hub.published_table': ['municipality', 'children'] } };

describe('the grants of the views', () => {
  let database: TestDatabase;
  const under = (suffix: string, text: string) => database.db.read(`v_${suffix}`, async (sql) => (await sql.query(text)).rows);
  const roles = async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query('select rolname from pg_roles where starts_with(rolname, $1) order by 1', [
      `${database.db.prefix}v_`,
    ]);
    await client.end();
    return (rows as { rolname: string }[]).map(({ rolname }) => rolname.slice(database.db.prefix.length + 2));
  };
  beforeAll(async () => {
    database = await createTestDatabase();
    await applyViewGrants(database.url, [school, ministry]);
  });
  afterAll(() => database.drop());

  test('let a view read its columns, the epochs, the row scopes and the facts', async () => {
    expect(await under(school.suffix, 'select child_id, given_name from hub.child where not vacant')).toEqual([]);
    expect(await under(school.suffix, "select child_id from hub.scope_school where scope_key = any('{1}')")).toEqual([]);
    expect(await under(school.suffix, "select * from consent.facts('{1}', 'enrol.administer')")).toEqual([]);
    expect(await under(ministry.suffix, 'select policy_epoch from hub.epoch')).toEqual([{ policy_epoch: '1' }]);
  });

  test('refuse every other column, every other table and every change', async () => {
    const refused = (suffix: string, text: string) => expect(under(suffix, text), text).rejects.toMatchObject({ code: '42501' });
    await refused(school.suffix, 'select birth_date from hub.child');
    await refused(school.suffix, "select child_id from hub.child where family_name = 'Иванова'");
    await refused(school.suffix, 'select * from hub.child');
    await refused(school.suffix, 'select 1 from registry.person');
    await refused(school.suffix, 'select 1 from consent.authorization_event');
    await refused(ministry.suffix, 'select child_id from hub.child');
    const change = database.db.session(`v_${school.suffix}`, 'write');
    await expect(change.query("update hub.child set given_name = ''")).rejects.toMatchObject({ code: '42501' });
    await change.close();
  });

  test('are not made again while nothing changes, and take back what a newer policy does not give', async () => {
    expect(await applyViewGrants(database.url, [school, ministry])).toBe(false);
    const narrower = { ...school, tables: { 'hub.child': ['child_id'] } };
    expect(await applyViewGrants(database.url, [narrower])).toBe(true);
    expect(await roles()).toEqual([school.suffix]);
    await expect(under(school.suffix, 'select given_name from hub.child')).rejects.toMatchObject({ code: '42501' });
    await expect(under(school.suffix, 'select 1 from school.enrolment')).rejects.toMatchObject({ code: '42501' });
    expect(await under(school.suffix, 'select child_id from hub.child')).toEqual([]);
  });

  test('are all or nothing: a column that there is not leaves the old ones', async () => {
    const before = await roles();
    await expect(applyViewGrants(database.url, [{ suffix: 'cccccccccccc', tables: { 'hub.child': ['shoe_size'] } }])).rejects.toMatchObject(
      { code: '42703' },
    );
    expect(await roles()).toEqual(before);
    await expect(applyViewGrants(database.url, [{ suffix: 'x"; drop', tables: {} }])).rejects.toThrow(RangeError);
  });

  test('may be applied by two processes at once', async () => {
    const both = await Promise.all([applyViewGrants(database.url, [school, ministry]), applyViewGrants(database.url, [school, ministry])]);
    expect(both.toSorted()).toEqual([false, true]);
    expect(await roles()).toEqual([school.suffix, ministry.suffix]);
  });
});

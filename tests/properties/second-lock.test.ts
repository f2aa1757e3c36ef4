import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { applyViewGrants } from '../../src/db/grants.ts';
import { pg } from '../../src/db/sql.ts';
import type { Blueprint } from '../../src/exchange/blueprint.ts';
import { blueprint } from '../../src/hub.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

// The database's own lock, tried without any of the hub's code between: the pool's user takes a view's role and reads whatever column it likes.
const SCHEMAS = ['hub', 'registry', 'school', 'assistance', 'foreign_school', 'outreach', 'consent', 'tracing', 'programme', 'ledger'];
// What every view reads besides its columns: epochs, and which children are in a scope. Numbers of children and keys of scopes, no datum.
const STRUCTURE = /^hub\.(epoch|scope_\w+)$/;
const REFUSED = '42501';

interface Column {
  table: string;
  column: string;
}
let database: TestDatabase;
let plans: Blueprint;
let app: pg.Client;
let columns: Column[];

beforeAll(async () => {
  database = await createTestDatabase({ size: 1 });
  plans = await blueprint();
  await applyViewGrants(
    database.url,
    plans.classes.map(({ role, tables }) => ({ suffix: role, tables })),
  );
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  const { rows } = await admin.query(
    `select n.nspname || '.' || c.relname as "table", a.attname as "column" from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where n.nspname = any($1) and c.relkind in ('r', 'p', 'v', 'm') order by 1, 2`,
    [SCHEMAS],
  );
  columns = rows as Column[];
  await admin.end();
  app = new pg.Client({ connectionString: database.appUrl });
  await app.connect();
});
afterAll(async () => {
  await app?.end();
  await database?.drop();
});

afterEach(() => app.query('reset role'));

/** SQLSTATE of reading a column, or null when it could be read. */
async function read({ table, column }: Column): Promise<string | null> {
  try {
    await app.query(`select ${pg.escapeIdentifier(column)} from ${table} limit 0`);
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
}
const nameOf = ({ table, column }: Column) => `${table}.${column}`;

describe('with the hub’s own checks away', () => {
  it('there is something to protect', () => {
    expect(columns.length).toBeGreaterThan(250);
    expect(plans.policy.views.map(({ id }) => id)).toHaveLength(16);
  });

  it('the pool’s user, who forgot to take a role, reads nothing at all', async () => {
    const readable = [];
    for (const column of columns) if ((await read(column)) !== REFUSED) readable.push(nameOf(column));
    expect(readable).toEqual([]);
  });

  it('each view’s role reads the columns of its class, and Postgres refuses every other', async () => {
    for (const { id } of plans.policy.views) {
      const role = plans.roles.get(id) as string;
      const granted = plans.classes.find((each) => each.views.includes(id))?.tables ?? {};
      await app.query(`set role ${pg.escapeIdentifier(database.db.roleName(role))}`);
      const wrong: string[] = [];
      let refused = 0;
      for (const column of columns) {
        const allowed = granted[column.table]?.includes(column.column) || STRUCTURE.test(column.table);
        const code = await read(column);
        if (code !== null && code !== REFUSED) wrong.push(`${nameOf(column)} failed otherwise: ${code}`);
        else if (allowed !== (code === null)) wrong.push(`${nameOf(column)} was ${code === null ? 'read' : 'refused'}`);
        if (code === REFUSED) refused += 1;
      }
      expect(wrong, id).toEqual([]);
      expect(refused, id).toBeGreaterThan(150);
      const known = new Set(columns.map(nameOf));
      expect(
        Object.entries(granted).flatMap(([table, names]) => names.filter((name) => !known.has(`${table}.${name}`))),
        id,
      ).toEqual([]);
    }
  });

  it('no view’s role writes, reads a whole row, or becomes another', async () => {
    for (const [view, role] of plans.roles) {
      await app.query(`set role ${pg.escapeIdentifier(database.db.roleName(role))}`);
      for (const text of [
        'select * from hub.child',
        'select t from hub.child t',
        'insert into hub.child default values',
        'update hub.child set vacant = true',
        'delete from hub.child',
        'select 1 from consent.authorization_event where false for update',
        'insert into ledger.disclosure default values',
        'create table hub.mine (a integer)',
        'create temporary table mine (a integer)',
        'copy (select * from hub.child) to stdout',
      ]) {
        const code = await app.query(text).then(
          () => null,
          (error: { code: string }) => error.code,
        );
        expect([view, text, code]).toEqual([view, text, REFUSED]);
      }
    }
  });

  it('the facts that settling reads come from one function, and only under a view’s role', async () => {
    await expect(app.query("select * from consent.facts('{1}', 'trace.visit')")).rejects.toMatchObject({ code: REFUSED });
    await app.query(`set role ${pg.escapeIdentifier(database.db.roleName(plans.roles.get('outreach.trace.visit') as string))}`);
    expect((await app.query("select * from consent.facts('{1}', 'trace.visit')")).rows).toEqual([]);
    await expect(app.query('select * from consent.authorization_event')).rejects.toMatchObject({ code: REFUSED });
  });
});

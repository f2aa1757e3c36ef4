import { createHash } from 'node:crypto';
import { pg } from './sql.ts';

/** One role for each distinct set of columns that views may read. */
export interface ViewClass {
  /** Ends the role's name: `<database>_v_<suffix>`. */
  suffix: string;
  tables: Readonly<Record<string, readonly string[]>>;
}

const name = (dotted: string) => dotted.split('.').map((part) => pg.escapeIdentifier(part)).join('.');
// What every view needs besides its columns: the epochs, the row scopes, the facts that settling may know.
const SCOPE_VIEWS = ['scope_school', 'scope_municipality', 'scope_country', 'scope_beneficiary', 'scope_case', 'scope_guardian'];

/**
 * Makes the roles of the view classes and grants them exactly their columns; takes back what an older policy granted. Does nothing when nothing changed.
 * @param adminUrl of the owner. @returns whether anything was granted anew.
 */
export async function applyViewGrants(adminUrl: string, classes: readonly ViewClass[]): Promise<boolean> {
  const hash = createHash('sha256').update(JSON.stringify(classes)).digest('hex');
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query('begin');
    await admin.query("select pg_advisory_xact_lock(hashtext('obhvat grants'))");
    const known = await admin.query('select classes_hash from hub.view_grants');
    const { rows } = await admin.query('select current_database() as database');
    const prefix = `${rows[0].database}_v_`;
    if (known.rows[0]?.classes_hash === hash) {
      await admin.query('commit');
      return false;
    }
    const present = await admin.query('select rolname from pg_roles where starts_with(rolname, $1)', [prefix]);
    const wanted = new Set(classes.map(({ suffix }) => prefix + suffix));
    for (const { rolname } of present.rows as { rolname: string }[]) {
      const role = pg.escapeIdentifier(rolname);
      await admin.query(`drop owned by ${role}`);
      if (!wanted.has(rolname)) await admin.query(`drop role ${role}`);
    }
    const existing = new Set((present.rows as { rolname: string }[]).map(({ rolname }) => rolname));
    for (const each of classes) await grantClass(admin, prefix + each.suffix, each, !existing.has(prefix + each.suffix), rows[0].database);
    await admin.query('insert into hub.view_grants (classes_hash) values ($1) on conflict (only_row) do update set classes_hash = excluded.classes_hash', [hash]);
    await admin.query('commit');
    return true;
  } catch (error) {
    await admin.query('rollback');
    throw error;
  } finally {
    await admin.end();
  }
}

async function grantClass(admin: pg.Client, roleName: string, { tables }: ViewClass, isNew: boolean, database: string): Promise<void> {
  const role = pg.escapeIdentifier(roleName);
  if (isNew) await admin.query(`create role ${role} nologin noinherit`);
  const schemas = new Set(['hub', 'consent', ...Object.keys(tables).map((table) => table.split('.')[0] as string)]);
  const statements = [
    `grant ${role} to ${pg.escapeIdentifier(`${database}_app`)}`,
    `grant usage on schema ${[...schemas].map((schema) => pg.escapeIdentifier(schema)).join(', ')} to ${role}`,
    `grant select on hub.epoch, ${SCOPE_VIEWS.map((view) => `hub.${view}`).join(', ')} to ${role}`,
    `grant execute on function consent.facts(bigint[], text) to ${role}`,
    ...Object.entries(tables).map(([table, columns]) => `grant select (${columns.map((column) => pg.escapeIdentifier(column)).join(', ')}) on ${name(table)} to ${role}`),
  ];
  await admin.query(statements.join(';\n'));
}

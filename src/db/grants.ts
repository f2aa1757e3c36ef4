import { createHash } from 'node:crypto';
import { pg } from './sql.ts';

/** One role for each distinct set of columns that views may read. */
export interface ViewClass {
  /** Ends the role's name: `<database>_v_<suffix>`. */
  suffix: string;
  /** `schema.table` to columns. */
  tables: Readonly<Record<string, readonly string[]>>;
  /** Functions that it may execute besides those of every view, as `schema.name(types)`. */
  functions?: readonly string[];
}

const SUFFIX = /^[0-9a-z]{4,40}$/;
// What every view needs besides its columns: the epochs, the row scopes, the facts that settling may know.
const EVERY_VIEW = ['epoch', 'scope_school', 'scope_municipality', 'scope_country', 'scope_beneficiary', 'scope_case', 'scope_guardian'];
const FACTS = 'consent.facts(bigint[], text)';
// Whoever changes what this file grants counts this up: the grants are then made anew.
const FORM = 1;
const identifier = (dotted: string) =>
  dotted
    .split('.')
    .map((part) => pg.escapeIdentifier(part))
    .join('.');

function statementsFor(role: string, app: string, { tables, functions = [] }: ViewClass, version: number): string[] {
  const schemas = new Set(['hub', 'consent', ...[...Object.keys(tables), ...functions].map((name) => name.split('.')[0] as string)]);
  return [
    `grant ${role} to ${app}${version >= 160000 ? ' with inherit false, set true' : ''}`,
    `grant usage on schema ${[...schemas].map((schema) => pg.escapeIdentifier(schema)).join(', ')} to ${role}`,
    `grant select on ${EVERY_VIEW.map((view) => `hub.${view}`).join(', ')} to ${role}`,
    `grant execute on function ${[FACTS, ...functions].join(', ')} to ${role}`,
    ...Object.entries(tables)
      .filter(([, columns]) => columns.length > 0)
      .map(
        ([table, columns]) =>
          `grant select (${columns.map((column) => pg.escapeIdentifier(column)).join(', ')}) on ${identifier(table)} to ${role}`,
      ),
  ];
}

/**
 * Makes the roles of the view classes and grants them exactly their columns; takes back what an older policy granted, and the roles that no view needs any more.
 * Does nothing when nothing changed. All or nothing, and one process at a time.
 * @param adminUrl of the administrator. @returns whether anything was granted anew. @throws a database error for a table or column that there is not.
 */
export async function applyViewGrants(adminUrl: string, classes: readonly ViewClass[]): Promise<boolean> {
  for (const { suffix } of classes) if (!SUFFIX.test(suffix)) throw new RangeError(`${suffix} cannot end a role's name`);
  const hash = createHash('sha256')
    .update(JSON.stringify([FORM, classes]))
    .digest('hex');
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query("begin; select pg_advisory_xact_lock(hashtext('obhvat grants'))");
    const { rows } = await admin.query(
      "select current_database() as database, current_setting('server_version_num')::integer as version, (select classes_hash from hub.view_grants) as known",
    );
    const { database, version, known } = rows[0] as { database: string; version: number; known: string | null };
    const prefix = `${database}_v_`;
    const present = await admin.query('select rolname from pg_roles where starts_with(rolname, $1)', [prefix]);
    const existing = new Set((present.rows as { rolname: string }[]).map(({ rolname }) => rolname));
    const wanted = new Map(classes.map((each) => [prefix + each.suffix, each]));
    // A restored dump brings the hash but not the roles.
    if (known === hash && [...wanted.keys()].every((role) => existing.has(role))) {
      await admin.query('commit');
      return false;
    }
    const statements: string[] = [];
    for (const name of existing) {
      const role = pg.escapeIdentifier(name);
      statements.push(`drop owned by ${role}`);
      if (!wanted.has(name)) statements.push(`drop role ${role}`);
    }
    for (const [name, each] of wanted) {
      const role = pg.escapeIdentifier(name);
      if (!existing.has(name)) statements.push(`create role ${role} nologin noinherit`, `grant ${role} to current_user`);
      statements.push(...statementsFor(role, pg.escapeIdentifier(`${database}_app`), each, version));
    }
    if (statements.length > 0) await admin.query(statements.join(';\n'));
    await admin.query(
      'insert into hub.view_grants (classes_hash) values ($1) on conflict (only_row) do update set classes_hash = excluded.classes_hash',
      [hash],
    );
    await admin.query('commit');
    return true;
  } catch (error) {
    await admin.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await admin.end();
  }
}

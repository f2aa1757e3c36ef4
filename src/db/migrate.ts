import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { Migration0001First } from '../../migrations/migration-0001-first.ts';
import { Migration0002Linkage } from '../../migrations/migration-0002-linkage.ts';
import { Migration0003LinkReview } from '../../migrations/migration-0003-link-review.ts';
import { scramVerifier } from './scram-verifier.ts';
import { pg } from './sql.ts';
import type { Vault } from './vault.ts';

const MINIMUM = 150000;
const MIGRATIONS = [
  { name: 'Migration0001First', class: Migration0001First },
  { name: 'Migration0002Linkage', class: Migration0002Linkage },
  { name: 'Migration0003LinkReview', class: Migration0003LinkReview },
];
// For the pool's sessions on a server that is not ours: no statement, parameter or row of children's data in its log.
const QUIET = [
  'log_statement = none',
  'log_min_error_statement = panic',
  'log_min_messages = log',
  'log_error_verbosity = terse',
  'log_min_duration_statement = -1',
  'log_parameter_max_length = 0',
  'log_parameter_max_length_on_error = 0',
];

/** A database that this version cannot work with, or may not set up. Says what to do; holds no secret. */
export class DatabaseUnfit extends Error {
  readonly reason: 'TOO_OLD' | 'NOT_UTF8' | 'NO_RIGHT' | 'OTHER_VAULT_KEY';
  constructor(reason: DatabaseUnfit['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseUnfit';
    this.reason = reason;
  }
}

async function checkServer(admin: pg.Client): Promise<string> {
  const { rows } = await admin.query(
    "select current_setting('server_version_num')::integer as number, current_setting('server_version') as version, current_database() as database, current_setting('server_encoding') as encoding",
  );
  const { number, version, database, encoding } = rows[0] as { number: number; version: string; database: string; encoding: string };
  if (number < MINIMUM) throw new DatabaseUnfit('TOO_OLD', `PostgreSQL 15 or newer is needed; this server is ${version}`);
  if (encoding !== 'UTF8') throw new DatabaseUnfit('NOT_UTF8', `the database ${database} must be in UTF8; it is in ${encoding}`);
  return database;
}

async function applyMigrations(adminUrl: string): Promise<number> {
  const orm = await MikroORM.init({
    clientUrl: adminUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: { tableName: 'obhvat_migrations', transactional: true, allOrNothing: true, snapshot: false, migrationsList: MIGRATIONS },
    // Standard output belongs to a command's own answer.
    logger: () => undefined,
    debug: false,
  });
  try {
    return (await orm.migrator.up()).length;
  } finally {
    await orm.close(true);
  }
}

/** @returns whether the server let it: only a superuser may say what of a role's sessions is logged. */
async function quieten(admin: pg.Client, app: string): Promise<boolean> {
  try {
    await admin.query(QUIET.map((setting) => `alter role ${app} set ${setting}`).join(';\n'));
    return true;
  } catch {
    return false;
  }
}

async function checkVault(admin: pg.Client, vault: Vault): Promise<void> {
  const mark = vault.mac('installation', 'obhvat');
  await admin.query('insert into hub.vault_mark (mark) values ($1) on conflict do nothing', [mark]);
  const { rows } = await admin.query('select mark from hub.vault_mark');
  if (!mark.equals(rows[0].mark))
    throw new DatabaseUnfit(
      'OTHER_VAULT_KEY',
      'this database was filled under another vault key: set OBHVAT_VAULT_KEY, or OBHVAT_HOME, to the one it was filled under',
    );
}

/** The same address for another user. An address without a host (a socket in `?host=`) is given one, else it could hold no user. */
export function addressOf(adminUrl: string, database: string, user: string, password: string): string {
  const url = new URL(adminUrl.replace(/^(postgres(?:ql)?:\/\/)(?=\/)/, '$1localhost'));
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(password);
  url.pathname = `/${encodeURIComponent(database)}`;
  for (const name of ['user', 'password']) url.searchParams.delete(name);
  return url.toString();
}

/**
 * Brings a database to this version: schemas, roles, guards. Safe to repeat, and by several processes at once.
 * @param adminUrl of a user who owns the database and may create roles; a superuser where the server is the hub's own.
 * @param appPassword for the pool's user `<database>_app`; the same for all processes of one database. ASCII.
 * @param options.vault when given, the database is bound to its key.
 * @returns the pool's address, how many migrations were applied, and whether the server logs nothing of the pool's sessions.
 * @throws DatabaseUnfit.
 */
export async function migrate(
  adminUrl: string,
  appPassword: string,
  options: { vault?: Vault } = {},
): Promise<{ appUrl: string; applied: number; quiet: boolean }> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const database = await checkServer(admin);
    // Held by this connection until it ends: other processes wait here.
    await admin.query("select pg_advisory_lock(hashtext('obhvat migrate'))");
    const applied = await applyMigrations(adminUrl);
    const name = `${database}_app`;
    const app = pg.escapeIdentifier(name);
    await admin.query(`alter role ${app} password ${pg.escapeLiteral(scramVerifier(appPassword))}`);
    const quiet = await quieten(admin, app);
    await admin.query("select ledger.ensure_partition(current_date), ledger.ensure_partition((current_date + interval '1 month')::date)");
    if (options.vault) await checkVault(admin, options.vault);
    return { appUrl: addressOf(adminUrl, database, name, appPassword), applied, quiet };
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== '42501') throw error;
    throw new DatabaseUnfit('NO_RIGHT', 'the user of DATABASE_URL must own the database and be allowed to create roles (CREATEROLE)', {
      cause: error,
    });
  } finally {
    await admin.end();
  }
}

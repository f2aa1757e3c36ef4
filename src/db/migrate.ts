import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { Migration0001First } from '../../migrations/migration-0001-first.ts';
import { pg } from './sql.ts';

const MINIMUM = 150000;

/**
 * Brings a database to this version: schemas, roles, guards. Safe to repeat, and by several processes at once.
 * @param adminUrl of a user who may create schemas and roles. @param appPassword for the pool's user `<database>_app`.
 * @returns the address for the pool. @throws Error for a server older than PostgreSQL 15.
 */
export async function migrate(adminUrl: string, appPassword: string): Promise<{ appUrl: string; applied: number }> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  let applied = 0;
  try {
    const { rows } = await admin.query("select current_setting('server_version_num')::integer as version, current_database() as database");
    if (rows[0].version < MINIMUM) throw new Error(`PostgreSQL 15 or newer is needed, this server is ${rows[0].version}`);
    await admin.query("select pg_advisory_lock(hashtext('obhvat migrate'))");
    const orm = await MikroORM.init({
      clientUrl: adminUrl,
      entities: [],
      discovery: { warnWhenNoEntities: false },
      extensions: [Migrator],
      migrations: {
        tableName: 'obhvat_migrations',
        transactional: true,
        snapshot: false,
        migrationsList: [{ name: 'Migration0001First', class: Migration0001First }],
      },
      debug: false,
    });
    try {
      applied = (await orm.migrator.up()).length;
    } finally {
      await orm.close(true);
    }
    const app = `${rows[0].database}_app`;
    await admin.query(`alter role ${pg.escapeIdentifier(app)} password ${pg.escapeLiteral(appPassword)}`);
    const url = new URL(adminUrl);
    url.username = app;
    url.password = appPassword;
    return { appUrl: url.toString(), applied };
  } finally {
    await admin.end();
  }
}

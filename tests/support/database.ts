import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { type Db, openDb } from '../../src/db/db.ts';
import { pg } from '../../src/db/sql.ts';

/** A migrated database of a test's own. */
export interface TestDatabase {
  db: Db;
  /** Administrator's address. */
  url: string;
  appUrl: string;
  drop(): Promise<void>;
}

declare module 'vitest' {
  interface ProvidedContext {
    adminUrl: string;
    appPassword: string;
  }
}

const at = (url: string, database: string, user?: { name: string; password: string }) => {
  const made = new URL(url);
  made.pathname = `/${database}`;
  if (user) {
    made.username = user.name;
    made.password = user.password;
  }
  return made.toString();
};

async function asAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Creates and migrates a database on the server that the test run started. */
export async function createTestDatabase(options: { size?: number } = {}): Promise<TestDatabase> {
  const { migrate } = await import('../../src/db/migrate.ts');
  const server = inject('adminUrl');
  const name = `t_${randomBytes(5).toString('hex')}`;
  await asAdmin(server, (client) => client.query(`create database ${name}`));
  const url = at(server, name);
  const { appUrl } = await migrate(url, inject('appPassword'));
  const db = openDb(appUrl, { size: options.size ?? 10 });
  return {
    db,
    url,
    appUrl,
    drop: async () => {
      if (!db.pool.ended) await db.end();
      await asAdmin(server, async (client) => {
        await client.query(`drop database if exists ${name} with (force)`);
        const { rows } = await client.query('select rolname from pg_roles where starts_with(rolname, $1)', [`${name}_`]);
        for (const { rolname } of rows as { rolname: string }[]) await client.query(`drop role ${pg.escapeIdentifier(rolname)}`);
      });
    },
  };
}

/** Runs a test against a database of its own. */
export async function withDatabase(work: (database: TestDatabase) => Promise<void>): Promise<void> {
  const database = await createTestDatabase();
  try {
    await work(database);
  } finally {
    await database.drop();
  }
}

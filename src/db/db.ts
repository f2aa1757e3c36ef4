import { Session } from './session.ts';
import { pg, type Sql } from './sql.ts';

/** What the hub's own parts may do in the database, each under a role of its own. */
export const HUB_ROLES = ['intake', 'operator', 'transactor', 'ledger', 'issuer'] as const;
export type HubRole = (typeof HUB_ROLES)[number];

/** The pool's user has no right of its own: whoever forgets the role is refused by Postgres, not by us. */
export interface Db {
  readonly pool: pg.Pool;
  /** `<database>_`: roles belong to the whole server, so each database's have its name before them. */
  readonly prefix: string;
  roleName(role: HubRole | string): string;
  transaction<T>(role: HubRole, work: (sql: Sql) => Promise<T>): Promise<T>;
  /** A repeatable-read, read-only transaction under any role name. */
  read<T>(role: string, work: (sql: Sql) => Promise<T>): Promise<T>;
  session(role: string, mode: 'read' | 'write'): Session;
  end(): Promise<void>;
}

/** @param url of the app user. @param size connections at most. */
export function openDb(url: string, options: { size?: number; onError?: (error: Error) => void } = {}): Db {
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  const prefix = `${database}_`;
  const pool = new pg.Pool({ connectionString: url, max: options.size ?? 10, application_name: 'obhvat' });
  // The pool repeats what happens to idle connections only: one that is cut off between two statements of a transaction would end the process.
  pool.on('connect', (client) => client.on('error', (error) => options.onError?.(error)));
  pool.on('error', () => undefined);
  const roleName = (role: string) => (role.startsWith(prefix) ? role : prefix + role);
  const quoted = (role: string) => `"${roleName(role).replaceAll('"', '""')}"`;

  async function within<T>(begin: string, role: string, work: (sql: Sql) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let broken = false;
    try {
      await client.query(`${begin}; set local role ${quoted(role)}`);
      const result = await work({ query: (text, values) => client.query(text, values as unknown[]) as never });
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => {
        broken = true;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    pool,
    prefix,
    roleName,
    transaction: (role, work) => within('begin', role, work),
    read: (role, work) => within('begin isolation level repeatable read read only', role, work),
    session: (role, mode) => new Session(pool, roleName(role), mode),
    end: () => pool.end(),
  };
}

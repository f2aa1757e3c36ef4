import type { Sql } from '../db/sql.ts';

/** The transactions that intake asks for: a file is taken in by one. */
export interface IntakeDb {
  transaction<T>(role: 'intake', work: (sql: Sql) => Promise<T>): Promise<T>;
}

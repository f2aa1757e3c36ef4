import type { Sql } from '../../db/sql.ts';

/** A statement that Postgres keeps ready on each connection under its name: planned once, not at every record. */
export interface Prepared {
  readonly name: string;
  readonly text: string;
}

/** Asks by a prepared statement. `pg` takes one in the place of a text. */
export function ask<R extends object = Record<string, unknown>>(
  sql: Sql,
  { name, text }: Prepared,
  values: readonly unknown[],
): Promise<{ rows: R[]; rowCount: number | null }> {
  return sql.query<R>({ name, text } as unknown as string, values);
}

const settings = (mode: 'on' | 'off'): string =>
  ['seqscan', 'hashjoin', 'mergejoin', 'bitmapscan'].map((way) => `set local enable_${way} = ${mode}`).join('; ');
/**
 * For a transaction that links few records. A plan made while the tables were small, or by statistics of yesterday, must not read a million rows to find ten:
 * whatever has an index is found by it.
 */
export const BY_INDEX = `set local jit = off; set local plan_cache_mode = force_generic_plan; ${settings('off')}`;
const AS_PLANNED = `set local plan_cache_mode = auto; ${settings('on')}`;

/** The same transaction for many records: each statement is planned for what it is given. */
export async function forMany(sql: Sql): Promise<Sql> {
  await sql.query(AS_PLANNED);
  return { query: (statement, values) => sql.query(typeof statement === 'string' ? statement : (statement as Prepared).text, values) };
}

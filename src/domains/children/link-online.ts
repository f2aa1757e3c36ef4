import type { Sql } from '../../db/sql.ts';
import { arrayLiteral } from '../../intake/array-literal.ts';
import type { Happening } from './link-write.ts';

/**
 * Records without link features (recorded online on a known child) are compared with nothing. When all other records of their child are found to be another's, they go along:
 * on a number without any other record nobody would meet them.
 * @param whither child that lost its last compared record → child that has it now.
 */
export async function followOnline(sql: Sql, whither: ReadonlyMap<string, string>): Promise<Happening[]> {
  if (whither.size === 0) return [];
  const { rows } = await sql.query<{ record: string; child: string }>(
    `select m.record_id::text as record, m.child_id::text as child from hub.membership m
     where m.child_id = any($1::bigint[]) and m.valid_to is null and not exists (select from hub.link_feature f where f.record_id = m.record_id) order by m.record_id`,
    [arrayLiteral([...whither.keys()])],
  );
  const byChild = Map.groupBy(rows, ({ child }) => whither.get(child) as string);
  return [...byChild].map(([to, records]) => ({
    kind: 'link' as const,
    child: to,
    evidence: { links: [], follows: [...new Set(records.map(({ child }) => child))] },
    moves: records.map(({ record, child }) => ({ record, from: child, to })),
  }));
}

import type { Db } from '../../db/db.ts';
import type { Country, IsoDate } from '../../kernel/brands.ts';
import { streamCoverage } from '../children/coverage-loader.ts';
import { type Cell, suppress } from './suppression.ts';

/**
 * Counts the children of a country by municipality and derived status and publishes the table, suppressed before it is stored.
 * Published tables are the only statistics: their dimensions are fixed, so that no two of them can be subtracted.
 */
export async function publishStatistics(db: Db, country: Country, asOf: IsoDate): Promise<number> {
  const counts = new Map<string, Cell>();
  await db.transaction('intake', async (sql) => {
    const places = new Map<string, string>();
    const { rows } = await sql.query<{ child_id: string; municipality: string }>(
      'select child_id, municipality from hub.child where not vacant and municipality is not null and country = $1',
      [country],
    );
    for (const row of rows) places.set(row.child_id, row.municipality);
    await streamCoverage(sql, { asOf, country }, (childId, { status }) => {
      const municipality = places.get(childId);
      if (!municipality) return;
      const key = `${municipality}|${status}`;
      const cell = counts.get(key) ?? { row: municipality, column: status, count: 0 };
      cell.count += 1;
      counts.set(key, cell);
    });
    const published = suppress([...counts.values()]);
    await sql.query('delete from hub.published_table where country = $1 and as_of = $2', [country, asOf]);
    await sql.query(
      `insert into hub.published_table (country, as_of, municipality, status, children, suppressed)
       select $1, $2, r.municipality, r.status, r.children, r.children is null
       from unnest($3::text[], $4::text[], $5::integer[]) r(municipality, status, children)`,
      [country, asOf, published.map(({ row }) => row), published.map(({ column }) => column), published.map(({ count }) => count)],
    );
  });
  return counts.size;
}

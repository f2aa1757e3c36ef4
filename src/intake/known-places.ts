import type { Sql } from '../db/sql.ts';
import type { Country } from '../kernel/brands.ts';
import type { KnownSchool } from './feed-format.ts';

/** Schools by id and municipalities by `<country>:<settlement>`, of the lists of schools that stand now. */
export async function loadKnownPlaces(sql: Sql): Promise<{ schools: Map<string, KnownSchool>; municipalities: Map<string, string> }> {
  const { rows } = await sql.query<KnownSchool & { school_id: string; country: Country }>(
    'select school_id, country, settlement, municipality, district from school.school where is_current order by record_id',
  );
  return placesOf(
    rows.map(({ school_id, country, settlement, municipality, district }) => [school_id, { country, settlement, municipality, district }]),
  );
}

/** A settlement whose schools lie in two municipalities gives none: only what is known for sure is used. */
export function placesOf(list: Iterable<readonly [string, KnownSchool]>): {
  schools: Map<string, KnownSchool>;
  municipalities: Map<string, string>;
} {
  const schools = new Map<string, KnownSchool>();
  const municipalities = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const [id, school] of list) {
    schools.set(id, school);
    if (!school.settlement || !school.municipality) continue;
    const key = `${school.country}:${school.settlement}`;
    const before = municipalities.get(key);
    if (before !== undefined && before !== school.municipality) ambiguous.add(key);
    municipalities.set(key, school.municipality);
  }
  for (const key of ambiguous) municipalities.delete(key);
  return { schools, municipalities };
}

import { hash } from 'node:crypto';
import type { Sql } from '../../db/sql.ts';
import { arrayLiteral } from '../../intake/array-literal.ts';
import type { Country, FeedKind } from '../../kernel/brands.ts';
import type { LinkEngine, LinkId, LinkRecord } from '../../linkage/engine.ts';

/** Values bound to one statement. */
export const BATCH = 10_000;
/** A key that so many records share says nothing about a person. */
const COMMON_KEY = 500;

export function* batchesOf<T>(list: readonly T[], size = BATCH): Generator<readonly T[]> {
  for (let i = 0; i < list.length; i += size) yield list.slice(i, i + size);
}

interface FeatureRow {
  record: string;
  kind: FeedKind;
  source: LinkRecord['source'];
  country: Country;
  given_name: string | null;
  patronymic: string | null;
  family_name: string | null;
  birth_year: number | null;
  birth_month: number | null;
  birth_day: number | null;
  sex: string | null;
  settlement: string | null;
  settlement_text: string | null;
  municipality: string | null;
  school_id: string | null;
  mother_name: string | null;
  mother: string | null;
  father: string | null;
  guardian: string | null;
}

const FEATURES = `select f.record_id::text as record, s.kind, f.source, f.country, f.given_name, f.patronymic, f.family_name, f.birth_year, f.birth_month, f.birth_day, f.sex,
    f.settlement, f.settlement_text, f.municipality, f.school_id, f.mother_name,
    encode(f.mother_mac, 'hex') as mother, encode(f.father_mac, 'hex') as father, encode(f.guardian_mac, 'hex') as guardian
  from hub.link_feature f join hub.source_record s using (record_id) where f.record_id = any($1::bigint[])`;
/** Home addresses, as the rooms hold them. */
const ADDRESSES = `select record_id::text as record, address from (
    select record_id, current_address as address from registry.person where record_id = any($1::bigint[])
    union all select record_id, permanent_address from registry.person where record_id = any($1::bigint[]) and permanent_address is distinct from current_address
    union all select record_id, address from assistance.entitlement where record_id = any($1::bigint[])
    union all select record_id, address from assistance.parent_abroad_notice where record_id = any($1::bigint[])
    union all select record_id, address from outreach.visit where record_id = any($1::bigint[])) a where address is not null`;
const IDS = `select record_id::text as record, scheme, encode(mac, 'hex') as mac, is_valid as valid from hub.child_identifier where record_id = any($1::bigint[])`;

/** What linkage compares of some records. */
export async function loadLinkRecords(sql: Sql, records: readonly string[]): Promise<LinkRecord[]> {
  const loaded: LinkRecord[] = [];
  for (const batch of batchesOf(records)) {
    const ids = Map.groupBy((await sql.query<LinkId & { record: string }>(IDS, [batch])).rows, ({ record }) => record);
    const addresses = Map.groupBy((await sql.query<{ record: string; address: string }>(ADDRESSES, [batch])).rows, ({ record }) => record);
    for (const row of (await sql.query<FeatureRow>(FEATURES, [batch])).rows)
      loaded.push(
        recordOf(
          row,
          (ids.get(row.record) ?? []).map(({ scheme, mac, valid }) => ({ scheme, mac, valid })),
          (addresses.get(row.record) ?? []).map(({ address }) => address),
        ),
      );
  }
  return loaded;
}

const recordOf = (row: FeatureRow, ids: readonly LinkId[], addresses: readonly string[]): LinkRecord => ({
  record: row.record,
  kind: row.kind,
  source: row.source,
  country: row.country,
  ids,
  givenName: row.given_name,
  patronymic: row.patronymic,
  familyName: row.family_name,
  birth: row.birth_year === null ? null : { year: row.birth_year, month: row.birth_month, day: row.birth_day },
  sex: row.sex,
  settlement: row.settlement,
  settlementText: row.settlement_text,
  municipality: row.municipality,
  schoolId: row.school_id,
  addresses,
  motherName: row.mother_name,
  motherMac: row.mother,
  fatherMac: row.father,
  guardianMac: row.guardian,
});

const strings = async (sql: Sql, text: string, values: readonly unknown[] = []): Promise<string[]> =>
  (await sql.query<{ record: string }>(text, values)).rows.map(({ record }) => record);

/** Current records that are linked to no child yet, in order. */
export const loadNewRecords = (sql: Sql): Promise<string[]> =>
  strings(
    sql,
    `select f.record_id::text as record from hub.link_feature f
     where f.is_current and not exists (select from hub.membership m where m.record_id = f.record_id and m.valid_to is null) order by f.record_id`,
  );

// Stored hashed: shorter than an address, and no name or id can be read off the index.
const stored = (key: string): string => hash('sha1', key, 'base64url').slice(0, 14);

/** Writes the keys of records anew. */
export async function writeKeys(sql: Sql, engine: LinkEngine, records: readonly LinkRecord[]): Promise<void> {
  for (const batch of batchesOf(records)) {
    const keys: string[] = [];
    const owners: string[] = [];
    for (const record of batch) {
      for (const key of new Set(engine.keys(record))) {
        keys.push(stored(key));
        owners.push(record.record);
      }
    }
    await sql.query('delete from hub.link_key where record_id = any($1::bigint[])', [arrayLiteral(batch.map(({ record }) => record))]);
    await sql.query('insert into hub.link_key (key, record_id) select * from unnest($1::text[], $2::bigint[])', [
      arrayLiteral(keys),
      arrayLiteral(owners),
    ]);
  }
}

const NEIGHBOURS = `with k as materialized (select distinct key from hub.link_key where record_id = any($1::bigint[])),
    n as (select l.record_id, count(*) over (partition by l.key) as holders from k join hub.link_key l using (key))
  select distinct record_id::text as record from n where holders <= ${COMMON_KEY}`;
const MATES = `select distinct b.record_id::text as record from hub.membership a join hub.membership b on b.child_id = a.child_id and b.valid_to is null
    join hub.link_feature f on f.record_id = b.record_id and f.is_current
  where a.record_id = any($1::bigint[]) and a.valid_to is null`;

/** Some records with all that may have to be linked anew because of them: those that share a key, and whole children, until nothing is added. */
export async function closureOf(sql: Sql, seeds: readonly string[]): Promise<string[]> {
  const all = await strings(sql, 'select record_id::text as record from hub.link_feature where is_current');
  const closure = new Set(seeds);
  let frontier: readonly string[] = [...seeds];
  while (frontier.length > 0) {
    // Beyond half of everything, finding out who is left costs more than comparing them.
    if (closure.size * 2 > all.length) return all;
    const found = [...(await strings(sql, NEIGHBOURS, [frontier])), ...(await strings(sql, MATES, [frontier]))];
    frontier = [...new Set(found.filter((record) => !closure.has(record)))];
    for (const record of frontier) closure.add(record);
  }
  return [...closure];
}

/** Decisions of humans, each carried over to the latest version of its records. */
export async function loadCannotLink(sql: Sql): Promise<[string, string][]> {
  const { rows } = await sql.query<{ a: string; b: string }>(
    `with recursive latest (origin, record_id) as (
       select u.r, u.r from (select a as r from hub.cannot_link where revoked_at is null union select b from hub.cannot_link where revoked_at is null) u
       union select l.origin, s.record_id from latest l join hub.source_record s on s.previous_record = l.record_id)
     select distinct x.record_id::text as a, y.record_id::text as b from hub.cannot_link c join latest x on x.origin = c.a join latest y on y.origin = c.b where c.revoked_at is null`,
  );
  return rows.map(({ a, b }) => [a, b]);
}

import type { Sql } from '../../db/sql.ts';
import { arrayLiteral } from '../../intake/array-literal.ts';
import { hashedHome } from '../../linkage/compare-home.ts';
import type { LinkId, LinkRecord } from '../../linkage/engine.ts';
import { ask, type Prepared } from './link-sql.ts';

/** Values bound to one statement. */
export const BATCH = 10_000;

export function* batchesOf<T>(list: readonly T[], size = BATCH): Generator<readonly T[]> {
  for (let i = 0; i < list.length; i += size) yield list.slice(i, i + size);
}

/** A record as `hub.link_profile` holds it: by position, `recordOf` says what stands where. */
export type ProfileBody = readonly [
  kind: LinkRecord['kind'],
  source: LinkRecord['source'],
  country: LinkRecord['country'],
  givenName: string | null,
  patronymic: string | null,
  familyName: string | null,
  birth: readonly [number, number | null, number | null] | null,
  sex: string | null,
  settlement: string | null,
  settlementText: string | null,
  municipality: string | null,
  schoolId: string | null,
  motherName: string | null,
  motherMac: string | null,
  fatherMac: string | null,
  guardianMac: string | null,
  ids: readonly StoredId[],
  addresses: readonly string[],
];
type StoredId = readonly [
  scheme: LinkId['scheme'],
  mac: string,
  valid: boolean,
  stated: readonly [number, number | null, number | null] | null,
  sex: 'M' | 'F' | null,
  corrections: readonly string[],
];
export interface ProfileRow {
  readonly record: string;
  readonly body: ProfileBody;
}

/** A record as its room holds it, from `hub.link_feature` f and `hub.source_record` s. */
export const FEATURES = `jsonb_build_array(s.kind, f.source, f.country, f.given_name, f.patronymic, f.family_name,
      case when f.birth_year is not null then jsonb_build_array(f.birth_year, f.birth_month, f.birth_day) end, f.sex,
      f.settlement, f.settlement_text, f.municipality, f.school_id, f.mother_name, encode(f.mother_mac, 'hex'), encode(f.father_mac, 'hex'), encode(f.guardian_mac, 'hex'),
      coalesce((select jsonb_agg(jsonb_build_array(i.scheme, encode(i.mac, 'hex'), i.is_valid,
          case when i.stated_year is not null then jsonb_build_array(i.stated_year, i.stated_month, i.stated_day) end,
          i.stated_sex, coalesce((select jsonb_agg(encode(c, 'hex') order by c) from unnest(i.corrections) c), '[]')) order by i.scheme)
        from hub.child_identifier i where i.record_id = f.record_id), '[]'),
      coalesce((select jsonb_agg(distinct h.address) from (
          select p.current_address as address from registry.person p where p.record_id = f.record_id
          union all select p.permanent_address from registry.person p where p.record_id = f.record_id
          union all select e.address from assistance.entitlement e where e.record_id = f.record_id
          union all select n.address from assistance.parent_abroad_notice n where n.record_id = f.record_id
          union all select v.address from outreach.visit v where v.record_id = f.record_id) h where h.address is not null), '[]'))`;
const READ_FEATURES: Prepared = {
  name: 'link-features',
  text: `select f.record_id::text as record, ${FEATURES} as body
    from unnest($1::bigint[]) u (record_id) join hub.link_feature f using (record_id) join hub.source_record s using (record_id)`,
};
const READ: Prepared = {
  name: 'link-profile-read',
  text: 'select p.record_id::text as record, p.body from unnest($1::bigint[]) u (record_id) join hub.link_profile p using (record_id)',
};
export function recordOf({ record, body }: ProfileRow): LinkRecord {
  const birth = body[6];
  return {
    record,
    kind: body[0],
    source: body[1],
    country: body[2],
    givenName: body[3],
    patronymic: body[4],
    familyName: body[5],
    birth: birth && { year: birth[0], month: birth[1], day: birth[2] },
    sex: body[7],
    settlement: body[8],
    settlementText: body[9],
    municipality: body[10],
    schoolId: body[11],
    motherName: body[12],
    motherMac: body[13],
    fatherMac: body[14],
    guardianMac: body[15],
    ids: body[16].map(([scheme, mac, valid, stated, sex, corrections]) => ({
      scheme,
      mac,
      valid,
      birth: stated && { year: stated[0], month: stated[1], day: stated[2] },
      sex,
      corrections,
    })),
    addresses: body[17],
  };
}

export function bodyOf(record: LinkRecord): ProfileBody {
  const { birth } = record;
  return [
    record.kind,
    record.source,
    record.country,
    record.givenName,
    record.patronymic,
    record.familyName,
    birth && [birth.year, birth.month, birth.day],
    record.sex,
    record.settlement,
    record.settlementText,
    record.municipality,
    record.schoolId,
    record.motherName,
    record.motherMac,
    record.fatherMac,
    record.guardianMac,
    record.ids.map(({ scheme, mac, valid, birth: stated, sex, corrections }) => [
      scheme,
      mac,
      valid,
      stated && [stated.year, stated.month, stated.day],
      sex,
      corrections,
    ]),
    record.addresses,
  ];
}

/** With homes hashed, as the profile keeps them. */
export function withHomesHashed(row: ProfileRow): LinkRecord {
  const record = recordOf(row);
  return { ...record, addresses: [...new Set(record.addresses.flatMap((address) => hashedHome(address) ?? []))] };
}

/** Records as their rooms hold them, ready to be compared and kept. */
export async function readFeatures(sql: Sql, records: readonly string[]): Promise<LinkRecord[]> {
  const read: LinkRecord[] = [];
  for (const batch of batchesOf(records, 2_000))
    read.push(...(await ask<ProfileRow>(sql, READ_FEATURES, [arrayLiteral(batch)])).rows.map(withHomesHashed));
  return read;
}

/** Records as linkage compares them; those that have left are not among them. */
export async function loadLinkRecords(sql: Sql, records: readonly string[]): Promise<LinkRecord[]> {
  const loaded: LinkRecord[] = [];
  for (const batch of batchesOf(records)) loaded.push(...(await ask<ProfileRow>(sql, READ, [arrayLiteral(batch)])).rows.map(recordOf));
  return loaded;
}

const PAGE = 5_000;

/** All records that stand in linkage, in the order of their numbers, page by page. */
export async function* streamLinkRecords(sql: Sql): AsyncGenerator<LinkRecord[]> {
  let after = '0';
  for (;;) {
    const { rows } = await sql.query<ProfileRow>(
      `select record_id::text as record, body from hub.link_profile where record_id > $1::bigint order by record_id limit ${PAGE}`,
      [after],
    );
    const last = rows.at(-1);
    if (last) yield rows.map(recordOf);
    if (!last || rows.length < PAGE) return;
    after = last.record;
  }
}

export interface StandingDecision {
  readonly a: string;
  readonly b: string;
  readonly verdict: 'SAME' | 'DIFFERENT';
}

/** What humans have decided and holds today, in the order in which they did; of several decisions on one pair the latest. */
export async function loadDecisions(sql: Sql): Promise<StandingDecision[]> {
  const { rows } = await sql.query<StandingDecision>(
    `select d.a::text as a, d.b::text as b, d.verdict from (select distinct on (a, b) * from hub.standing_decision order by a, b, decision_id desc) d order by d.decision_id`,
  );
  return rows;
}

import type { Exchange } from '../../exchange/context.ts';
import { reads } from '../../exchange/datum.ts';

/** Field of `LinkReviewSide` → its table, the columns it is made of, and the expression. A column is read only when its field is asked for. */
const FIELDS = {
  givenName: { table: 'hub.link_feature', columns: ['given_name'], text: 'f.given_name' },
  patronymic: { table: 'hub.link_feature', columns: ['patronymic'], text: 'f.patronymic' },
  familyName: { table: 'hub.link_feature', columns: ['family_name'], text: 'f.family_name' },
  birthDate: {
    table: 'hub.link_feature',
    columns: ['birth_year', 'birth_month', 'birth_day'],
    text: `concat_ws('-', to_char(f.birth_year, 'FM0000'), to_char(f.birth_month, 'FM00'), case when f.birth_month is not null then to_char(f.birth_day, 'FM00') end)`,
  },
  birthYear: { table: 'hub.link_feature', columns: ['birth_year'], text: 'f.birth_year' },
  sex: { table: 'hub.link_feature', columns: ['sex'], text: 'f.sex' },
  settlement: { table: 'hub.link_feature', columns: ['settlement', 'settlement_text'], text: 'coalesce(f.settlement, f.settlement_text)' },
  municipality: { table: 'hub.link_feature', columns: ['municipality'], text: 'f.municipality' },
  school: { table: 'hub.link_feature', columns: ['school_id'], text: 'f.school_id' },
  schoolName: {
    table: 'hub.link_feature',
    columns: ['school_id'],
    text: '(select s.name from school.school s where s.school_id = f.school_id and s.is_current limit 1)',
  },
  sourceKind: {
    table: 'hub.source_record',
    columns: ['record_id', 'kind'],
    text: '(select r.kind from hub.source_record r where r.record_id = f.record_id)',
  },
  nationalIdEnding: {
    table: 'hub.child_identifier',
    columns: ['record_id', 'scheme', 'ending'],
    text: '(select i.ending from hub.child_identifier i where i.record_id = f.record_id order by i.scheme limit 1)',
  },
} as const;
export type SideField = keyof typeof FIELDS;
const isSideField = (name: string): name is SideField => Object.hasOwn(FIELDS, name);

for (const [field, { table, columns }] of Object.entries(FIELDS)) {
  reads(`LinkReviewSide.${field}`, 'hub.link_feature', ['record_id']);
  reads(`LinkReviewSide.${field}`, table, columns);
}
reads('LinkReviewSide.schoolName', 'school.school', ['school_id', 'name', 'is_current']);

/** A record to be shown, and the child that it is linked to now. */
export interface SideRecord {
  readonly record: string;
  readonly child: string;
}
export type ShownSide = Readonly<Record<string, unknown>>;

/** What policy keeps back for some of these children, of the asked fields. Every released one is written down. */
async function keptBack(
  exchange: Exchange,
  fields: readonly SideField[],
  children: readonly string[],
): Promise<Map<SideField, Set<string>>> {
  const kept = new Map<SideField, Set<string>>();
  for (const field of fields) {
    const released = await exchange.load.permitted(`LinkReviewSide.${field}`, children);
    if (released.size < children.length) kept.set(field, new Set(children.filter((child) => !released.has(child))));
  }
  return kept;
}

/**
 * Records as a reviewer sees them: the asked fields alone, under the view's role. @returns record number → fields.
 * @param asked names of fields of `LinkReviewSide`; others are left out.
 */
export async function loadSides(
  exchange: Exchange,
  records: readonly SideRecord[],
  asked: readonly string[],
): Promise<Map<string, ShownSide>> {
  const fields = asked.filter(isSideField);
  const sides = new Map<string, ShownSide>(records.map(({ record }) => [record, {}]));
  if (fields.length === 0 || records.length === 0) return sides;
  const columns = fields.map((field) => `${FIELDS[field].text} as "${field}"`).join(', ');
  const rows = await exchange.session.query<{ $record: string } & Record<string, unknown>>(
    `select f.record_id::text as "$record", ${columns} from hub.link_feature f where f.record_id = any($1::bigint[])`,
    [[...sides.keys()]],
  );
  const kept = await keptBack(exchange, fields, [...new Set(records.map(({ child }) => child))]);
  const childOf = new Map(records.map(({ record, child }) => [record, child]));
  for (const { $record, ...values } of rows) {
    const child = childOf.get($record) as string;
    sides.set(
      $record,
      Object.fromEntries(
        Object.entries(values).map(([field, value]) => [field, kept.get(field as SideField)?.has(child) || value === '' ? null : value]),
      ),
    );
  }
  return sides;
}

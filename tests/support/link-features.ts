import type { Sql } from '../../src/db/sql.ts';

/** What linkage is told of a record, without a file that it came in. */
export interface BareRecord {
  readonly given: string;
  readonly family: string;
  readonly source?: 'registry' | 'school' | 'assistance' | 'outreach';
  readonly previous?: string;
}

let line = 0;

/** Writes records with their link features, as intake would. @returns their numbers. */
export async function addRecords(sql: Sql, records: readonly BareRecord[]): Promise<string[]> {
  const { rows } = await sql.query<{ delivery_id: string }>(
    "insert into hub.delivery (kind, supplier, file_name, sha256) values ('visits', 'x', 'f', '\\x00') returning delivery_id",
  );
  const numbers: string[] = [];
  for (const { given, family, source = 'outreach', previous } of records) {
    line += 1;
    const made = await sql.query<{ record_id: string }>(
      `insert into hub.source_record (kind, supplier, delivery_id, file_name, line, content_mac, occurrence, natural_mac, previous_record)
       values ($1, 'x', $2, 'f', $3, $4, 1, $4, $5) returning record_id`,
      [source === 'registry' ? 'population' : 'visits', rows[0]?.delivery_id, line, Buffer.from(String(line)), previous ?? null],
    );
    const number = made.rows[0]?.record_id as string;
    await sql.query("insert into hub.link_feature (record_id, source, country, given_name, family_name) values ($1, $2, 'BG', $3, $4)", [
      number,
      source,
      given,
      family,
    ]);
    await sql.query('insert into outreach.visit (record_id, team) values ($1, $2)', [number, 'team']);
    numbers.push(number);
  }
  return numbers;
}

/** Marks records as replaced, as intake does when a correction comes. */
export async function retireRecords(sql: Sql, records: readonly string[]): Promise<void> {
  for (const table of ['outreach.visit', 'hub.link_feature', 'hub.source_record'])
    await sql.query(`update ${table} set is_current = false where record_id = any($1::bigint[])`, [records]);
}

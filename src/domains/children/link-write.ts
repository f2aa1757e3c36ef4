import type { Sql } from '../../db/sql.ts';
import { arrayLiteral } from '../../intake/array-literal.ts';
import { batchesOf } from './link-store.ts';

/** A record that is linked to another child than before; `from` is null when it was linked to none. */
export interface Move {
  readonly record: string;
  readonly from: string | null;
  readonly to: string;
}
/** What happened to one child. Evidence holds record numbers and rule names, nothing personal. */
export interface Happening {
  readonly kind: 'link' | 'unlink' | 'split';
  readonly child: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly moves: readonly Move[];
}

const BEARING = [
  'registry.person',
  'school.enrolment',
  'school.absence_month',
  'assistance.entitlement',
  'assistance.parent_abroad_notice',
  'outreach.visit',
  'hub.assertion',
  'hub.child_identifier',
  'hub.guardian_claim',
] as const;

/** New child numbers, in ascending order. */
export async function createChildren(sql: Sql, count: number): Promise<string[]> {
  if (count === 0) return [];
  const { rows } = await sql.query<{ child_id: string }>(
    'insert into hub.child (country) select null from generate_series(1, $1::integer) returning child_id',
    [count],
  );
  return rows.map(({ child_id }) => child_id).sort((a, b) => Number(a) - Number(b));
}

/** Sets the child of records in every table that bears one; null: of none. Table names are the program's own. */
export async function setChild(sql: Sql, pairs: readonly { readonly record: string; readonly child: string | null }[]): Promise<void> {
  for (const batch of batchesOf(pairs)) {
    const values = [arrayLiteral(batch.map(({ record }) => record)), arrayLiteral(batch.map(({ child }) => child))];
    for (const table of BEARING) {
      await sql.query(
        `update ${table} t set child_id = u.child from unnest($1::bigint[], $2::bigint[]) as u (record, child)
         where t.record_id = u.record and t.child_id is distinct from u.child`,
        values,
      );
    }
  }
}

/** Ends memberships as of now; they are never deleted. */
export async function closeMemberships(sql: Sql, records: readonly string[]): Promise<void> {
  for (const batch of batchesOf(records))
    await sql.query('update hub.membership set valid_to = now() where record_id = any($1::bigint[]) and valid_to is null', [batch]);
}

/** Writes events, closes the memberships that they end, opens the new ones, and sets the children of the records. */
export async function writeHappenings(
  sql: Sql,
  by: { readonly actor: string; readonly engine: string },
  happenings: readonly Happening[],
): Promise<void> {
  for (const batch of batchesOf(happenings)) {
    const moves = batch.flatMap((one) => one.moves);
    await closeMemberships(
      sql,
      moves.filter(({ from }) => from !== null).map(({ record }) => record),
    );
    const { rows } = await sql.query<{ event_id: string; child: string }>(
      `insert into hub.identity_event (kind, actor, engine, evidence, moved)
       select u.kind, $1, $2, u.evidence, u.moved from unnest($3::text[], $4::jsonb[], $5::jsonb[]) as u (kind, evidence, moved)
       returning event_id, evidence->>'child' as child`,
      [
        by.actor,
        by.engine,
        arrayLiteral(batch.map(({ kind }) => kind)),
        arrayLiteral(batch.map(({ child, evidence }) => JSON.stringify({ child, ...evidence }))),
        arrayLiteral(batch.map((one) => JSON.stringify(one.moves))),
      ],
    );
    const events = new Map(rows.map(({ child, event_id }) => [child, event_id]));
    for (const part of batchesOf(batch.flatMap(({ child, moves: list }) => list.map((move) => ({ ...move, event: events.get(child) }))))) {
      await sql.query(
        'insert into hub.membership (record_id, child_id, event_id) select * from unnest($1::bigint[], $2::bigint[], $3::bigint[])',
        [part.map(({ record }) => record), part.map(({ to }) => to), part.map(({ event }) => event ?? null)].map(arrayLiteral),
      );
    }
    await setChild(
      sql,
      moves.map(({ record, to }) => ({ record, child: to })),
    );
  }
}

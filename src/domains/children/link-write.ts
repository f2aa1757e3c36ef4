import type { Sql } from '../../db/sql.ts';
import { arrayLiteral } from '../../intake/array-literal.ts';
import { ask, type Prepared } from './link-sql.ts';
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
/** A happening as it stands in the log. */
export interface Recorded extends Happening {
  readonly event: string;
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

const CREATE: Prepared = {
  name: 'link-create-children',
  text: 'insert into hub.child (country) select null from generate_series(1, $1::integer) returning child_id::text',
};
// Table names are the program's own.
const BEAR = BEARING.map(
  (table, i) =>
    `t${i} as (update ${table} t set child_id = u.child from u where t.record_id = u.record and t.child_id is distinct from u.child)`,
).join(', ');
const SET_CHILD: Prepared = {
  name: 'link-set-child',
  text: `with u as materialized (select * from unnest($1::bigint[], $2::bigint[]) as x (record, child)), ${BEAR} select 1 where false`,
};
const CLOSE: Prepared = {
  name: 'link-close-memberships',
  text: 'update hub.membership set valid_to = now() where record_id = any($1::bigint[]) and valid_to is null',
};
const OPEN: Prepared = {
  name: 'link-open-memberships',
  text: `with u as materialized (select * from unnest($6::bigint[], $7::bigint[]) as x (record, child)), e as (
      insert into hub.identity_event (kind, actor, engine, evidence, moved)
      select x.kind, $1, $2, x.evidence, x.moved from unnest($3::text[], $4::jsonb[], $5::jsonb[]) as x (kind, evidence, moved)
      returning event_id, (evidence->>'child')::bigint as child),
    m as (insert into hub.membership (record_id, child_id, event_id) select u.record, u.child, e.event_id from u join e using (child)), ${BEAR}
    select event_id::text as event, child::text as child from e`,
};

/** New child numbers, in ascending order. */
export async function createChildren(sql: Sql, count: number): Promise<string[]> {
  if (count === 0) return [];
  const { rows } = await ask<{ child_id: string }>(sql, CREATE, [count]);
  return rows.map(({ child_id }) => child_id).sort((a, b) => Number(a) - Number(b));
}

/** Sets the child of records in every table that bears one; null: of none. */
export async function setChild(sql: Sql, pairs: readonly { readonly record: string; readonly child: string | null }[]): Promise<void> {
  for (const batch of batchesOf(pairs))
    await ask(sql, SET_CHILD, [arrayLiteral(batch.map(({ record }) => record)), arrayLiteral(batch.map(({ child }) => child))]);
}

/** Ends memberships as of now; they are never deleted. */
export async function closeMemberships(sql: Sql, records: readonly string[]): Promise<void> {
  for (const batch of batchesOf(records)) await ask(sql, CLOSE, [arrayLiteral(batch)]);
}

/** Writes events, closes the memberships that they end, opens the new ones, and sets the children of the records. One happening a child. */
export async function writeHappenings(
  sql: Sql,
  by: { readonly actor: string; readonly engine: string },
  happenings: readonly Happening[],
): Promise<Recorded[]> {
  const recorded: Recorded[] = [];
  for (const batch of batchesOf(happenings, 5_000)) {
    const moves = batch.flatMap((one) => one.moves);
    await closeMemberships(
      sql,
      moves.filter(({ from }) => from !== null).map(({ record }) => record),
    );
    const { rows } = await ask<{ event: string; child: string }>(sql, OPEN, [
      by.actor,
      by.engine,
      arrayLiteral(batch.map(({ kind }) => kind)),
      arrayLiteral(batch.map(({ child, evidence }) => JSON.stringify({ child, ...evidence }))),
      arrayLiteral(batch.map((one) => JSON.stringify(one.moves))),
      arrayLiteral(moves.map(({ record }) => record)),
      arrayLiteral(moves.map(({ to }) => to)),
    ]);
    const events = new Map(rows.map(({ child, event }) => [child, event]));
    for (const happening of batch) recorded.push({ ...happening, event: events.get(happening.child) as string });
  }
  return recorded;
}

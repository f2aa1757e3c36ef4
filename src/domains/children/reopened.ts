import type { Sql } from '../../db/sql.ts';
import { arrayLiteral } from '../../intake/array-literal.ts';
import type { Recorded } from './link-write.ts';

/** The ledger's name of a child: a keyed hash. */
export type SubjectOf = (child: string) => Buffer;

/** Two children that were taken for one: `child` under whose number all stood, `other` for the records that left it. */
interface Parting {
  readonly event: string;
  readonly child: string;
  readonly other: string;
  readonly records: string[];
}

function partingsOf(happenings: readonly Recorded[]): Parting[] {
  const partings = new Map<string, Parting>();
  for (const { event, moves } of happenings) {
    for (const { record, from, to } of moves) {
      if (from === null || from === to) continue;
      const key = `${event} ${from}`;
      const known = partings.get(key);
      if (known) known.records.push(record);
      else partings.set(key, { event, child: from, other: to, records: [record] });
    }
  }
  return [...partings.values()];
}

const PARTED = `with parted as (select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::timestamptz[]) as u (event_id, child_id, other_id, since)),
  either as (select event_id, child_id, child_id as one, since from parted union select event_id, child_id, other_id, since from parted)`;
const NEW = `where not exists (select from hub.reopened r where r.kind = f.kind and r.subject_id = f.subject_id and r.child_id = f.child_id and r.settled_at is null)`;
// Visits and benefit rows of both children; cases that were not closed before the link was made.
const RECORDED = `${PARTED}, found as (
    select e.event_id, 'visit' as kind, v.record_id::text as subject_id, v.record_id, e.child_id from either e join outreach.visit v on v.child_id = e.one and v.is_current
    union select e.event_id, 'entitlement', a.record_id::text, a.record_id, e.child_id from either e join assistance.entitlement a on a.child_id = e.one and a.is_current
    union select e.event_id, 'case', t.case_id::text, null, e.child_id from either e join tracing.tracing_case t on t.child_id = e.one and (t.closed_on is null or t.closed_on >= e.since::date))
  insert into hub.reopened (event_id, kind, subject_id, record_id, child_id) select f.event_id, f.kind, f.subject_id, f.record_id, f.child_id from found f ${NEW}`;
const DISCLOSED = `with found as (
    select u.event_id, 'disclosure' as kind, d::text as subject_id, u.child_id from unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::timestamptz[]) as u (event_id, child_id, subject, since)
    cross join lateral ledger.disclosures_of(u.subject, u.since) d)
  insert into hub.reopened (event_id, kind, subject_id, child_id) select distinct f.event_id, f.kind, f.subject_id, f.child_id from found f ${NEW}`;

/** Since when the records that leave have stood under the child's number. */
async function beginnings(sql: Sql, partings: readonly Parting[]): Promise<string[]> {
  const { rows } = await sql.query<{ since: string }>(
    `select coalesce((select min(m.valid_from) from hub.membership m where m.child_id = u.child_id and m.record_id = any(u.records::bigint[])), now())::text as since
     from unnest($1::bigint[], $2::text[]) with ordinality as u (child_id, records, n) order by n`,
    [arrayLiteral(partings.map(({ child }) => child)), arrayLiteral(partings.map(({ records }) => arrayLiteral(records)))],
  );
  return rows.map(({ since }) => since);
}

/**
 * Lists for a human what was decided while records of two children stood under one number: visits, cases, benefit rows, and what was disclosed.
 * @param subjectOf without it the ledger cannot be asked, and no disclosure is listed.
 */
export async function recordReopened(sql: Sql, happenings: readonly Recorded[], subjectOf?: SubjectOf): Promise<void> {
  const partings = partingsOf(happenings);
  if (partings.length === 0) return;
  const since = await beginnings(sql, partings);
  const [events, children] = [arrayLiteral(partings.map(({ event }) => event)), arrayLiteral(partings.map(({ child }) => child))];
  await sql.query(RECORDED, [events, children, arrayLiteral(partings.map(({ other }) => other)), arrayLiteral(since)]);
  if (subjectOf)
    await sql.query(DISCLOSED, [events, children, arrayLiteral(partings.map(({ child }) => subjectOf(child))), arrayLiteral(since)]);
}

/** What was reopened by a decision that is taken back needs nobody any more. */
export async function settleReopened(sql: Sql, decision: string, actor: string): Promise<void> {
  await sql.query(
    `update hub.reopened r set settled_at = now(), settled_by = $2 from hub.identity_event e
     where e.event_id = r.event_id and e.evidence->>'decision' = $1 and r.settled_at is null and r.at > (select at - interval '1 second' from hub.pair_decision where decision_id = $1::bigint)`,
    [decision, actor],
  );
}

import type { Db } from '../../db/db.ts';
import type { Sql } from '../../db/sql.ts';
import { HubError } from '../../kernel/errors.ts';
import { compareRecords } from '../../linkage/engine.ts';
import { applyDecisions } from './link-decide.ts';
import type { ModelTools } from './link-model-store.ts';
import { LINKING_LOCK } from './linking-lock.ts';
import type { SubjectOf } from './reopened.ts';

export interface UnlinkRequest {
  /** Record numbers, decimal text, that are of two different children. */
  readonly record: string;
  readonly from: string;
  readonly actor: string;
  readonly reason: string;
  /** The ledger's name of a child; without it the disclosures about the two cannot be listed. */
  readonly subjectOf?: SubjectOf;
  readonly tools?: ModelTools;
}
export interface UnlinkReport {
  /** The child of each record afterwards. */
  readonly record: string;
  readonly from: string;
  readonly moved: number;
  /** Number of the decision, by which it is revoked. */
  readonly decision: string;
  /** Visits, cases, benefit rows and disclosures that wait for a human since. */
  readonly reopened: number;
}
const isNumber = (text: string): boolean => /^\d{1,18}$/.test(text);

async function childrenOf(sql: Sql, record: string, from: string): Promise<{ record: string; from: string }> {
  const { rows } = await sql.query<{ record: string; child: string }>(
    `select m.record_id::text as record, m.child_id::text as child from hub.membership m join hub.link_feature f using (record_id)
     where m.record_id = any($1::bigint[]) and m.valid_to is null`,
    [[record, from]],
  );
  const children = new Map(rows.map((row) => [row.record, row.child]));
  const [a, b] = [children.get(record), children.get(from)];
  if (a === undefined || b === undefined) throw new HubError('BAD_USER_INPUT', 'A record is unknown, or linked to no child.');
  return { record: a, from: b };
}

/**
 * Parts two records for good: every later linking, also of their corrections, keeps them apart. Only their component is linked anew; the child's number stays with the side that holds
 * the civil-registry record, else the oldest one. What was decided over the wrong link is listed for a human.
 * @throws HubError BAD_USER_INPUT when a record is unknown or linked to no child; CONFLICT when they are parted already.
 */
export function unlink(db: Db, { record, from, actor, reason, subjectOf, tools }: UnlinkRequest): Promise<UnlinkReport> {
  if (record === from || !isNumber(record) || !isNumber(from))
    throw new HubError('BAD_USER_INPUT', 'Name two different records by their numbers.');
  return db.transaction('intake', async (sql) => {
    await sql.query(LINKING_LOCK);
    await childrenOf(sql, record, from);
    const [a, b] = compareRecords(record, from) < 0 ? [record, from] : [from, record];
    const { rows: standing } = await sql.query(
      'select verdict from hub.standing_decision where a = $1 and b = $2 order by decision_id desc limit 1',
      [a, b],
    );
    if (standing[0]?.verdict === 'DIFFERENT') throw new HubError('CONFLICT', 'These records are parted already.');
    const { rows } = await sql.query<{ decision: string }>(
      `insert into hub.pair_decision (a, b, verdict, actor, reason) values ($1, $2, 'DIFFERENT', $3, $4) returning decision_id::text as decision`,
      [a, b, actor, reason],
    );
    const decision = rows[0]?.decision as string;
    const { moved } = await applyDecisions(sql, {
      records: [a, b],
      actor,
      reason,
      kind: 'unlink',
      decision,
      ...(subjectOf && { subjectOf }),
      ...(tools && { tools }),
    });
    const { rows: counted } = await sql.query<{ n: number }>(
      `select count(*)::integer as n from hub.reopened r join hub.identity_event e using (event_id) where e.evidence->>'decision' = $1 and e.at = now()`,
      [decision],
    );
    return { ...(await childrenOf(sql, record, from)), moved, decision, reopened: counted[0]?.n ?? 0 };
  });
}

/**
 * Takes a parting, or any other decision in force, back: the component is linked as if it had never been given, and what it had reopened needs nobody any more.
 * @throws HubError NOT_FOUND when there is no such decision; CONFLICT when it is revoked already.
 */
export function revokeDecision(
  db: Db,
  {
    decision,
    actor,
    reason,
    tools,
  }: { readonly decision: string; readonly actor: string; readonly reason: string; readonly tools?: ModelTools },
): Promise<{ readonly moved: number }> {
  if (!isNumber(decision)) throw new HubError('BAD_USER_INPUT', 'Name the decision by its number.');
  return db.transaction('intake', async (sql) => {
    await sql.query(LINKING_LOCK);
    const { rows } = await sql.query<{ records: string[]; verdict: string; revoked: boolean }>(
      `select array[hub.latest_version(a)::text, hub.latest_version(b)::text] as records, verdict, revoked_at is not null as revoked
       from hub.pair_decision where decision_id = $1::bigint for update`,
      [decision],
    );
    const [known] = rows;
    if (!known) throw new HubError('NOT_FOUND', 'There is no such decision.');
    if (known.revoked) throw new HubError('CONFLICT', 'The decision is revoked already.');
    await sql.query(
      'update hub.pair_decision set revoked_at = now(), revoked_by = $2, revoked_reason = $3 where decision_id = $1::bigint',
      [decision, actor, reason],
    );
    const kind = known.verdict === 'SAME' ? 'unlink' : 'link';
    const { moved } = await applyDecisions(sql, { records: known.records, actor, reason, kind, decision, ...(tools && { tools }) });
    return { moved };
  });
}

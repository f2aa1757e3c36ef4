import type { Sql } from '../../db/sql.ts';
import { HubError } from '../../kernel/errors.ts';
import { compareRecords } from '../../linkage/engine.ts';
import type { Verdict } from '../../linkage/pair.ts';
import { type Applied, applyDecision } from './review-apply.ts';
import type { SubjectOf } from './reopened.ts';
import { areTwoPersons, type Reviewer } from './reviewer.ts';

/**
 * IN_FORCE: links follow it · WAITING: its consequences are grave, and a second person must give the same · CONTESTED: a second person gave another, so both wait for a third ·
 * UNSURE: left to others · GOLD: the answer to a question whose answer is known.
 */
export type DecisionState = 'IN_FORCE' | 'WAITING' | 'CONTESTED' | 'UNSURE' | 'GOLD';
export interface Decided extends Applied {
  readonly decision: string;
  readonly state: DecisionState;
}
export interface DecideRequest {
  /** Record numbers, in either order. */
  readonly a: string;
  readonly b: string;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly reviewer: Reviewer;
  /** Only as the second person of a decision that waits. */
  readonly second?: boolean;
  /** The ledger's name of a child: by it the disclosures that were made over a wrong link are found. */
  readonly subjectOf?: SubjectOf;
}

export interface DecisionRow {
  decision: string;
  a: string;
  b: string;
  verdict: Verdict;
  actor: string;
  needsSecond: boolean;
  secondedBy: string | null;
  reason: string;
}
export const isInForce = ({ verdict, needsSecond, secondedBy }: DecisionRow): boolean =>
  verdict !== 'UNSURE' && (!needsSecond || secondedBy !== null);
const isWaiting = (row: DecisionRow): boolean => row.verdict !== 'UNSURE' && !isInForce(row);
export const isOwn = ({ actor, secondedBy }: DecisionRow, { id }: Reviewer): boolean => actor === id || secondedBy === id;

const PAIR_LOCK = `select pg_advisory_xact_lock(hashtextextended('hub/pair ' || $1 || ' ' || $2, 0))`;

/** Decisions on two records that are not revoked; gold answers are none. */
export async function loadPairDecisions(sql: Sql, a: string, b: string): Promise<DecisionRow[]> {
  const { rows } = await sql.query<DecisionRow>(
    `select decision_id::text as decision, a::text as a, b::text as b, verdict, actor, needs_second as "needsSecond", seconded_by as "secondedBy", reason
     from hub.pair_decision where a = $1 and b = $2 and revoked_at is null and not is_gold order by decision_id`,
    [a, b],
  );
  return rows;
}

/** Record numbers in their order, checked. @throws HubError BAD_USER_INPUT */
export function orderedPair(one: string, other: string): { a: string; b: string } {
  if (one === other || !/^\d{1,18}$/.test(one) || !/^\d{1,18}$/.test(other))
    throw new HubError('BAD_USER_INPUT', 'Name two different records by their numbers.');
  const [a, b] = compareRecords(one, other) < 0 ? [one, other] : [other, one];
  return { a, b };
}

/** @throws HubError BAD_USER_INPUT for a reason of nothing but spaces, or too long a one. */
export function checkedReason(reason: string): string {
  const text = reason.trim();
  if (text.length === 0 || text.length > 2000) throw new HubError('BAD_USER_INPUT', 'reason says why, in 1 to 2000 characters');
  return text;
}

async function isGrave(sql: Sql, a: string, b: string): Promise<boolean> {
  const { rows } = await sql.query<{ grave: boolean }>(
    'select of_children or of_identities as grave from hub.pair_gravity where a = $1 and b = $2',
    [a, b],
  );
  if (!rows[0]) throw new HubError('BAD_USER_INPUT', 'A record is unknown, or linked to no child.');
  return rows[0].grave;
}

function checkMayDecide(rows: readonly DecisionRow[], { reviewer, second }: DecideRequest): void {
  if (rows.some(isInForce)) throw new HubError('CONFLICT', 'a decision on these two is in force: revoke it first');
  const waiting = rows.filter(isWaiting);
  if (second && waiting.length === 0) throw new HubError('CONFLICT', 'no decision on these two waits for a second person');
  if (waiting.some(({ actor }) => !areTwoPersons(actor, reviewer.id)))
    throw new HubError('CONFLICT', 'this person has decided already: the second is another one');
}

async function insertDecision(sql: Sql, request: DecideRequest, needsSecond: boolean): Promise<string> {
  const { a, b, verdict, reason, reviewer } = request;
  const { rows } = await sql.query<{ decision: string }>(
    `insert into hub.pair_decision (a, b, verdict, actor, actor_name, reason, needs_second) values ($1, $2, $3, $4, $5, $6, $7) returning decision_id::text as decision`,
    [a, b, verdict, reviewer.id, reviewer.name, reason, needsSecond],
  );
  return (rows[0] as { decision: string }).decision;
}

const NOTHING: Applied = { applied: false, moved: 0 };

/**
 * Writes down what a person says of two records, and lets links follow once it is in force. Where consequences are grave two persons must say the same; the second is not told what the first said.
 * @param sql a transaction under the intake's role. @throws HubError BAD_USER_INPUT for records unknown or not linked; CONFLICT when a decision is in force, or this person has decided already.
 */
export async function decidePair(sql: Sql, asked: DecideRequest): Promise<Decided> {
  const request = { ...asked, ...orderedPair(asked.a, asked.b), reason: checkedReason(asked.reason) };
  const { a, b, verdict, reviewer } = request;
  const inForce = async (decision: string): Promise<Decided> => ({
    decision,
    state: 'IN_FORCE',
    ...(await applyDecision(sql, { ...request, decision, revoked: false, actor: reviewer.id })),
  });
  await sql.query(PAIR_LOCK, [a, b]);
  const grave = await isGrave(sql, a, b);
  const rows = await loadPairDecisions(sql, a, b);
  checkMayDecide(rows, request);
  if (verdict === 'UNSURE') return { decision: await insertDecision(sql, request, false), state: 'UNSURE', ...NOTHING };
  const waiting = rows.filter(isWaiting);
  const alike = waiting.find((row) => row.verdict === verdict);
  if (alike) {
    await sql.query('update hub.pair_decision set seconded_by = $2, seconded_at = now() where decision_id = $1', [
      alike.decision,
      reviewer.id,
    ]);
    return inForce(alike.decision);
  }
  const decision = await insertDecision(sql, request, grave || waiting.length > 0);
  if (waiting.length > 0) return { decision, state: 'CONTESTED', ...NOTHING };
  if (grave) return { decision, state: 'WAITING', ...NOTHING };
  return inForce(decision);
}

/**
 * Writes down the answer to a gold question. It links and parts nothing, now or later.
 * @throws HubError NOT_FOUND when the answer is not known (any more); CONFLICT when this person has answered it.
 */
export async function recordGoldAnswer(sql: Sql, asked: DecideRequest): Promise<Decided & { grave: boolean }> {
  const request = { ...asked, ...orderedPair(asked.a, asked.b), reason: checkedReason(asked.reason) };
  const { a, b, verdict, reviewer, reason } = request;
  await sql.query(PAIR_LOCK, [a, b]);
  const { rows: known } = await sql.query<{ verdict: 'SAME' | 'DIFFERENT' }>(
    'select verdict from hub.gold_pair where a = $1 and b = $2 limit 1',
    [a, b],
  );
  if (!known[0]) throw new HubError('NOT_FOUND');
  const { rows: before } = await sql.query('select 1 from hub.pair_decision where a = $1 and b = $2 and actor = $3 and is_gold', [
    a,
    b,
    reviewer.id,
  ]);
  if (before.length > 0) throw new HubError('CONFLICT', 'this person has decided already: the second is another one');
  // That it needs a second who never comes keeps it out of force by itself, whoever asks.
  const { rows } = await sql.query<{ decision: string }>(
    `insert into hub.pair_decision (a, b, verdict, actor, actor_name, reason, is_gold, needs_second, expected) values ($1, $2, $3, $4, $5, $6, true, true, $7)
     returning decision_id::text as decision`,
    [a, b, verdict, reviewer.id, reviewer.name, reason, known[0].verdict],
  );
  const { rows: hanging } = await sql.query<{ grave: boolean }>(
    'select of_children as grave from hub.pair_gravity where a = $1 and b = $2',
    [a, b],
  );
  return { decision: (rows[0] as { decision: string }).decision, state: 'GOLD', grave: hanging[0]?.grave ?? false, ...NOTHING };
}

import type { Sql } from '../../db/sql.ts';
import { HubError } from '../../kernel/errors.ts';
import { type Applied, applyDecision } from './review-apply.ts';
import { checkedReason, type DecisionRow, isInForce, isOwn, loadPairDecisions, orderedPair } from './review-decide.ts';
import type { SubjectOf } from './reopened.ts';
import type { Reviewer } from './reviewer.ts';

export interface RevokeRequest {
  readonly reviewer: Reviewer;
  readonly reason: string;
  /** The ledger's name of a child. */
  readonly subjectOf?: SubjectOf;
}
export interface Revoked extends Applied {
  readonly decisions: readonly string[];
}

async function revoke(sql: Sql, rows: readonly DecisionRow[], { reviewer, reason, subjectOf }: RevokeRequest): Promise<Revoked> {
  const why = checkedReason(reason);
  const decisions = rows.map(({ decision }) => decision);
  await sql.query(
    'update hub.pair_decision set revoked_at = now(), revoked_by = $2, revoked_reason = $3 where decision_id = any($1::bigint[])',
    [decisions, reviewer.id, why],
  );
  const [held] = rows.filter(isInForce);
  if (!held) return { decisions, applied: false, moved: 0 };
  return { decisions, ...(await applyDecision(sql, { ...held, revoked: true, actor: reviewer.id, reason: why, subjectOf })) };
}

/** Those of some decisions that a person may take back: what is in force, and what is its own. */
const revocable = (rows: readonly DecisionRow[], reviewer: Reviewer): DecisionRow[] => {
  const inForce = rows.filter(isInForce);
  return inForce.length > 0 ? inForce : rows.filter((row) => isOwn(row, reviewer));
};

/** Takes back what was decided of two records. Links are again what the records and the other decisions say. @throws HubError NOT_FOUND when there is nothing to take back. */
export async function revokePair(sql: Sql, request: RevokeRequest & { readonly a: string; readonly b: string }): Promise<Revoked> {
  const { a, b } = orderedPair(request.a, request.b);
  const rows = revocable(await loadPairDecisions(sql, a, b), request.reviewer);
  if (rows.length === 0) throw new HubError('NOT_FOUND', 'there is no decision on these two to take back');
  return revoke(sql, rows, request);
}

/** Takes back one decision, in force or one's own; a gold answer too, which changes nothing but is no longer counted. @throws HubError NOT_FOUND, CONFLICT when it was taken back before. */
export async function revokeDecision(sql: Sql, decision: string, request: RevokeRequest): Promise<Revoked> {
  const { rows } = await sql.query<DecisionRow & { gold: boolean; revoked: boolean }>(
    `select decision_id::text as decision, a::text as a, b::text as b, verdict, actor, needs_second as "needsSecond", seconded_by as "secondedBy", reason,
       is_gold as gold, revoked_at is not null as revoked from hub.pair_decision where decision_id = $1 for update`,
    [decision],
  );
  const [row] = rows;
  if (!row || !(isOwn(row, request.reviewer) || (isInForce(row) && !row.gold))) throw new HubError('NOT_FOUND');
  if (row.revoked) throw new HubError('CONFLICT', 'this decision was taken back before');
  return revoke(sql, [row], request);
}

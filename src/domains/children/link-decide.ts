import type { Sql } from '../../db/sql.ts';
import { arrayLiteral } from '../../intake/array-literal.ts';
import { currentEngine, type ModelTools } from './link-model-store.ts';
import { BY_INDEX } from './link-sql.ts';
import { LINKING_LOCK } from './linking-lock.ts';
import { LINK_TOOLS } from './link-tools.ts';
import { recompute, type Recomputed } from './recompute.ts';
import { settleReopened, type SubjectOf } from './reopened.ts';

export interface DecisionsChanged {
  /** Numbers of the records that were decided about; whole components are recomputed from them. */
  readonly records: readonly string[];
  readonly actor: string;
  readonly reason: string;
  /** What an event of it is called: `unlink` when records were parted, `link` when they were joined or a parting was taken back. */
  readonly kind: 'link' | 'unlink';
  /** Stands in the event, by which what was reopened is found when the decision is revoked. */
  readonly decision?: string;
  /** The ledger's name of a child; without it the disclosures about a child cannot be listed. */
  readonly subjectOf?: SubjectOf;
  readonly tools?: ModelTools;
}

/** Brings links in line with decisions that were given, seconded or revoked in this transaction. The role must be the intake's. */
export async function applyDecisions(sql: Sql, change: DecisionsChanged): Promise<Recomputed> {
  const engine = await currentEngine(sql, change.tools ?? LINK_TOOLS, `${BY_INDEX}; ${LINKING_LOCK}`);
  const { actor, reason, kind, decision, subjectOf } = change;
  const numbers = arrayLiteral(change.records);
  const done = await recompute(sql, engine, {
    actor,
    reason,
    kind,
    seeds: change.records,
    ...(decision && { decision }),
    ...(subjectOf && { subjectOf }),
  });
  if (done.moved === 0) await recordDecision(sql, engine.model.id, change);
  if (kind === 'link' && decision !== undefined) await settleReopened(sql, decision, actor);
  // A record that was never linked goes on waiting for that.
  await sql.query(
    'delete from hub.link_waiting w where w.record_id = any($1::bigint[]) and w.decision_id is not null and exists (select from hub.link_profile p where p.record_id = w.record_id)',
    [numbers],
  );
  return done;
}

/** A decision that moved nothing is an event all the same. */
async function recordDecision(sql: Sql, model: string, { records, actor, reason, kind, decision }: DecisionsChanged): Promise<void> {
  await sql.query('insert into hub.identity_event (kind, actor, engine, evidence) values ($1, $2, $3, $4)', [
    kind,
    actor,
    model,
    JSON.stringify({ records, reason, decision }),
  ]);
}

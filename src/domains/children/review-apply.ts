import type { Sql } from '../../db/sql.ts';
import { HubError } from '../../kernel/errors.ts';
import type { Verdict } from '../../linkage/pair.ts';
import { applyDecisions } from './link-decide.ts';
import type { SubjectOf } from './reopened.ts';

/** What a decision, or the end of one, has changed at once. */
export interface Applied {
  /** False when linking was busy: the decision stands, and takes effect when linking runs next. */
  readonly applied: boolean;
  /** Records that are linked to another child than before. */
  readonly moved: number;
}
/** A decision that has come into force, or has been taken back. */
export interface DecisionTurn {
  readonly decision: string;
  readonly a: string;
  readonly b: string;
  readonly verdict: Verdict;
  readonly revoked: boolean;
  /** Id of the person. */
  readonly actor: string;
  readonly reason: string;
  readonly subjectOf?: SubjectOf;
}

const LINKING_IS_FREE = `select pg_try_advisory_xact_lock(hashtextextended('hub/linking', 0)) as free`;

/** Brings the links around two records in line with what humans have decided. The one place that review calls linking from. */
export async function applyDecision(sql: Sql, turn: DecisionTurn): Promise<Applied> {
  const { rows } = await sql.query<{ free: boolean }>(LINKING_IS_FREE);
  // Who decides does not wait for an import: what waits is written down, and the next linking reads it.
  if (!rows[0]?.free) return { applied: false, moved: 0 };
  const { a, b, actor, reason, decision, subjectOf } = turn;
  const kind = (turn.verdict === 'DIFFERENT') === turn.revoked ? 'link' : 'unlink';
  const { moved } = await applyDecisions(sql, { records: [a, b], actor, reason, kind, decision, subjectOf });
  return { applied: true, moved };
}

const LOCK_NOT_AVAILABLE = '55P03';

/** Does work on decisions without waiting for a long linking to end. @throws HubError UNAVAILABLE when it holds what is needed for longer than a person waits. */
export async function withoutWaiting<T>(sql: Sql, work: () => Promise<T>): Promise<T> {
  await sql.query("set local lock_timeout = '5s'");
  try {
    const done = await work();
    await sql.query('set local lock_timeout to default');
    return done;
  } catch (error) {
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE)
      throw new HubError('UNAVAILABLE', 'records are being linked just now: nothing was decided', { cause: error });
    throw error;
  }
}

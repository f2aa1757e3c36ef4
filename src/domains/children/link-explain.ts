import type { Sql } from '../../db/sql.ts';
import type { LinkRecord } from '../../linkage/engine.ts';
import type { ReviewReason } from '../../linkage/pair.ts';
import type { PairExplanation } from '../../linkage/pair-explanation.ts';
import { loadLinkRecords } from './link-store.ts';

/** What explaining asks of an engine. */
export interface Explains {
  explain(a: LinkRecord, b: LinkRecord): PairExplanation;
}
/** Why two records are, or are not, of one child, and whether they stand under one today: they may by way of a third record. */
export interface ExplainedLink {
  readonly explanation: PairExplanation;
  readonly linked: boolean;
}

const STANDING = 'select verdict from hub.standing_decision where a = $1::bigint and b = $2::bigint order by decision_id desc limit 1';
const ASKED = 'select reason from hub.review_pair where a = $1::bigint and b = $2::bigint and closed_at is null';
const LINKED = `select exists (select from hub.membership x join hub.membership y using (child_id)
  where x.record_id = $1::bigint and y.record_id = $2::bigint and x.valid_to is null and y.valid_to is null) as linked`;

/** What humans and the records beside the two have to say goes before what the two say themselves. */
async function withOthers(sql: Sql, explanation: PairExplanation, pair: readonly [string, string]): Promise<PairExplanation> {
  const decided = (await sql.query<{ verdict: 'SAME' | 'DIFFERENT' }>(STANDING, pair)).rows[0];
  if (decided) {
    const vetoes = [...explanation.vetoes.filter(({ kind }) => kind !== 'DECIDED'), { kind: 'DECIDED', verdict: decided.verdict } as const];
    return { ...explanation, band: decided.verdict === 'SAME' ? 'AUTO' : 'NONE', reason: null, vetoes, without: [] };
  }
  const asked = (await sql.query<{ reason: ReviewReason }>(ASKED, pair)).rows[0];
  return asked ? { ...explanation, band: 'REVIEW', reason: asked.reason } : explanation;
}

/**
 * Explains a pair as it stands: the two records under the model, then decisions and the review queue.
 * @param records numbers of two current records. @returns null where one of them is not of a child or not linked yet.
 */
export async function explainLink(sql: Sql, engine: Explains, records: readonly [string, string]): Promise<ExplainedLink | null> {
  const pair: readonly [string, string] = BigInt(records[0]) < BigInt(records[1]) ? records : [records[1], records[0]];
  const loaded = await loadLinkRecords(sql, pair);
  const [left, right] = pair.map((number) => loaded.find(({ record }) => record === number)) as (LinkRecord | undefined)[];
  if (!left || !right) return null;
  const explanation = await withOthers(sql, engine.explain(left, right), pair);
  const linked = (await sql.query<{ linked: boolean }>(LINKED, pair)).rows[0]?.linked === true;
  return { explanation, linked };
}

import type { Sql } from '../../db/sql.ts';
import { type GoldAnswer, qualityOf, type ReviewerQuality } from '../../linkage/gold.ts';
import { type Agreement, kappaOf } from '../../linkage/kappa.ts';

/** How far two reviewers agree on what both have answered. */
export interface ReviewerAgreement extends Agreement {
  readonly reviewers: readonly [string, string];
}
export interface ReviewQuality {
  readonly reviewers: readonly ReviewerQuality[];
  readonly agreements: readonly ReviewerAgreement[];
}

// What each person has said of a pair, once: the latest word counts. Whoever seconds has said the same.
const ANSWERS = `select distinct on (a, b, gold, reviewer) a::text || ',' || b::text || case when gold then ' gold' else '' end as question, reviewer, verdict from (
    select a, b, is_gold as gold, actor as reviewer, verdict, decision_id from hub.pair_decision
    union all select a, b, is_gold, seconded_by, verdict, decision_id from hub.pair_decision where seconded_by is not null) said
  order by a, b, gold, reviewer, decision_id desc`;

interface AnswerRow {
  question: string;
  reviewer: string;
  verdict: string;
}

function agreementsOf(answers: readonly AnswerRow[]): ReviewerAgreement[] {
  const pairs = new Map<string, { reviewers: readonly [string, string]; both: [string, string][] }>();
  for (const own of Map.groupBy(answers, ({ question }) => question).values()) {
    const sorted = own.toSorted((one, other) => (one.reviewer < other.reviewer ? -1 : 1));
    for (const [i, one] of sorted.entries())
      for (const other of sorted.slice(i + 1)) {
        const key = `${one.reviewer} ${other.reviewer}`;
        const known = pairs.get(key) ?? { reviewers: [one.reviewer, other.reviewer] as const, both: [] };
        known.both.push([one.verdict, other.verdict]);
        pairs.set(key, known);
      }
  }
  return [...pairs]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { reviewers, both }]) => ({ reviewers, ...kappaOf(both) }));
}

/** How good reviewers are where the answer is known, and how far they agree; answers that were taken back count for neither quality nor links, but were given. */
export async function loadReviewQuality(sql: Sql): Promise<ReviewQuality> {
  const { rows: gold } = await sql.query<GoldAnswer>(
    'select actor as reviewer, verdict, expected from hub.pair_decision where is_gold and expected is not null and revoked_at is null order by decision_id',
  );
  const { rows: answers } = await sql.query<AnswerRow>(ANSWERS);
  return { reviewers: qualityOf(gold), agreements: agreementsOf(answers) };
}

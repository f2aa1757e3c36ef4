import type { Exchange } from '../../exchange/context.ts';
import { Binds, scopeCondition } from '../../exchange/scope.ts';
import { type GoldDue, goldAfter } from '../../linkage/gold.ts';
import type { Question } from './review-queue.ts';
import { reviewerOf } from './reviewer.ts';

/** Changes which questions are gold, for everybody. */
export const GOLD_SEED = '1';
/** Record numbers among which a gold question is sought: enough to find one, few enough to read at once. */
const WINDOW = 2000;
const CANDIDATES = 24;

/** A gold question that is to follow a pair. */
export interface Due extends GoldDue {
  readonly position: Question['position'];
}

export function dueAfter(reviewer: string, position: Question['position']): Due[] {
  const due = goldAfter(GOLD_SEED, reviewer, position[1], position[2]);
  return due ? [{ ...due, position }] : [];
}

interface GoldRow {
  n: string;
  a: string;
  b: string;
  childA: string;
  childB: string;
}
const inReach = ({ plan, caller }: Exchange, binds: Binds) =>
  `${scopeCondition(plan.scopes, caller, 'g.child_a', binds)} and ${scopeCondition(plan.scopes, caller, 'g.child_b', binds)}`;

/**
 * Gold questions for those that are due: children in reach, not answered by this reviewer before. @returns position of the pair before it → question.
 * Where the known pairs are fewer than what is due, some find none.
 */
export async function findGold(exchange: Exchange, due: readonly Due[]): Promise<Map<string, Question>> {
  const [bound] = await exchange.session.query<{ most: string | null }>(
    'select max(m.record_id)::text as most from hub.membership m where m.valid_to is null',
  );
  const span = Math.max(0, Number(bound?.most ?? 0) - WINDOW);
  const binds = new Binds();
  const [starts, verdicts] = [binds.bind(due.map(({ at }) => Math.floor(at * span))), binds.bind(due.map(({ verdict }) => verdict))];
  const rows = await exchange.session.query<GoldRow>(
    `select s.n::text as n, k.a::text as a, k.b::text as b, k.child_a::text as "childA", k.child_b::text as "childB"
     from unnest(${starts}::bigint[], ${verdicts}::text[]) with ordinality as s (start, verdict, n) cross join lateral (
       select distinct g.a, g.b, g.child_a, g.child_b from hub.gold_pair g
       where g.verdict = s.verdict and g.a >= s.start and g.a < s.start + ${WINDOW} and ${inReach(exchange, binds)}
         and not exists (select from hub.pair_decision d where d.a = g.a and d.b = g.b and d.is_gold and d.actor = ${binds.bind(reviewerOf(exchange.caller).id)})
         and not exists (select from hub.review_pair p where p.a = g.a and p.b = g.b and p.closed_at is null)
       order by g.a, g.b limit ${CANDIDATES}) k
     order by s.n, k.a, k.b`,
    binds.values,
  );
  const used = new Set<string>();
  const found = new Map<string, Question>();
  for (const [index, { at, position }] of due.entries()) {
    const free = rows.filter(({ n, a, b }) => Number(n) === index + 1 && !used.has(`${a},${b}`));
    const row = free[Math.floor(at * free.length)];
    if (!row) continue;
    used.add(`${row.a},${row.b}`);
    found.set(position.join(), goldQuestion(row, position));
  }
  return found;
}

const goldQuestion = ({ a, b, childA, childB }: Omit<GoldRow, 'n'>, position: Question['position']): Question => ({
  kind: 'gold',
  a,
  b,
  childA,
  childB,
  weight: null,
  reason: null,
  position,
});

/** A gold question by its records, when it still is one and its children are in reach. */
export async function findGoldPair(exchange: Exchange, a: string, b: string): Promise<Question | null> {
  const binds = new Binds();
  const [row] = await exchange.session.query<GoldRow>(
    `select g.a::text as a, g.b::text as b, g.child_a::text as "childA", g.child_b::text as "childB" from hub.gold_pair g
     where g.a = ${binds.bind(a)}::bigint and g.b = ${binds.bind(b)}::bigint and ${inReach(exchange, binds)} limit 1`,
    binds.values,
  );
  return row ? goldQuestion(row, ['0', a, b]) : null;
}

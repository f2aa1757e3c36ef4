import type { Sql } from '../../db/sql.ts';
import { arrayLiteral } from '../../intake/array-literal.ts';
import { reviewValue, type ReviewSide } from '../../linkage/review-value.ts';
import type { ReviewReason } from '../../linkage/pair.ts';
import { ask, type Prepared } from './link-sql.ts';
import { batchesOf, type StandingDecision } from './link-store.ts';

/** A pair of which a human is to be asked, by record numbers, a before b. */
export interface Question {
  readonly a: string;
  readonly b: string;
  readonly weight: number;
  readonly reason: ReviewReason;
}
interface Sided extends Question {
  readonly left: string;
  readonly right: string;
}

const CLOSE: Prepared = {
  name: 'review-close',
  text: `with kept as materialized (select * from unnest($2::bigint[], $3::bigint[]) as k (a, b)),
      standing as (select a, b from hub.review_pair where closed_at is null and a = any($1::bigint[]) union select a, b from hub.review_pair where closed_at is null and b = any($1::bigint[]))
    update hub.review_pair r set closed_at = now() from (select a, b from standing except select a, b from kept) s where r.a = s.a and r.b = s.b and r.closed_at is null`,
};
const OPEN: Prepared = {
  name: 'review-open',
  text: `insert into hub.review_pair (a, b, weight, reason, value, model_id)
    select *, $6 from unnest($1::bigint[], $2::bigint[], $3::double precision[], $4::text[], $5::double precision[])
    on conflict (a, b) where closed_at is null do update set weight = excluded.weight, reason = excluded.reason, value = excluded.value, model_id = excluded.model_id
    where (review_pair.weight, review_pair.reason, review_pair.value, review_pair.model_id) is distinct from (excluded.weight, excluded.reason, excluded.value, excluded.model_id)`,
};
// Out of school as far as records alone tell: coverage knows ages and the rest.
const SIDES: Prepared = {
  name: 'review-sides',
  text: `select u.child::text as child, (select count(*)::integer from hub.membership m where m.child_id = u.child and m.valid_to is null) as records,
      not exists (select from school.enrolment e where e.child_id = u.child and e.is_current and e.status = 'ENROLLED') as out_of_school,
      exists (select from tracing.tracing_case t where t.child_id = u.child and t.closed_on is null) as open_case
    from unnest($1::bigint[]) u (child)`,
};

const pairKey = (x: string, y: string): string => (Number(x) < Number(y) ? `${x} ${y}` : `${y} ${x}`);
const strongerFirst = (p: Question, q: Question): number => q.weight - p.weight || Number(p.a) - Number(q.a) || Number(p.b) - Number(q.b);

/** At most one question for two children, their strongest pair; none where a human has parted them, and none within one child. */
export function questionsOf(
  review: readonly Question[],
  childOf: (record: string) => string | undefined,
  decisions: readonly StandingDecision[],
): Sided[] {
  const parted = new Set<string>();
  for (const { a, b, verdict } of decisions) {
    const [x, y] = [childOf(a), childOf(b)];
    if (verdict === 'DIFFERENT' && x !== undefined && y !== undefined) parted.add(pairKey(x, y));
  }
  const asked = new Map<string, Sided>();
  for (const question of [...review].sort(strongerFirst)) {
    const [left, right] = [childOf(question.a), childOf(question.b)];
    if (left === undefined || right === undefined || left === right) continue;
    const key = pairKey(left, right);
    if (!parted.has(key) && !asked.has(key)) asked.set(key, { ...question, left, right });
  }
  return [...asked.values()];
}

async function loadSides(sql: Sql, questions: readonly Sided[]): Promise<Map<string, ReviewSide>> {
  const children = [...new Set(questions.flatMap(({ left, right }) => [left, right]))];
  const sides = new Map<string, ReviewSide>();
  for (const batch of batchesOf(children)) {
    const { rows } = await ask<{ child: string; records: number; out_of_school: boolean; open_case: boolean }>(sql, SIDES, [
      arrayLiteral(batch),
    ]);
    for (const row of rows) sides.set(row.child, { records: row.records, outOfSchool: row.out_of_school, openCase: row.open_case });
  }
  return sides;
}

/**
 * Brings the queue in line: what is no longer asked of the given records is closed, what is new is opened.
 * @param records all records of which the questions are known anew, also those that left.
 */
export async function refreshReview(sql: Sql, model: string, records: readonly string[], questions: readonly Sided[]): Promise<void> {
  await ask(sql, CLOSE, [arrayLiteral(records), arrayLiteral(questions.map(({ a }) => a)), arrayLiteral(questions.map(({ b }) => b))]);
  if (questions.length === 0) return;
  const sides = await loadSides(sql, questions);
  const nobody: ReviewSide = { records: 1, outOfSchool: false, openCase: false };
  for (const batch of batchesOf(questions)) {
    const values = batch.map(({ weight, reason, left, right }) =>
      reviewValue({ weight, reason, left: sides.get(left) ?? nobody, right: sides.get(right) ?? nobody }),
    );
    await ask(sql, OPEN, [
      arrayLiteral(batch.map(({ a }) => a)),
      arrayLiteral(batch.map(({ b }) => b)),
      arrayLiteral(batch.map(({ weight }) => weight)),
      arrayLiteral(batch.map(({ reason }) => reason)),
      arrayLiteral(values),
      model,
    ]);
  }
}

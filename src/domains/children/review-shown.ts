import type { GraphQLResolveInfo } from 'graphql';
import type { Exchange } from '../../exchange/context.ts';
import { selectedFields } from '../../exchange/selection.ts';
import { probabilityOf } from '../../linkage/review-value.ts';
import type { PairExplanation } from '../../linkage/pair-explanation.ts';
import { agreementsOf, comparing, explainPairs } from './review-explain.ts';
import { type Question, questionId } from './review-queue.ts';
import { loadSides, type ShownSide } from './review-sides.ts';

export interface ShownPair {
  id: string;
  left: ShownSide | undefined;
  right: ShownSide | undefined;
  agreements: ReturnType<typeof agreementsOf> | null;
  weight: number | null;
  probability: number | null;
  reason: string | null;
  twoPersons: boolean | null;
}

const BOTH_SIDES = ['left', 'right'] as const;
const TOLD = ['agreements', 'weight', 'probability', 'reason', 'twoPersons'] as const;

/** Of a gold question no id may show: with it the answer would be known at a glance. */
const withoutId = (side: ShownSide | undefined): ShownSide | undefined =>
  side && 'nationalIdEnding' in side ? { ...side, nationalIdEnding: null } : side;

async function loadGrave(exchange: Exchange, questions: readonly Question[]): Promise<(question: Question) => boolean> {
  const rows = await exchange.session.query<{ a: string; b: string; children: boolean; identities: boolean }>(
    `select g.a::text as a, g.b::text as b, g.of_children as children, g.of_identities as identities
     from unnest($1::bigint[], $2::bigint[]) q (a, b) join hub.pair_gravity g on g.a = q.a and g.b = q.b`,
    [questions.map(({ a }) => a), questions.map(({ b }) => b)],
  );
  const found = new Map(rows.map((row) => [`${row.a},${row.b}`, row]));
  return ({ kind, a, b }) => {
    const { children = false, identities = false } = found.get(`${a},${b}`) ?? {};
    // That two ids differ would give the answer to a gold question away: only what hangs on the children is told of it.
    return children || (kind === 'pair' && identities);
  };
}

/** Why a pair is asked about that is asked only to see what is answered: what could stand there. */
const reasonOf = (explanation: PairExplanation | null): string =>
  explanation?.reason ?? (explanation?.band === 'AUTO' ? 'TWO_CHILDREN_FIT' : 'WEAK');

/** Questions as a reviewer sees them: only what is asked for is read, and all of it is written down. */
export async function showQuestions(
  exchange: Exchange,
  questions: readonly Question[],
  info: GraphQLResolveInfo,
  path: readonly string[],
): Promise<ShownPair[]> {
  const asked = selectedFields(info, ...path);
  const sides = new Map<string, Map<string, ShownSide>>();
  for (const side of BOTH_SIDES) {
    const records = questions.map(({ a, b, childA, childB }) =>
      side === 'left' ? { record: a, child: childA } : { record: b, child: childB },
    );
    if (asked.includes(side)) sides.set(side, await loadSides(exchange, records, selectedFields(info, ...path, side)));
  }
  const explained = asked.includes('agreements')
    ? questions
    : questions.filter(({ kind }) => kind === 'gold' && TOLD.some((field) => asked.includes(field)));
  const explanations = await explainPairs(
    comparing(exchange),
    explained.map(({ a, b, kind }) => ({ a, b, blind: kind === 'gold' })),
  );
  const explanationOf = new Map(explained.map((question, i) => [question, explanations[i] ?? null]));
  const isGrave = asked.includes('twoPersons') && questions.length > 0 ? await loadGrave(exchange, questions) : () => null;
  const told = ['Query.linkReview', ...asked.map((field) => `LinkReviewPair.${field}`)];
  exchange.log.released([...new Set(questions.flatMap(({ childA, childB }) => [childA, childB]))], told);
  return questions.map((question) => {
    const explanation = explanationOf.get(question) ?? null;
    const gold = question.kind === 'gold';
    const weight = gold ? (explanation?.totalBits ?? null) : question.weight;
    const [left, right] = [sides.get('left')?.get(question.a), sides.get('right')?.get(question.b)];
    return {
      id: questionId(exchange, question),
      left: gold ? withoutId(left) : left,
      right: gold ? withoutId(right) : right,
      agreements: explanation && agreementsOf(explanation, gold),
      weight,
      probability: weight === null ? null : probabilityOf(weight),
      reason: gold ? reasonOf(explanation) : question.reason,
      twoPersons: isGrave(question),
    };
  });
}

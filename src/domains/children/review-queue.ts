import { HubError } from '../../kernel/errors.ts';
import type { Exchange } from '../../exchange/context.ts';
import { Binds, scopeCondition } from '../../exchange/scope.ts';
import { pageSize } from './child-page.ts';
import { type Due, dueAfter, findGold, findGoldPair } from './review-gold.ts';
import { reviewerOf } from './reviewer.ts';

/** A question as the hub knows it; what of it is shown is another file's. */
export interface Question {
  readonly kind: 'pair' | 'gold';
  readonly a: string;
  readonly b: string;
  readonly childA: string;
  readonly childB: string;
  /** Bits; of a gold question not known before it is explained. */
  readonly weight: number | null;
  readonly reason: string | null;
  /** Where it stands in the queue; a gold question stands behind the pair that it follows. */
  readonly position: readonly [value: string, a: string, b: string];
}

const LIST = 'linkReview';
const ID = 'LinkReviewPair';
const NOBODY = ['gold', '-1', '-1'];

/** The id of a question. Pairs and gold questions are alike to whoever looks at them. */
export const questionId = (exchange: Exchange, { kind, a, b }: Pick<Question, 'kind' | 'a' | 'b'>): string =>
  exchange.ids.sealCursor(ID, [kind, a, b]);

function openId(exchange: Exchange, id: string): [kind: Question['kind'], a: string, b: string] {
  try {
    return exchange.ids.openCursor(ID, id) as [Question['kind'], string, string];
  } catch {
    // Any other text is an id of nobody: the same statement, the same answer.
    return NOBODY as [Question['kind'], string, string];
  }
}

const decided = (alias: string, me: string) => `not exists (
    select from hub.pair_decision d where d.a = ${alias}.a and d.b = ${alias}.b and d.revoked_at is null and not d.is_gold
      and (d.actor = ${me} or d.seconded_by = ${me} or (d.verdict <> 'UNSURE' and (not d.needs_second or d.seconded_at is not null))))`;

/** Open questions that are this reviewer's to answer: both children in reach. */
function openPairs(exchange: Exchange, binds: Binds, more: readonly string[], limit: number, unanswered = true): string {
  const { plan, caller } = exchange;
  const where = [
    'p.closed_at is null',
    scopeCondition(plan.scopes, caller, 'x.child_id', binds),
    scopeCondition(plan.scopes, caller, 'y.child_id', binds),
    ...(unanswered ? [decided('p', binds.bind(reviewerOf(caller).id))] : []),
    ...more,
  ];
  return `select p.a::text as a, p.b::text as b, x.child_id::text as "childA", y.child_id::text as "childB", p.weight, p.reason, p.value::text as value
    from hub.review_pair p join hub.membership x on x.record_id = p.a and x.valid_to is null join hub.membership y on y.record_id = p.b and y.valid_to is null
    where ${where.join(' and ')} order by p.value desc, p.a, p.b limit ${binds.bind(limit)}`;
}

type PairRow = Omit<Question, 'kind' | 'position'> & { value: string };
const questionOf = ({ value, ...row }: PairRow): Question => ({ ...row, kind: 'pair', position: [value, row.a, row.b] });

/** A page of the questions for this caller's person, what matters most first, with gold questions among them. */
export async function loadQuestions(exchange: Exchange, first: number | null, after: string | null) {
  const size = pageSize(first);
  const binds = new Binds();
  const more: string[] = [];
  const due: Due[] = [];
  if (after) {
    const [kind, value, a, b] = exchange.ids.openCursor(LIST, after) as [Question['kind'], string, string, string];
    const bound = `${binds.bind(value)}::double precision`;
    more.push(`p.value <= ${bound} and (p.value < ${bound} or (p.a, p.b) > (${binds.bind(a)}::bigint, ${binds.bind(b)}::bigint))`);
    if (kind === 'pair') due.push(...dueAfter(reviewerOf(exchange.caller).id, [value, a, b]));
  }
  const pairs = (await exchange.session.query<PairRow>(openPairs(exchange, binds, more, size + 1), binds.values)).map(questionOf);
  due.push(...pairs.flatMap(({ position }) => dueAfter(reviewerOf(exchange.caller).id, position)));
  const gold = due.length > 0 ? await findGold(exchange, due) : new Map<string, Question>();
  const behind = (position: Question['position']) => gold.get(position.join()) ?? [];
  const leading = due[0] && !pairs.some(({ position }) => position.join() === due[0]?.position.join()) ? behind(due[0].position) : [];
  const all = [leading, ...pairs.map((pair) => [pair, behind(pair.position)])].flat(2);
  return {
    rows: all.slice(0, size),
    cursorOf: ({ kind, position }: Question) => exchange.ids.sealCursor(LIST, [kind, ...position]),
    hasNextPage: all.length > size,
  };
}

/** The question of an id, open and in reach, answered or not. @throws HubError NOT_FOUND, the same for one of nobody and one out of reach. */
export async function getQuestion(exchange: Exchange, id: string): Promise<Question> {
  const [kind, a, b] = openId(exchange, id);
  if (kind === 'gold') {
    const known = await findGoldPair(exchange, a, b);
    if (!known) throw new HubError('NOT_FOUND');
    return known;
  }
  const binds = new Binds();
  const more = [`p.a = ${binds.bind(a)}::bigint`, `p.b = ${binds.bind(b)}::bigint`];
  const [row] = await exchange.session.query<PairRow>(openPairs(exchange, binds, more, 1, false), binds.values);
  if (!row) throw new HubError('NOT_FOUND');
  return questionOf(row);
}

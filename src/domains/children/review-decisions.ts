import type { GraphQLResolveInfo } from 'graphql';
import type { Exchange } from '../../exchange/context.ts';
import { Binds, scopeCondition } from '../../exchange/scope.ts';
import { selectedFields } from '../../exchange/selection.ts';
import { pageSize } from './child-page.ts';
import type { ShownDecisionState } from './review-inputs.ts';
import { loadSides } from './review-sides.ts';
import { reviewerOf } from './reviewer.ts';

const LIST = 'linkDecisions';
const ID = 'LinkDecision';

export const decisionId = (exchange: Exchange, decision: string): string => exchange.ids.sealCursor(ID, [decision]);
/** The number behind an id of a decision; that of none for any other text. */
export function decisionNumber(exchange: Exchange, id: string): string {
  try {
    return exchange.ids.openCursor(ID, id)[0] as string;
  } catch {
    return '-1';
  }
}

interface DecisionRow {
  decision: string;
  a: string;
  b: string;
  childA: string;
  childB: string;
  verdict: string;
  reason: string;
  at: Date;
  own: boolean;
  state: ShownDecisionState;
}

// A decision that waits is its own author's to see: a second person is to answer without knowing the first one's answer. A gold answer is shown like any other.
const STATE = `case when d.revoked_at is not null then 'REVOKED' when d.verdict = 'UNSURE' or d.seconded_at is not null then 'RECORDED'
    when d.is_gold then case when (select g.of_children from hub.pair_gravity g where g.a = d.a and g.b = d.b) then 'WAITS_FOR_SECOND' else 'RECORDED' end
    when not d.needs_second then 'RECORDED'
    when exists (select from hub.pair_decision o where o.a = d.a and o.b = d.b and o.verdict <> 'UNSURE' and o.verdict <> d.verdict and o.revoked_at is null and not o.is_gold) then 'CONTESTED'
    else 'WAITS_FOR_SECOND' end`;

/** The caller's own decisions and those in force, of children in reach; newest first. */
export async function loadDecisionPage(exchange: Exchange, first: number | null, after: string | null, info: GraphQLResolveInfo) {
  const size = pageSize(first);
  const binds = new Binds();
  const me = binds.bind(reviewerOf(exchange.caller).id);
  const own = `(d.actor = ${me} or coalesce(d.seconded_by = ${me}, false))`;
  const where = [
    `(${own} or (not d.is_gold and d.verdict <> 'UNSURE' and d.revoked_at is null and (not d.needs_second or d.seconded_at is not null)))`,
    scopeCondition(exchange.plan.scopes, exchange.caller, 'x.child_id', binds),
    scopeCondition(exchange.plan.scopes, exchange.caller, 'y.child_id', binds),
  ];
  if (after) where.push(`d.decision_id < ${binds.bind(exchange.ids.openCursor(LIST, after)[0])}::bigint`);
  const rows = await exchange.session.query<DecisionRow>(
    `select d.decision_id::text as decision, d.a::text as a, d.b::text as b, x.child_id::text as "childA", y.child_id::text as "childB", d.verdict,
       case when ${own} then d.reason end as reason, d.at, ${own} as own, ${STATE} as state
     from hub.pair_decision d join hub.membership x on x.record_id = d.a and x.valid_to is null join hub.membership y on y.record_id = d.b and y.valid_to is null
     where ${where.join(' and ')} order by d.decision_id desc limit ${binds.bind(size + 1)}`,
    binds.values,
  );
  const page = rows.slice(0, size);
  const asked = selectedFields(info, 'edges', 'node');
  const sides = {
    left: await loadSides(
      exchange,
      page.map(({ a, childA }) => ({ record: a, child: childA })),
      selectedFields(info, 'edges', 'node', 'left'),
    ),
    right: await loadSides(
      exchange,
      page.map(({ b, childB }) => ({ record: b, child: childB })),
      selectedFields(info, 'edges', 'node', 'right'),
    ),
  };
  exchange.log.released(
    [...new Set(page.flatMap(({ childA, childB }) => [childA, childB]))],
    ['Query.linkDecisions', ...asked.map((field) => `LinkDecision.${field}`)],
  );
  return {
    rows: page.map((row) => ({
      $decision: row.decision,
      id: decisionId(exchange, row.decision),
      verdict: row.verdict,
      state: row.state,
      reason: row.reason,
      decidedAt: row.at,
      isOwn: row.own,
      left: sides.left.get(row.a),
      right: sides.right.get(row.b),
    })),
    cursorOf: ({ $decision }: { $decision: string }) => exchange.ids.sealCursor(LIST, [$decision]),
    hasNextPage: rows.length > size,
  };
}

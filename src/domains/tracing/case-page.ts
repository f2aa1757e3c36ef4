import type { GraphQLResolveInfo } from 'graphql';
import type { Exchange } from '../../exchange/context.ts';
import type { Row } from '../../exchange/load.ts';
import { Binds, scopeCondition } from '../../exchange/scope.ts';
import { selectedFields } from '../../exchange/selection.ts';
import { type ChildPage, pageSize } from '../children/child-page.ts';

const LIST = 'tracingCases';

/** Tracing cases of the children within reach, newest number last. */
export async function loadCasePage(
  exchange: Exchange,
  args: { state?: readonly string[] | null; first?: number | null; after?: string | null },
  info: GraphQLResolveInfo,
): Promise<ChildPage> {
  const size = pageSize(args.first);
  const binds = new Binds();
  const where = ["t.kind = 'TRACING'", scopeCondition(exchange.plan.scopes, exchange.caller, 't.child_id', binds)];
  if (args.state) where.push(`t.state = any(${binds.bind(args.state)}::text[])`);
  if (args.after) where.push(`t.case_id > ${binds.bind(exchange.ids.openCursor(LIST, args.after)[0])}::bigint`);
  const plan = exchange.load.plan('TracingCase', selectedFields(info, 'edges', 'node'));
  const rows = await exchange.session.query<Row & { $case: string }>(
    `select t.child_id as "$child", t.case_id as "$case"${plan.columns} from tracing.tracing_case t where ${where.join(' and ')} order by t.case_id limit ${binds.bind(size + 1)}`,
    binds.values,
  );
  const page = rows.slice(0, size);
  await exchange.load.settleRows(plan, page);
  return {
    rows: page,
    cursorOf: (row) => exchange.ids.sealCursor(LIST, [(row as Row & { $case: string }).$case]),
    hasNextPage: rows.length > size,
  };
}

/** One tracing case by its reference, when its child is within reach. */
export async function findCase(exchange: Exchange, reference: string, info: GraphQLResolveInfo): Promise<Row | null> {
  const binds = new Binds();
  const plan = exchange.load.plan('TracingCase', selectedFields(info));
  const rows = await exchange.session.query<Row>(
    `select t.child_id as "$child"${plan.columns} from tracing.tracing_case t
     where t.kind = 'TRACING' and ${scopeCondition(exchange.plan.scopes, exchange.caller, 't.child_id', binds)} and t.reference = ${binds.bind(reference)}`,
    binds.values,
  );
  await exchange.load.settleRows(plan, rows);
  return rows[0] ?? null;
}

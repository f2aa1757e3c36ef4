import type { GraphQLResolveInfo } from 'graphql';
import type { Page } from '../../exchange/connection.ts';
import type { Exchange } from '../../exchange/context.ts';
import type { Row } from '../../exchange/load.ts';
import { Binds, scopeCondition } from '../../exchange/scope.ts';
import { selectedFields } from '../../exchange/selection.ts';
import { HubError } from '../../kernel/errors.ts';

export const MAX_PAGE = 100;
export const DEFAULT_PAGE = 20;

/** What a list of children is restricted to and ordered by; every member is a reference that the view has permitted. */
export interface ChildListArguments {
  municipality?: readonly string[] | null;
  settlement?: readonly string[] | null;
  bornFrom?: number | null;
  bornTo?: number | null;
  order?: 'familyName' | 'birthYear' | null;
  descending?: boolean;
  first?: number | null;
  after?: string | null;
}

/** A page of rows after the scope and the filters. */
export type ChildPage = Page<Row & { $key?: string | null }>;

// Expressions by which a list may be ordered; never a text of the request. Null sorts as empty, so that the key of a page is never null.
const ORDER = { familyName: `coalesce(t.family_name, '') collate "C"`, birthYear: 'coalesce(t.birth_year, 0)' } as const;

/** Rows asked for at once. @throws HubError PAGE_TOO_LARGE, BAD_USER_INPUT. */
export function pageSize(first: number | null | undefined): number {
  const size = first ?? DEFAULT_PAGE;
  if (size > MAX_PAGE) throw new HubError('PAGE_TOO_LARGE');
  if (size < 0) throw new HubError('BAD_USER_INPUT', 'first must be 0 to 100');
  return size;
}

function conditions(exchange: Exchange, args: ChildListArguments, binds: Binds): string[] {
  const where = ['not t.vacant', scopeCondition(exchange.plan.scopes, exchange.caller, 't.child_id', binds)];
  if (args.municipality) where.push(`t.municipality = any(${binds.bind(args.municipality)}::text[])`);
  if (args.settlement) where.push(`t.settlement = any(${binds.bind(args.settlement)}::text[])`);
  if (args.bornFrom != null) where.push(`t.birth_year >= ${binds.bind(args.bornFrom)}`);
  if (args.bornTo != null) where.push(`t.birth_year <= ${binds.bind(args.bornTo)}`);
  return where;
}

/** Children in the caller's scope, by keyset: the scope and every filter stand before LIMIT. */
export async function loadChildPage(
  exchange: Exchange,
  args: ChildListArguments,
  info: GraphQLResolveInfo,
  path: readonly string[],
): Promise<ChildPage> {
  const size = pageSize(args.first);
  const binds = new Binds();
  const where = conditions(exchange, args, binds);
  const list = `children:${args.order ?? 'id'}:${args.descending ? 'desc' : 'asc'}`;
  const [compare, direction] = args.descending ? ['<', 'desc'] : ['>', 'asc'];
  const key = args.order ? ORDER[args.order] : null;
  if (args.after) {
    const [value, id] = exchange.ids.openCursor(list, args.after);
    if (key)
      where.push(
        `(${key}, t.child_id) ${compare} (${binds.bind(value)}${args.order === 'birthYear' ? '::integer' : ''}, ${binds.bind(id)}::bigint)`,
      );
    else where.push(`t.child_id ${compare} ${binds.bind(id)}::bigint`);
  }
  const plan = exchange.load.plan('Child', selectedFields(info, ...path));
  const rows = await exchange.session.query<Row & { $key: string | null }>(
    `select t.child_id as "$child"${key ? `, (${key})::text as "$key"` : ''}${plan.columns} from hub.child t where ${where.join(' and ')}
     order by ${key ? `${key} ${direction}, ` : ''}t.child_id ${direction} limit ${binds.bind(size + 1)}`,
    binds.values,
  );
  const page = rows.slice(0, size);
  await exchange.load.settleRows(plan, page);
  return {
    rows: page,
    cursorOf: (row) => exchange.ids.sealCursor(list, [row.$key ?? null, row.$child]),
    hasNextPage: rows.length > size,
  };
}

/** How many children the list holds in the caller's scope. */
export async function countChildren(exchange: Exchange, args: ChildListArguments): Promise<number> {
  const binds = new Binds();
  const where = conditions(exchange, args, binds);
  const rows = await exchange.session.query<{ count: number }>(
    `select count(*)::integer as count from hub.child t where ${where.join(' and ')}`,
    binds.values,
  );
  return rows[0]?.count ?? 0;
}

/** Children by number, only those in the caller's scope: any other number is as unknown as one that no child has. */
export async function loadChildren(exchange: Exchange, numbers: readonly string[], fields: readonly string[]): Promise<Map<string, Row>> {
  const binds = new Binds();
  const scope = scopeCondition(exchange.plan.scopes, exchange.caller, 't.child_id', binds);
  const plan = exchange.load.plan('Child', fields);
  const rows = await exchange.session.query<Row>(
    `select t.child_id as "$child"${plan.columns} from hub.child t where not t.vacant and ${scope} and t.child_id = any(${binds.bind(numbers)}::bigint[])`,
    binds.values,
  );
  await exchange.load.settleRows(plan, rows);
  return new Map(rows.map((row) => [row.$child, row]));
}

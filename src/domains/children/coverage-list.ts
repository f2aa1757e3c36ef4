import type { GraphQLResolveInfo } from 'graphql';
import type { Coverage as DerivedCoverage } from '../../coverage/derive-coverage.ts';
import { OUT_OF_SCHOOL } from '../../coverage/status.ts';
import type { Exchange } from '../../exchange/context.ts';
import type { Row } from '../../exchange/load.ts';
import { Binds, scopeCondition } from '../../exchange/scope.ts';
import { selectedFields } from '../../exchange/selection.ts';
import type { IsoDate } from '../../kernel/brands.ts';
import { type ChildPage, pageSize } from './child-page.ts';
import { loadCoverage } from './coverage-loader.ts';

/** A derived status as the graph shows it: without the records behind it, which are the agencies' own. */
export function shownCoverage(asOf: IsoDate, derived: DerivedCoverage) {
  const { status, conflict, nextStep } = derived;
  return {
    asOf,
    status,
    conflict,
    nextStep,
    because: derived.because.map(({ source, claim, date, grade }) => ({ source, claim, date, grade })),
  };
}

/** Coverage of one child on a day, for the field `Child.coverage`; children asked in the same tick are one read. */
export function loadChildCoverage(exchange: Exchange, childId: string, asOf: IsoDate, info: GraphQLResolveInfo) {
  return exchange.load.batched(`coverage|${asOf}`, childId, async (ids) => {
    const permitted = [...(await exchange.load.permitted('Child.coverage', ids))];
    const coverage = await loadCoverage(exchange.session, permitted, asOf);
    exchange.log.released(permitted, coverageCoordinates(selectedFields(info)));
    return ids.map((id) => {
      const derived = coverage.get(id);
      return derived ? shownCoverage(asOf, derived) : null;
    });
  });
}

const coverageCoordinates = (fields: readonly string[]) => fields.map((field) => `Coverage.${field}`);

/** What the coverage list is restricted to. */
export interface CoverageListArguments {
  asOf: IsoDate;
  municipality?: string | null;
  status?: readonly string[] | null;
  first?: number | null;
  after?: string | null;
}

const BATCH = 1000;
const LIST = 'coverageList';

/** By default: who is out of school, and who may be: contradicting or unproved evidence never takes a child off the list. */
const ON_THE_LIST = [...OUT_OF_SCHOOL, 'CONFLICT'] as const;

/** A page of the children whose derived status is one of those asked for (default: `ON_THE_LIST`). Statuses are derived batch by batch, in the order of the children's numbers. */
export async function loadCoverageList(exchange: Exchange, args: CoverageListArguments, info: GraphQLResolveInfo): Promise<ChildPage> {
  const size = pageSize(args.first);
  const wanted = new Set<string>(args.status ?? ON_THE_LIST);
  const childPlan = exchange.load.plan('Child', selectedFields(info, 'edges', 'node', 'child'));
  const found: { row: Row; coverage: ReturnType<typeof shownCoverage> }[] = [];
  let after = args.after ? (exchange.ids.openCursor(LIST, args.after)[0] as string) : '0';
  while (found.length <= size) {
    const binds = new Binds();
    const where = [
      'not t.vacant',
      scopeCondition(exchange.plan.scopes, exchange.caller, 't.child_id', binds),
      `t.child_id > ${binds.bind(after)}::bigint`,
    ];
    if (args.municipality) where.push(`t.municipality = ${binds.bind(args.municipality)}`);
    const rows = await exchange.session.query<Row>(
      `select t.child_id as "$child"${childPlan.columns} from hub.child t where ${where.join(' and ')} order by t.child_id limit ${BATCH}`,
      binds.values,
    );
    const coverage = await loadCoverage(
      exchange.session,
      rows.map((row) => row.$child),
      args.asOf,
    );
    for (const row of rows) {
      const derived = coverage.get(row.$child);
      if (derived && wanted.has(derived.status)) found.push({ row, coverage: shownCoverage(args.asOf, derived) });
    }
    if (rows.length < BATCH) break;
    after = rows.at(-1)?.$child as string;
  }
  const page = found.slice(0, size);
  const children = page.map(({ row }) => row.$child);
  const shown = await exchange.load.permitted('CoverageListEntry.coverage', children);
  await exchange.load.settleRows(
    childPlan,
    page.map(({ row }) => row),
  );
  exchange.log.released(children, coverageCoordinates(selectedFields(info, 'edges', 'node', 'coverage')));
  return {
    rows: page.map(({ row, coverage }) => ({ $child: row.$child, child: row, coverage: shown.has(row.$child) ? coverage : null })),
    cursorOf: (row) => exchange.ids.sealCursor(LIST, [row.$child]),
    hasNextPage: found.length > size,
  };
}

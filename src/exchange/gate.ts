import { createRequire } from 'node:module';
import type { GraphQLSchema } from 'graphql';
import { type ErrorCode, HubError } from '../kernel/errors.ts';
import type { Exchange } from './context.ts';

// Both libraries come from one `require`, or they would not know each other's objects; and shield calls a function that Node 23 dropped.
const require = createRequire(import.meta.url);
const util = require('node:util') as { isUndefined?: (value: unknown) => boolean };
util.isUndefined ??= (value) => value === undefined;
interface Shielded {
  generate(schema: GraphQLSchema): Record<string, unknown>;
}
type Rule = { readonly name: string };
const { shield, rule, and } = require('graphql-shield') as {
  shield(tree: Record<string, Record<string, Rule>>, options: Record<string, unknown>): Shielded;
  rule(name: string, options: { cache: 'no_cache' }): (check: (parent: unknown, args: unknown, exchange: Exchange) => true | Error) => Rule;
  and(...rules: Rule[]): Rule;
};
const { applyMiddleware } = require('graphql-middleware') as { applyMiddleware(schema: GraphQLSchema, middleware: unknown): GraphQLSchema };

const duty = (name: string, check: (exchange: Exchange) => ErrorCode | null): Rule =>
  rule(name, { cache: 'no_cache' })((_parent, _args, exchange) => {
    const code = check(exchange);
    return code === null ? true : new HubError(code);
  });

const MIN_REASON = 20;
/** The duties of a caller at a root field: coarse, before anything is read. What a field may show is the view's business. */
const caseNamed = duty('case named', ({ plan, caller }) =>
  plan.info.caseRequired && caller.caseReference === null ? 'CASE_REQUIRED' : null,
);
const reasonStated = duty('reason stated', ({ plan, reason }) =>
  plan.info.reasonRequired && (reason ?? '').trim().length < MIN_REASON ? 'REASON_REQUIRED' : null,
);
const personNamed = duty('person named', ({ caller }) => (caller.kind === 'guardian' && caller.actor === null ? 'FORBIDDEN' : null));
const duties = and(personNamed, caseNamed, reasonStated);

/** Root fields that tell a caller only about itself, whatever its purpose needs. */
const OPEN = new Set(['me', 'policy']);

/** Puts the duties before every root field of a view; a test sees to it that none is without. */
export function gated(view: GraphQLSchema): GraphQLSchema {
  const tree: Record<string, Record<string, Rule>> = {};
  for (const type of [view.getQueryType(), view.getMutationType()]) {
    if (!type) continue;
    const names = Object.keys(type.getFields()).filter((name) => !OPEN.has(name));
    if (names.length > 0) tree[type.name] = Object.fromEntries(names.map((name) => [name, duties]));
  }
  if (Object.keys(tree).length === 0) return view;
  const middleware = shield(tree, { allowExternalErrors: true, fallbackError: new HubError('FORBIDDEN') }).generate(view);
  return applyMiddleware(view, Object.fromEntries(Object.keys(tree).map((name) => [name, middleware[name]])));
}

/** Codes of the gate: an answer with one of them holds no data at all. */
export const GATE_CODES: ReadonlySet<string> = new Set<ErrorCode>([
  'CASE_REQUIRED',
  'REASON_REQUIRED',
  'FORBIDDEN',
  'PURPOSE_NOT_MANDATED',
]);

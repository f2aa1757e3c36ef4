import { type GraphQLResolveInfo, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { Outcome } from '../policy/outcome.ts';
import type { ViewPlan } from '../policy/view-plan.ts';

type Residual = { coordinate: string; outcome: Outcome };
const remembered = new WeakMap<object, Residual[]>();

/** The coordinates of an operation that only the child's own facts can settle; static per document and view, so remembered. */
export function residualCoordinates(info: Pick<GraphQLResolveInfo, 'operation' | 'fragments' | 'schema'>, plan: ViewPlan): Residual[] {
  const known = remembered.get(info.operation);
  if (known) return known;
  const names = new Set<string>();
  const types = new TypeInfo(info.schema);
  const collect = {
    Field() {
      const parent = types.getParentType();
      const field = types.getFieldDef();
      if (parent && field) names.add(`${parent.name}.${field.name}`);
    },
  };
  for (const node of [info.operation, ...Object.values(info.fragments)]) visit(node, visitWithTypeInfo(types, collect));
  const residual = [...names]
    .sort()
    .map((coordinate) => ({ coordinate, outcome: plan.outcomes.get(coordinate) ?? { effect: 'DENY' as const } }))
    .filter(({ outcome }) => outcome.effect === 'PERMIT_IF');
  remembered.set(info.operation, residual);
  return residual;
}

const ASK = {
  GUARDIAN_AUTHORIZATION_MISSING: "the child's guardians, through the school or the outreach team",
  PROTECTED: "the child-protection authority of the child's municipality",
  RULE_FAILED: "the hub's data-protection officer",
} as const;

/** A withheld value as the caller is told of it. The reason is the outside one: which of refused, absent and expired it was stays inside. */
export function withheldEntry(field: string, reason: string, rule: string, plan: ViewPlan) {
  const [law] = plan.info.law;
  // A guardian is not told that a child is protected: the wrong parent would learn that somebody hides it from him.
  if (plan.kind === 'guardian')
    return {
      field,
      reason: 'NOT_SHOWN_HERE',
      rule: plan.purpose,
      article: law ? `${law.act}, ${law.article}` : null,
      ask: ASK.RULE_FAILED,
    };
  return {
    field,
    reason,
    rule,
    article: law ? `${law.act}, ${law.article}` : null,
    ask: ASK[reason as keyof typeof ASK] ?? ASK.RULE_FAILED,
  };
}

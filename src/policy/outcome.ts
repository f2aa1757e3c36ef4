import type { DataCategory } from './vocabulary.ts';

/** What only the child's own facts can settle. */
export type Condition =
  | { readonly kind: 'AUTHORIZATION'; readonly category: DataCategory; readonly default: 'DENY' | 'OPT_OUT' }
  | { readonly kind: 'NOT_SAFEGUARDED' };

/**
 * What policy says of one reference, before any child is looked at. A DENY carries no rule ids: what is denied does not exist in the view.
 * `generalises` names the exact category when the value is its coarser form. PERMIT_IF is a residual: `settle` decides it per child.
 */
export type Outcome =
  | { readonly effect: 'DENY' }
  | { readonly effect: 'PERMIT'; readonly rules: readonly string[]; readonly generalises?: DataCategory }
  | {
      readonly effect: 'PERMIT_IF';
      readonly rules: readonly string[];
      readonly conditions: readonly Condition[];
      readonly generalises?: DataCategory;
    };

export const DENY: Outcome = Object.freeze({ effect: 'DENY' });
/** Structure without a datum: permitted wherever its parent is. */
export const PLUMBING: Outcome = Object.freeze({ effect: 'PERMIT', rules: Object.freeze([]) });

/** Builds a permit from rule ids and conditions: without conditions PERMIT, with them PERMIT_IF; conditions are put in their one order, doubles dropped. */
export function permit(rules: readonly string[], conditions: readonly Condition[], generalises?: DataCategory): Outcome {
  const coarse = generalises === undefined ? {} : { generalises };
  if (conditions.length === 0) return { effect: 'PERMIT', rules, ...coarse };
  const byKey = new Map(conditions.map((condition) => [conditionKey(condition), condition]));
  const ordered = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, condition]) => condition);
  return { effect: 'PERMIT_IF', rules, conditions: ordered, ...coarse };
}

/** A condition as text, e.g. `1 NOT_SAFEGUARDED`; the digit is its place: safeguarding is looked at before any authorization. */
export function conditionKey(condition: Condition): string {
  return condition.kind === 'NOT_SAFEGUARDED' ? '1 NOT_SAFEGUARDED' : `2 AUTHORIZATION ${condition.category} ${condition.default}`;
}

/** A condition for people, e.g. `NOT_SAFEGUARDED`, `GUARDIAN_AUTHORIZATION`, `NO_GUARDIAN_REFUSAL`. */
export function conditionName(condition: Condition): string {
  if (condition.kind === 'NOT_SAFEGUARDED') return 'NOT_SAFEGUARDED';
  return condition.default === 'OPT_OUT' ? 'NO_GUARDIAN_REFUSAL' : 'GUARDIAN_AUTHORIZATION';
}

/** One reference that rests on several data (a derived field and its sources): denied when one is denied, under the conditions of all. */
export function join(outcomes: readonly Outcome[]): Outcome {
  const rules = new Set<string>();
  const conditions: Condition[] = [];
  let generalises: DataCategory | undefined;
  for (const outcome of outcomes) {
    if (outcome.effect === 'DENY') return DENY;
    for (const rule of outcome.rules) rules.add(rule);
    if (outcome.effect === 'PERMIT_IF') conditions.push(...outcome.conditions);
    generalises ??= outcome.generalises;
  }
  return permit([...rules], conditions, generalises);
}

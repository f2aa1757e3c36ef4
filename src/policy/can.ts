import type { AgencyKind } from '../kernel/brands.ts';
import { type Explanation, explainOutcome } from './explain-outcome.ts';
import type { Policy } from './policy.ts';
import { VERBS } from './vocabulary.ts';

/** One way in which a kind of agency may, or may not, refer to a datum. */
export interface CanRow extends Explanation {
  readonly kind: AgencyKind;
  readonly purpose: string;
}

/**
 * "Can this kind ever see that": every purpose of the kind, every verb, with the rules that decide. Cells that are denied without any rule speaking of them are left out.
 * @param what a coordinate or a category. [] is the answer "never, and no rule says a word about it".
 */
export function can(policy: Policy, kind: AgencyKind, what: string): CanRow[] {
  const verbs = policy.coordinates.find(({ coordinate }) => coordinate === what) ? [undefined] : VERBS;
  return policy.views
    .filter((view) => view.kind === kind)
    .flatMap(({ purpose }) => verbs.map((verb) => ({ kind, purpose, ...explainOutcome(policy, kind, purpose, what, verb) })))
    .filter((row) => row.outcome.effect !== 'DENY' || row.denying.length + row.deciding.length > 0);
}

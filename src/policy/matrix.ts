import type { AgencyKind } from '../kernel/brands.ts';
import type { Outcome } from './outcome.ts';
import type { Policy } from './policy.ts';
import { DATA_CATEGORIES, type DataCategory, VERBS, type Verb } from './vocabulary.ts';

/** One row of the DPO's table: a category in a view, with the verbs that are not denied. */
export interface MatrixRow {
  readonly kind: AgencyKind;
  readonly purpose: string;
  readonly category: DataCategory;
  readonly verbs: Readonly<Partial<Record<Verb, Outcome>>>;
}

/** The access matrix: a row for each view and category of which anything is permitted, in the order of views and of the vocabulary. */
export function matrix(policy: Policy): MatrixRow[] {
  return policy.views.flatMap(({ kind, purpose }) =>
    DATA_CATEGORIES.flatMap((category) => {
      const verbs = VERBS.map((verb) => [verb, policy.categoryOutcome(kind, purpose, category, verb)] as const).filter(
        ([, outcome]) => outcome.effect !== 'DENY',
      );
      return verbs.length === 0 ? [] : [{ kind, purpose, category, verbs: Object.fromEntries(verbs) }];
    }),
  );
}

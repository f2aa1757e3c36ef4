import type { AgencyKind } from '../kernel/brands.ts';
import type { Condition, Outcome } from './outcome.ts';
import { conditionKey } from './outcome.ts';
import type { Policy } from './policy.ts';
import { DATA_CATEGORIES, VERBS, type Verb } from './vocabulary.ts';

/** A cell in which two policies differ in what they permit. A change of rule names alone is none. */
export interface CellChange {
  readonly kind: AgencyKind;
  readonly purpose: string;
  /** A coordinate of the schema or a category. */
  readonly what: string;
  readonly verb: Verb;
  readonly before: Outcome;
  readonly after: Outcome;
  /** True when something is newly permitted, or permitted under fewer conditions: a second signature is due. */
  readonly widens: boolean;
}

/** The meaning of a change of policy, cell by cell: categories first, then coordinates of either schema. */
export function diffPolicies(before: Policy, after: Policy): CellChange[] {
  const views = new Map([...before.views, ...after.views].map(({ id, kind, purpose }) => [id, { kind, purpose }]));
  const coordinates = new Map(
    [...before.coordinates, ...after.coordinates].map(({ coordinate, verb }) => [`${coordinate} ${verb}`, { coordinate, verb }]),
  );
  return [...views]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, { kind, purpose }]) => [
      ...DATA_CATEGORIES.flatMap((what) =>
        VERBS.flatMap((verb) =>
          change(
            kind,
            purpose,
            what,
            verb,
            before.categoryOutcome(kind, purpose, what, verb),
            after.categoryOutcome(kind, purpose, what, verb),
          ),
        ),
      ),
      ...[...coordinates.values()].flatMap(({ coordinate: what, verb }) =>
        change(kind, purpose, what, verb, before.outcome(kind, purpose, what, verb), after.outcome(kind, purpose, what, verb)),
      ),
    ]);
}

function change(kind: AgencyKind, purpose: string, what: string, verb: Verb, before: Outcome, after: Outcome): CellChange[] {
  const [was, is] = [conditions(before), conditions(after)];
  if (was?.join() === is?.join()) return [];
  const widens = is !== null && (was === null || was.some((condition) => !is.includes(condition)));
  return [{ kind, purpose, what, verb, before, after, widens }];
}

/** null for a deny. */
function conditions(outcome: Outcome): string[] | null {
  if (outcome.effect === 'DENY') return null;
  return outcome.effect === 'PERMIT' ? [] : outcome.conditions.map((condition: Condition) => conditionKey(condition));
}

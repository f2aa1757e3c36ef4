import type { AgencyKind } from '../kernel/brands.ts';
import { combine } from './combine.ts';
import { undeclassifiedSources } from './declassification.ts';
import { DENY, join, type Outcome, PLUMBING } from './outcome.ts';
import type { Policy } from './policy.ts';
import type { Rule } from './purpose.ts';
import { type DataCategory, isDataCategory, type Verb } from './vocabulary.ts';

/** Why a cell came out as it did. */
export interface Explanation {
  readonly outcome: Outcome;
  readonly category: DataCategory | null;
  readonly verb: Verb;
  /** Rules that deny it; any one suffices. */
  readonly denying: readonly RuleCited[];
  /** The deepest permits: they decide, unless there is a deny. */
  readonly deciding: readonly RuleCited[];
  /** Permits of purposes above, which did not count. */
  readonly passedOver: readonly RuleCited[];
  /** Sources of a derived datum that must be permitted too, and are joined in. */
  readonly sources: readonly { readonly category: DataCategory; readonly outcome: Outcome }[];
  readonly because: string;
}
export interface RuleCited {
  readonly id: string;
  readonly file: string;
  readonly line?: number;
  readonly why: string;
}

/**
 * Explains the outcome of a coordinate or category. Works from the rules, not from the table; a test holds the two equal.
 * @param what a coordinate (its own verb is used) or a category.
 */
export function explainOutcome(policy: Policy, kind: AgencyKind, purpose: string, what: string, asked: Verb = 'read'): Explanation {
  const at = policy.coordinates.find(({ coordinate }) => coordinate === what);
  const category = at?.category ?? (isDataCategory(what) ? what : null);
  const verb = at?.verb ?? asked;
  const nothing = { denying: [], deciding: [], passedOver: [], sources: [] };
  if (category === null) return { ...nothing, outcome: DENY, category, verb, because: `${what} is neither in the schema nor a category` };
  if (!policy.purposes.get(purpose)?.who.includes(kind))
    return { ...nothing, outcome: DENY, category, verb, because: `${kind} does not ask under ${purpose}` };
  if (category === 'plumbing' && at) return { ...nothing, outcome: PLUMBING, category, verb, because: 'structure of the answer, no datum' };

  const own = combine(policy.tree, { kind, purpose, category, coordinate: at?.coordinate, verb });
  const sources = undeclassifiedSources(category, at?.sources ?? []).map((source) => ({
    category: source,
    outcome: combine(policy.tree, { kind, purpose, category: source, verb }).outcome,
  }));
  const outcome = join([own.outcome, ...sources.map((source) => source.outcome)]);
  const deniedSource = sources.find((source) => source.outcome.effect === 'DENY');
  const because =
    own.denying.length > 0
      ? 'a rule denies it, and a deny always wins'
      : own.deciding.length === 0
        ? 'no rule permits it'
        : deniedSource
          ? `it is derived from ${deniedSource.category}, which is not permitted`
          : `the deepest permit is of ${own.deciding[0]?.purpose}`;
  return {
    outcome,
    category,
    verb,
    denying: own.denying.map(cite),
    deciding: own.deciding.map(cite),
    passedOver: own.passedOver.map(cite),
    sources,
    because,
  };
}

const cite = ({ id, file, line, why }: Rule): RuleCited => ({ id, file, line, why });

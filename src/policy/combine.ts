import type { AgencyKind } from '../kernel/brands.ts';
import { type Condition, DENY, type Outcome, permit } from './outcome.ts';
import type { Purpose, Rule } from './purpose.ts';
import type { PurposeTree } from './purpose-tree.ts';
import { type DataCategory, generalisedFrom, type Verb } from './vocabulary.ts';

/** A reference that is to be decided: asked by a kind of agency for a purpose. Without `coordinate`, the category as such. */
export interface Cell {
  readonly kind: AgencyKind;
  readonly purpose: string;
  readonly category: DataCategory;
  readonly coordinate?: string;
  readonly verb: Verb;
}

/** A cell's outcome and all that led to it: who denied, whose permit counted, which permits lay less deep and did not count. */
export interface Combined {
  readonly outcome: Outcome;
  readonly denying: readonly Rule[];
  readonly deciding: readonly Rule[];
  readonly passedOver: readonly Rule[];
  /** Two permits of one depth that do not say the same; the outcome is then DENY and the policy does not compile. */
  readonly disagreement?: readonly [Rule, Rule];
}

/**
 * The combining rules, all of them:
 * nothing is permitted unless a rule says so; a deny of the purpose, of one above or of one below always wins; a permit of the purpose or of one above counts,
 * and among permits the deepest purpose wins; those of one depth must agree on basis and authorization.
 */
export function combine(tree: PurposeTree, cell: Cell): Combined {
  const above = tree.lineage(cell.purpose);
  const denying = [...above, ...tree.descendants(cell.purpose)].flatMap((purpose) => matching(purpose, 'deny', cell));
  const permits = above.map((purpose) => matching(purpose, 'allow', cell)).filter((rules) => rules.length > 0);
  const [deciding = [], ...shallower] = permits;
  const passedOver = shallower.flat();
  const [first] = deciding;
  if (denying.length > 0 || !first) return { outcome: DENY, denying, deciding, passedOver };
  const other = deciding.find((rule) => terms(rule) !== terms(first));
  if (other) return { outcome: DENY, denying, deciding, passedOver, disagreement: [first, other] };
  const ids = deciding.map((rule) => rule.id);
  return { outcome: permit(ids, conditionsOf(first, cell.category), generalisedFrom(cell.category)), denying, deciding, passedOver };
}

function matching(purpose: Purpose, effect: Rule['effect'], cell: Cell): Rule[] {
  return purpose.rules.filter(
    (rule) =>
      rule.effect === effect &&
      rule.verbs.includes(cell.verb) &&
      (rule.who.length === 0 || rule.who.includes(cell.kind)) &&
      (rule.categories.includes(cell.category) || (cell.coordinate !== undefined && rule.fields.includes(cell.coordinate))),
  );
}

/** What two permits of one depth must have in common. A rule without a basis of its own stands on its purpose's. */
function terms(rule: Rule): string {
  const { basis, guardian, unless } = rule;
  return JSON.stringify([basis && [basis.gdpr6, basis.gdpr9 ?? null, basis.national], guardian, unless]);
}

function conditionsOf(rule: Rule, category: DataCategory): Condition[] {
  const conditions: Condition[] = [];
  if (rule.unless === 'safeguarding') conditions.push({ kind: 'NOT_SAFEGUARDED' });
  if (rule.guardian !== null)
    conditions.push({ kind: 'AUTHORIZATION', category, default: rule.guardian === 'authorization' ? 'DENY' : 'OPT_OUT' });
  return conditions;
}

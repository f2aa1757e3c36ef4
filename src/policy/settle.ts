import type { AgencyKind } from '../kernel/brands.ts';
import { type AuthorityFact, type AuthorizationFact, guardianAnswer } from './guardian-authorization.ts';
import type { Condition, Outcome } from './outcome.ts';
import type { WithholdReason } from './vocabulary.ts';

export type { AuthorityFact, AuthorizationFact } from './guardian-authorization.ts';
export type { WithholdReason } from './vocabulary.ts';

/** All that settling may know of a child, read in the snapshot of the data: never the value itself, nor whether there is one. */
export interface ChildFacts {
  readonly safeguarded: boolean;
  readonly authorizations: readonly AuthorizationFact[];
  readonly authorities: readonly AuthorityFact[];
  /** The instant at which the child comes of age: what guardians allowed or refused lapses then. */
  readonly comesOfAge?: Date | null;
}

export interface SettleContext {
  readonly kind: AgencyKind;
  readonly purpose: string;
  /** The database's clock, of the transaction that reads the data. */
  readonly now: Date;
}

/** `reason` is for the caller; `inside` tells refused, absent, expired … apart and is for explaining only. */
export type Settlement =
  | { readonly decision: 'release' }
  | { readonly decision: 'withhold'; readonly reason: WithholdReason; readonly inside: string; readonly rule: string };

const NO_FACTS: ChildFacts = Object.freeze({ safeguarded: false, authorizations: [], authorities: [] });
const RELEASE: Settlement = Object.freeze({ decision: 'release' });

/**
 * Decides one reference for one child. Conditions are looked at in their fixed order; the first that fails names the reason.
 * A denied outcome, an unknown condition, an unreadable fact or any error withholds: a rule that errs never permits.
 * @param facts undefined: the child has no rows of facts at all.
 */
export function settle(outcome: Outcome, facts: ChildFacts | undefined, context: SettleContext): Settlement {
  if (outcome.effect === 'PERMIT') return RELEASE;
  if (outcome.effect !== 'PERMIT_IF') return withhold('RULE_FAILED', 'DENIED', []);
  try {
    for (const condition of outcome.conditions) {
      const failed = failure(condition, facts ?? NO_FACTS, context);
      if (failed) return withhold(failed.reason, failed.inside, outcome.rules);
    }
    return RELEASE;
  } catch (error) {
    return withhold('RULE_FAILED', error instanceof Error ? error.message : 'unknown', outcome.rules);
  }
}

function withhold(reason: WithholdReason, inside: string, rules: readonly string[]): Settlement {
  return { decision: 'withhold', reason, inside, rule: rules[0] ?? '' };
}

function failure(condition: Condition, facts: ChildFacts, context: SettleContext): { reason: WithholdReason; inside: string } | null {
  switch (condition.kind) {
    case 'NOT_SAFEGUARDED':
      return facts.safeguarded === false ? null : { reason: 'PROTECTED', inside: 'SAFEGUARDED' };
    case 'AUTHORIZATION':
      return unauthorised(condition, facts, context);
    default:
      return { reason: 'RULE_FAILED', inside: 'UNKNOWN_CONDITION' };
  }
}

function unauthorised(
  condition: Condition & { kind: 'AUTHORIZATION' },
  facts: ChildFacts,
  { kind, now }: SettleContext,
): { reason: WithholdReason; inside: string } | null {
  const ofAge = facts.comesOfAge != null && facts.comesOfAge <= now;
  const events = ofAge ? [] : facts.authorizations;
  const answer = guardianAnswer(events, facts.authorities, { category: condition.category, recipient: kind, now });
  if (answer === 'GRANTED') return null;
  // Where silence permits, taking a grant back is not silence: it says no (GDPR Art. 7(3), 21).
  if (condition.default === 'OPT_OUT' && answer !== 'REFUSED' && answer !== 'WITHDRAWN') return null;
  return { reason: 'GUARDIAN_AUTHORIZATION_MISSING', inside: ofAge ? 'EXPIRED' : answer };
}

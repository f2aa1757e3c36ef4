import type { AgencyKind } from '../kernel/brands.ts';
import type { DataCategory } from './vocabulary.ts';

/** An event of `consent.authorization_event`. Empty `categories` or `recipients` mean all. Holds from `validFrom` until before `validTo`. */
export interface AuthorizationFact {
  readonly guardian: string;
  readonly effect: 'GRANT' | 'REFUSE' | 'WITHDRAW';
  readonly categories: readonly string[];
  readonly recipients: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date | null;
}

/** An event of `consent.authority_event`: whether this guardian speaks for the child. */
export interface AuthorityFact {
  readonly guardian: string;
  readonly effect: 'GAINED' | 'LOST';
  readonly validFrom: Date;
  readonly validTo: Date | null;
}

/** What the guardians together have said. Outside, all but GRANTED look the same; inside they stay apart. */
export type GuardianAnswer = 'GRANTED' | 'REFUSED' | 'AUTHORITY_LOST' | 'WITHDRAWN' | 'EXPIRED' | 'ABSENT';

/** A fact that the hub cannot read: it permits nothing. */
export class UnreadableFact extends Error {}

/**
 * What the guardians answer on a category for a recipient at an instant: of each guardian with authority the newest event counts;
 * any refusal denies, else at least one grant permits. An event that lapsed is no answer, and does not revive an earlier one.
 * @throws UnreadableFact for an unknown effect or an instant that is none, whoever it is from: a consent that cannot be read is no consent.
 */
export function guardianAnswer(
  authorizations: readonly AuthorizationFact[],
  authorities: readonly AuthorityFact[],
  asked: { category: DataCategory; recipient: AgencyKind; now: Date },
): GuardianAnswer {
  if (Number.isNaN(asked.now.getTime())) throw new UnreadableFact('the clock');
  for (const fact of [...authorizations, ...authorities]) checkReadable(fact);
  for (const { effect } of authorizations)
    if (effect !== 'GRANT' && effect !== 'REFUSE' && effect !== 'WITHDRAW') throw new UnreadableFact('effect of an authorization');
  for (const { effect } of authorities) if (effect !== 'GAINED' && effect !== 'LOST') throw new UnreadableFact('effect of an authority');

  const concerned = authorizations.filter((event) => covers(event.categories, asked.category) && covers(event.recipients, asked.recipient));
  const answers = new Set<GuardianAnswer>();
  for (const [guardian, events] of Map.groupBy(concerned, (event) => event.guardian)) {
    const authority = newest(
      authorities.filter((event) => event.guardian === guardian),
      asked.now,
    );
    answers.add(answerOf(newest(events, asked.now), authority, asked.now));
  }
  return IN_ORDER.find((answer) => answers.has(answer)) ?? 'ABSENT';
}

/** A refusal outweighs a grant; of the ways to have no grant, the one that tells most about what happened is named. */
const IN_ORDER: readonly GuardianAnswer[] = ['REFUSED', 'GRANTED', 'AUTHORITY_LOST', 'WITHDRAWN', 'EXPIRED', 'ABSENT'];

/** Of events of one instant the strictest counts: they have no order, and what is in doubt permits nothing. */
function answerOf(events: readonly AuthorizationFact[], authority: readonly AuthorityFact[], now: Date): GuardianAnswer {
  if (events.length === 0) return 'ABSENT';
  const holds = authority.length > 0 && authority.every((event) => event.effect === 'GAINED' && !lapsed(event, now));
  if (!holds) return 'AUTHORITY_LOST';
  const standing = new Set(events.filter((event) => !lapsed(event, now)).map((event) => event.effect));
  if (standing.has('REFUSE')) return 'REFUSED';
  if (standing.has('WITHDRAW')) return 'WITHDRAWN';
  return events.every((event) => !lapsed(event, now)) ? 'GRANTED' : 'EXPIRED';
}

const covers = (named: readonly string[], asked: string): boolean => named.length === 0 || named.includes(asked);
const lapsed = (fact: { validTo: Date | null }, now: Date): boolean => fact.validTo !== null && fact.validTo <= now;

/** The events that began last, of those that have begun: one, or several of the same instant. */
function newest<T extends { validFrom: Date }>(events: readonly T[], now: Date): T[] {
  const begun = events.filter((event) => event.validFrom <= now);
  const last = Math.max(...begun.map((event) => event.validFrom.getTime()));
  return begun.filter((event) => event.validFrom.getTime() === last);
}

function checkReadable(fact: AuthorizationFact | AuthorityFact): void {
  const from = fact.validFrom.getTime();
  const to = fact.validTo === null ? Number.POSITIVE_INFINITY : fact.validTo.getTime();
  if (Number.isNaN(from) || Number.isNaN(to)) throw new UnreadableFact('interval');
}

import type { Assertion } from './assertion.ts';

/** "Gone abroad" as the rolls of both countries word it: "заминал в чужбина", "plecat în străinătate", with and without diacritics. */
const WORDS = /чужбин|str[aă]in/i;

/** A school's discharge for "gone abroad": a reason to verify, never a proof. */
export function saysGoneAbroad(assertion: Pick<Assertion, 'claim' | 'detail'>): boolean {
  return assertion.claim === 'DISCHARGED' && WORDS.test((assertion.detail ?? '').normalize('NFC'));
}

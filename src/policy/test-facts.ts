import type { ChildFacts } from './settle.ts';

/** The instant at which the examples of the policy files are asked. */
export const TEST_NOW = new Date('2026-11-16T08:00:00Z');
const EARLIER = new Date('2026-09-15T00:00:00Z');
const YESTERDAY = new Date('2026-11-15T00:00:00Z');

type Saying = (guardian: string) => Partial<ChildFacts>;
const said =
  (effect: 'GRANT' | 'REFUSE', validTo: Date | null = null) =>
  (guardian: string) => ({ guardian, effect, categories: [], recipients: [], validFrom: EARLIER, validTo });
const holds = (guardian: string) => ({ guardian, effect: 'GAINED' as const, validFrom: EARLIER, validTo: null });

/** The words by which an example describes its child; each word of a guardian is another guardian's. */
export const TEST_FACTS: Readonly<Record<string, Saying>> = Object.freeze({
  safeguarded: () => ({ safeguarded: true }),
  granted: (g) => ({ authorizations: [said('GRANT')(g)], authorities: [holds(g)] }),
  refused: (g) => ({ authorizations: [said('REFUSE')(g)], authorities: [holds(g)] }),
  expired: (g) => ({ authorizations: [said('GRANT', YESTERDAY)(g)], authorities: [holds(g)] }),
  withdrawn: (g) => ({
    authorizations: [said('GRANT')(g), { ...said('GRANT')(g), effect: 'WITHDRAW', validFrom: YESTERDAY }],
    authorities: [holds(g)],
  }),
  'authority-lost': (g) => ({
    authorizations: [said('GRANT')(g)],
    authorities: [holds(g), { ...holds(g), effect: 'LOST', validFrom: YESTERDAY }],
  }),
});

/** The facts of an example's child; undefined for a child of whom nothing is said. */
export function testFacts(words: readonly string[]): ChildFacts | undefined {
  if (words.length === 0) return undefined;
  const parts = words.map((word, index) => TEST_FACTS[word]?.(`guardian ${index + 1}`) ?? {});
  return {
    safeguarded: parts.some((part) => part.safeguarded),
    authorizations: parts.flatMap((part) => part.authorizations ?? []),
    authorities: parts.flatMap((part) => part.authorities ?? []),
  };
}

import type { CoverageRule } from './rule.ts';

/** A death in the civil register ends the duty; a visit's "deceased, they say" does not. A roll of this school year that begins after the death speaks against it. */
export const deceased: CoverageRule = (facts) => {
  const [first] = facts.deceased;
  if (!first) return null;
  const after = facts.onRoll.filter((assertion) => (assertion.date ?? '') > (first.date ?? ''));
  return {
    status: 'DECEASED',
    because: facts.deceased,
    against: [...after, ...facts.seen.filter((seen) => (seen.date ?? '') > (first.date ?? ''))],
  };
};

import type { CoverageRule } from './rule.ts';

/** A foreign address in the register, or a visit's evidence of closing grade, of this school year: "abroad" wears out each 15 September. A school's "gone abroad" and hearsay prove nothing. */
export const abroad: CoverageRule = (facts) => {
  const because = [...facts.registerAbroad, ...facts.visitAbroad];
  if (because.length === 0) return null;
  const latest =
    because
      .map((assertion) => assertion.date ?? '')
      .toSorted()
      .at(-1) ?? '';
  return { status: 'ABROAD', because, against: facts.seen.filter((seen) => (seen.date ?? '') >= latest || facts.visitAbroad.length === 0) };
};

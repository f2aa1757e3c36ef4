import type { CoverageRule } from './rule.ts';

/** Moved by a roll of this school year to a school whose roll has not come in, or shown by a document at a visit of this school year. */
export const enrolledElsewhere: CoverageRule = (facts) => {
  const because = [...facts.movedThisYear, ...facts.enrolledElsewhere];
  return because.length > 0 ? { status: 'ENROLLED_ELSEWHERE', because, against: [...facts.registerAbroad, ...facts.visitAbroad] } : null;
};

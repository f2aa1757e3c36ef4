import type { CoverageRule } from './rule.ts';

/** On a roll of this or the last school year and active on none: Decree 100/2018 art. 1(2)(c). An enrolment of last year is not one of this year. */
export const leftEarly: CoverageRule = (facts) =>
  facts.recentRoll.length > 0 ? { status: 'LEFT_EARLY', because: facts.recentRoll, against: [] } : null;

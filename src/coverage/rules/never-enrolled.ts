import type { CoverageRule } from './rule.ts';

/** In the civil register and on no roll of this or the last school year: Decree 100/2018 art. 1(2)(a). */
export const neverEnrolled: CoverageRule = (facts) =>
  facts.registered.length > 0 ? { status: 'NEVER_ENROLLED', because: facts.registered, against: [] } : null;

import type { CoverageRule } from './rule.ts';

/** Foreign schools report aggregates only, so a single child is seen there only by a visit's evidence of closing grade in this school year. */
export const foreignSchool: CoverageRule = (facts) =>
  facts.foreignSchool.length > 0 ? { status: 'FOREIGN_SCHOOL', because: facts.foreignSchool, against: [] } : null;

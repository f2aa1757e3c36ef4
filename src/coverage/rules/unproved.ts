import { lawOn } from '../coverage-law.ts';
import type { CoverageRule } from './rule.ts';

/**
 * A name that stands only in protocols of visits at which nobody who knows the child was met: neither register nor roll nor benefit knows such a child.
 * Most often the name or date of a registered child is misspelt there. It contradicts the register and proves no unregistered child, so a human looks at it.
 */
export const unproved: CoverageRule = (facts) => {
  const grades = new Set(lawOn(facts.law.existenceGrades, facts.asOf));
  const visits = facts.all.filter((assertion) => assertion.source === 'visits');
  if (visits.length === 0 || visits.length < facts.all.length) return null;
  const stated = visits.filter((assertion) => assertion.claim !== 'BORN');
  if (stated.length === 0 || stated.some((assertion) => assertion.grade !== null && grades.has(assertion.grade))) return null;
  return { status: 'CONFLICT', because: stated, against: stated };
};

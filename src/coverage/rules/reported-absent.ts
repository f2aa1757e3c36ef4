import { lawOn } from '../coverage-law.ts';
import type { CoverageRule } from './rule.ts';

/**
 * A school reported the child's absences of this school year, and no roll row of this year is known: schools report their own pupils only
 * (absence session of the ministry with social assistance), so that the roll row is what is missing, not the pupil.
 */
export const reportedAbsent: CoverageRule = (facts) => {
  if (facts.absentAsPupil.length === 0) return null;
  const against = [...facts.registerAbroad, ...facts.visitAbroad];
  return {
    status: against.length > 0 ? lawOn(facts.law.rollAgainstAbroad, facts.asOf) : 'ENROLLED',
    because: facts.absentAsPupil,
    against,
  };
};

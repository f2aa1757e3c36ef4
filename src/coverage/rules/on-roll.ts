import { lawOn } from '../coverage-law.ts';
import type { CoverageRule } from './rule.ts';

/** On an active roll of this school year, also where the register says abroad (it lags behind a return), unless the law of the day reads that as a conflict. */
export const onRoll: CoverageRule = (facts) => {
  if (facts.onRoll.length === 0) return null;
  const against = [...facts.registerAbroad, ...facts.visitAbroad];
  const status = against.length > 0 ? lawOn(facts.law.rollAgainstAbroad, facts.asOf) : 'ENROLLED';
  return { status, because: facts.onRoll, against };
};

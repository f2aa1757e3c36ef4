import { birthOf } from '../birth.ts';
import type { CoverageFacts } from '../facts.ts';
import { isCompulsory } from '../compulsory-age.ts';
import type { CoverageRule } from './rule.ts';

/** Below or above the age of compulsory schooling in every country whose law applies. A child whose birth date nobody knows stays on the list; the civil register's date is not contested by others. */
export const notCompulsory: CoverageRule = (facts) => {
  if (!facts.birth || isCompulsoryFor(facts, facts.birth.known)) return null;
  const { birth } = facts;
  if (birth.said.some((assertion) => assertion.source === 'population'))
    return { status: 'NOT_COMPULSORY', because: birth.said, against: [] };
  const against = facts.all.filter((assertion) => {
    const other = birthOf(assertion);
    return other !== null && other.day !== null && isCompulsoryFor(facts, other);
  });
  return { status: 'NOT_COMPULSORY', because: birth.said, against };
};

function isCompulsoryFor(facts: CoverageFacts, birth: Parameters<typeof isCompulsory>[0]): boolean {
  return facts.countries.some((country) => isCompulsory(birth, country, facts.asOf, facts.law.compulsoryAge));
}

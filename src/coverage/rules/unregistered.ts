import type { Assertion } from '../assertion.ts';
import type { CoverageRule } from './rule.ts';

/** Known to somebody, but in no civil register and on no roll: such a child must be registered first. */
export const unregistered: CoverageRule = (facts) => {
  const because = onePerRecord(facts.all);
  return because.length > 0 ? { status: 'UNREGISTERED', because, against: [] } : null;
};

/** Of each record the claim that says most; BORN only where it says nothing else. */
function onePerRecord(assertions: readonly Assertion[]): Assertion[] {
  const chosen = new Map<string, Assertion>();
  for (const assertion of assertions) {
    const before = chosen.get(assertion.record);
    if (!before || before.claim === 'BORN') chosen.set(assertion.record, assertion);
  }
  return [...chosen.values()];
}

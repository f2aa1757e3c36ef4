import type { Policy } from './policy.ts';
import type { PolicyTest } from './purpose.ts';
import { settle } from './settle.ts';
import { TEST_NOW, testFacts } from './test-facts.ts';

/** An example of a policy file that came out otherwise than it says. */
export interface FailedPolicyTest {
  readonly test: PolicyTest;
  readonly found: PolicyTest['expect'];
  readonly message: string;
}

/** Asks every example that the policy files state; gives those that came out otherwise. */
export function runPolicyTests(policy: Policy): { ran: number; failed: FailedPolicyTest[] } {
  const tests = policy.tree.purposes.flatMap((purpose) => purpose.tests);
  const failed = tests.flatMap((test) => {
    const found = answer(policy, test);
    const what = test.coordinate ?? test.category;
    const message = `${test.file}:${test.line ?? '?'} ${test.as} ${test.purpose} ${test.verb} ${what} [${test.child.join(', ')}]: expected ${test.expect}, found ${found}`;
    return found === test.expect ? [] : [{ test, found, message }];
  });
  return { ran: tests.length, failed };
}

function answer(policy: Policy, test: PolicyTest): PolicyTest['expect'] {
  const { as, purpose, verb, coordinate, category = '' } = test;
  const outcome =
    coordinate === undefined ? policy.categoryOutcome(as, purpose, category, verb) : policy.outcome(as, purpose, coordinate, verb);
  if (outcome.effect === 'DENY') return 'deny';
  return settle(outcome, testFacts(test.child), { kind: as, purpose, now: TEST_NOW }).decision === 'release' ? 'permit' : 'withheld';
}

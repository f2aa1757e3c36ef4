import type { Assertion } from '../assertion.ts';
import type { CoverageFacts } from '../facts.ts';
import type { CoverageStatus } from '../status.ts';

/** What a rule decides: the status, the assertions that decided it, and those that speak against it with closing strength. */
export interface Verdict {
  readonly status: CoverageStatus;
  readonly because: readonly Assertion[];
  readonly against: readonly Assertion[];
}

/** One reading of the law; null: this rule does not hold, ask the next. */
export type CoverageRule = (facts: CoverageFacts) => Verdict | null;

import type { Country, EvidenceGrade, FeedKind, IsoDate } from '../kernel/brands.ts';
import type { Assertion, Claim } from './assertion.ts';
import type { CoverageLaw } from './coverage-law.ts';
import { coverageFacts } from './facts.ts';
import type { NextStep } from './next-step.ts';
import { nextStep } from './next-step.ts';
import { COVERAGE_RULES } from './rules/coverage-rules.ts';
import type { CoverageStatus } from './status.ts';
import { isOutOfSchool } from './status.ts';

/** One assertion behind a status. */
export interface Because {
  readonly source: FeedKind;
  readonly record: string;
  readonly claim: Claim;
  readonly date: IsoDate | null;
  readonly grade: EvidenceGrade | null;
}

/**
 * A derived status. `because` is never empty: first what decided, then, for a child out of school, what says otherwise without proving it, last what contradicts.
 * `conflicts` is that last part, evidence of closing strength for another status; `conflict` is true when there is any.
 */
export interface Coverage {
  readonly status: CoverageStatus;
  readonly because: readonly Because[];
  readonly conflict: boolean;
  readonly conflicts: readonly Because[];
  readonly country: Country;
  readonly nextStep: NextStep;
}

/** The day and the law by which a status is derived. */
export interface CoverageContext {
  readonly asOf: IsoDate;
  readonly law: CoverageLaw;
}

/**
 * What the assertions about one child come to on a day: the first of {@link COVERAGE_RULES} that holds. Pure; nothing of it is stored as truth.
 * @throws RangeError when none of the assertions was known on that day: of such a child nothing is derived.
 */
export function deriveCoverage(assertions: readonly Assertion[], context: CoverageContext): Coverage {
  const coverage = findCoverage(assertions, context);
  if (!coverage) throw new RangeError('no assertion was known on that day');
  return coverage;
}

/** As {@link deriveCoverage}, but null when nothing was known of the child on that day. */
export function findCoverage(assertions: readonly Assertion[], context: CoverageContext): Coverage | null {
  const facts = coverageFacts(assertions, context.asOf, context.law);
  const [country] = facts.countries;
  if (!country) return null;
  for (const rule of COVERAGE_RULES) {
    const verdict = rule(facts);
    if (!verdict) continue;
    const out = isOutOfSchool(verdict.status);
    const all = unique([...verdict.because, ...(out ? facts.hints : []), ...verdict.against]);
    return {
      status: verdict.status,
      because: all.map(becauseOf),
      conflict: verdict.against.length > 0,
      conflicts: unique(verdict.against).map(becauseOf),
      country,
      nextStep: nextStep(verdict.status, out ? [...all, ...facts.visitedThisYear] : all, country),
    };
  }
  return null;
}

function becauseOf(assertion: Assertion): Because {
  const { source, record, claim, date, grade } = assertion;
  return { source, record, claim, date, grade };
}

function unique(assertions: readonly Assertion[]): Assertion[] {
  return [...new Set(assertions)];
}

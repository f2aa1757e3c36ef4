import type { ReviewReason } from './pair.ts';

/** What hangs on one side of a pair: the child that its record is linked to now. */
export interface ReviewSide {
  /** Current records of that child. */
  readonly records: number;
  /** It would be out of school as it stands. */
  readonly outOfSchool: boolean;
  /** A case on it is open. */
  readonly openCase: boolean;
}
/** A pair of which a human may be asked. */
export interface ReviewQuestion {
  /** Log odds that the two are of one child, in bits. */
  readonly weight: number;
  readonly reason: ReviewReason | null;
  readonly left: ReviewSide;
  readonly right: ReviewSide;
}

/** A child that may be missing only because its records lie apart is what the hub is there for; a case means that somebody is at its door. */
const OUT_OF_SCHOOL = 3;
const OPEN_CASE = 2;
/** Where something other than the sum of the evidence holds a pair back, the sum says nothing of how sure anybody can be. */
const HELD_BACK = 0.5;

/** Probability of a match, 0…1, from log odds in bits. */
export const probabilityOf = (weight: number): number => 1 / (1 + 2 ** -weight);

/** Entropy of a yes or no in bits, 0…1 (Shannon 1948). */
export function entropyOf(probability: number): number {
  const part = (p: number) => (p <= 0 ? 0 : -p * Math.log2(p));
  return part(probability) + part(1 - probability);
}

/** 1 and more: how much a wrong link, or a missing one, would weigh on the two children. */
export const riskOf = (left: ReviewSide, right: ReviewSide): number =>
  1 + (left.outOfSchool || right.outOfSchool ? OUT_OF_SCHOOL : 0) + (left.openCase || right.openCase ? OPEN_CASE : 0);

/**
 * What asking a human about a pair is worth: risk × doubt in bits × records that a SAME would move (those of the smaller side). 0 and more, without a unit: it orders a queue and nothing else.
 * What is asked first is thus what may change most, for whom it matters most, where the evidence leaves it open (value of information, Howard 1966).
 */
export function reviewValue({ weight, reason, left, right }: ReviewQuestion): number {
  const entropy = entropyOf(probabilityOf(weight));
  const doubt = reason === null || reason === 'WEAK' ? entropy : Math.max(entropy, HELD_BACK);
  return riskOf(left, right) * doubt * Math.max(1, Math.min(left.records, right.records));
}

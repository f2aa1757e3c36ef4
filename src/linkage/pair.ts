/** AUTO: linked without a human. REVIEW: a human is asked. NONE: not linked. */
export type Band = 'AUTO' | 'REVIEW' | 'NONE';
export const BANDS = ['AUTO', 'REVIEW', 'NONE'] as const satisfies readonly Band[];

/**
 * Why a pair is not linked without a human though its evidence would do, or why a human is asked:
 * `WEAK` the evidence does not reach the threshold · `POSSIBLE_TWIN` same household and birth date, another given name · `TWO_CHILDREN_FIT` another child fits about as well ·
 * `ID_CONFLICT` the same valid id with another name and birth date (mistyped, or a sibling's) · `RENUMBERED` two valid ids and all else equal ·
 * `CLUSTER_VETO` the pair fits, but records linked to either side speak against it · `TOO_LARGE` the child would have more records than any child has.
 */
export type ReviewReason = 'WEAK' | 'POSSIBLE_TWIN' | 'TWO_CHILDREN_FIT' | 'ID_CONFLICT' | 'RENUMBERED' | 'CLUSTER_VETO' | 'TOO_LARGE';
export const REVIEW_REASONS = [
  'WEAK',
  'POSSIBLE_TWIN',
  'TWO_CHILDREN_FIT',
  'ID_CONFLICT',
  'RENUMBERED',
  'CLUSTER_VETO',
  'TOO_LARGE',
] as const satisfies readonly ReviewReason[];

/** How one pair was scored. Depends on the two records and the model alone. */
export interface PairScore {
  /** Names of the two records, `a` before `b` in `compareRecords`. */
  readonly a: string;
  readonly b: string;
  /** Log odds that the two are of one child, in bits, the prior included; −∞ is written as −999. */
  readonly weight: number;
  readonly band: Band;
  readonly reason: ReviewReason | null;
  /** Level of each compared field as one character, in the order of the model's fields; `0` unknown on either side. */
  readonly levels: string;
}

/** What a human has said of two records. SAME and DIFFERENT hold whatever the records say; UNSURE takes a pair out of the queue for others to look at. */
export type Verdict = 'SAME' | 'DIFFERENT' | 'UNSURE';
export const VERDICTS = ['SAME', 'DIFFERENT', 'UNSURE'] as const satisfies readonly Verdict[];

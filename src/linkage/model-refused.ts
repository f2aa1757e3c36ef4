/**
 * Why a model is not used: `COLLAPSED` expectation maximisation calls nearly every candidate a match, or tells nothing apart · `NO_MATCHES` below one candidate in a hundred
 * seems to be a match · `NOT_MONOTONE` agreement counts less than disagreement · `TOO_FEW` records or candidates · `DRIFTED` weights are far from those of the model before it.
 */
export type RefusalReason = 'COLLAPSED' | 'NO_MATCHES' | 'NOT_MONOTONE' | 'TOO_FEW' | 'DRIFTED';

/** Learning failed loudly: nothing may be linked by what it has learnt. */
export class ModelRefused extends Error {
  readonly reason: RefusalReason;
  readonly detail: string;

  constructor(reason: RefusalReason, detail: string) {
    super(`the model is refused: ${reason} (${detail})`);
    this.name = 'ModelRefused';
    this.reason = reason;
    this.detail = detail;
  }
}

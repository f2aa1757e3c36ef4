/** Precision and recall, 0…1. */
export interface Quality {
  readonly precision: number;
  readonly recall: number;
}
/** How far the engine's own estimate lies from the truth, in points of a hundred; above 0: it thinks too well of itself. */
export interface SelfKnowledge {
  readonly precision: number;
  readonly recall: number;
  /** The larger of the two, without its sign. */
  readonly worst: number;
}

export function selfKnowledge(estimate: Quality, truth: Quality): SelfKnowledge {
  const precision = 100 * (estimate.precision - truth.precision);
  const recall = 100 * (estimate.recall - truth.recall);
  return { precision, recall, worst: Math.max(Math.abs(precision), Math.abs(recall)) };
}

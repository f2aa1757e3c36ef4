import { contingency } from './contingency.ts';
import { harmonic, type Labels, share } from './labels.ts';

/** All 0…1. */
export interface BCubed {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** B³ (Bagga and Baldwin 1998): for each record, how much of its cluster is of its child and how much of its child is in its cluster, averaged over records. */
export function bCubed(made: Labels, truth: Labels): BCubed {
  const { records, madeSizes, trueSizes, cells } = contingency(made, truth);
  let [precise, recalled] = [0, 0];
  for (const [a, b, both] of cells) {
    precise += (both * both) / (madeSizes[a] as number);
    recalled += (both * both) / (trueSizes[b] as number);
  }
  const [precision, recall] = [share(precise, records), share(recalled, records)];
  return { precision, recall, f1: harmonic(precision, recall) };
}

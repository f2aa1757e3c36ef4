import { contingency } from './contingency.ts';
import { type Labels, share } from './labels.ts';

export interface ClusterShape {
  readonly clusters: number;
  /** Records of the largest cluster. */
  readonly largest: number;
  /** Of the true children, those whose records are exactly one cluster, 0…1. */
  readonly exact: number;
}

export function clusterShape(made: Labels, truth: Labels): ClusterShape {
  const { madeSizes, trueSizes, cells } = contingency(made, truth);
  let [exact, largest] = [0, 0];
  for (const [a, b, both] of cells) if (both === madeSizes[a] && both === trueSizes[b]) exact += 1;
  for (const size of madeSizes) if (size > largest) largest = size;
  return { clusters: madeSizes.length, largest, exact: share(exact, trueSizes.length) };
}

import { contingency } from './contingency.ts';
import { harmonic, type Labels, pairsAmong, share } from './labels.ts';

/** Pairs of records that stand in one cluster, against pairs that are truly of one child. */
export interface Pairwise {
  readonly linked: number;
  readonly right: number;
  readonly all: number;
  readonly falsePairs: number;
  readonly missedPairs: number;
  /** False and missed. */
  readonly errors: number;
  /** 0…1. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

const sumOfPairs = (sizes: Iterable<number>): number => {
  let sum = 0;
  for (const size of sizes) sum += pairsAmong(size);
  return sum;
};

export function pairwise(made: Labels, truth: Labels): Pairwise {
  const { madeSizes, trueSizes, cells } = contingency(made, truth);
  let right = 0;
  for (const [, , both] of cells) right += pairsAmong(both);
  return pairwiseOf(sumOfPairs(madeSizes), right, sumOfPairs(trueSizes));
}

/** The figures that follow from three counts of pairs. */
export function pairwiseOf(linked: number, right: number, all: number): Pairwise {
  const [precision, recall] = [share(right, linked), share(right, all)];
  const [falsePairs, missedPairs] = [linked - right, all - right];
  return {
    linked,
    right,
    all,
    falsePairs,
    missedPairs,
    errors: falsePairs + missedPairs,
    precision,
    recall,
    f1: harmonic(precision, recall),
  };
}

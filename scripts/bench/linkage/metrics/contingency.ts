import { compactLabels, type Labels } from './labels.ts';

/** How two partitions of the same records overlap; only overlaps that are not empty. */
export interface Contingency {
  readonly records: number;
  /** Sizes of the clusters that were made, and of the true ones. */
  readonly madeSizes: Int32Array;
  readonly trueSizes: Int32Array;
  /** `[made, true, records in both]`. */
  readonly cells: Iterable<readonly [made: number, truth: number, both: number]>;
}

/** Counts overlaps instead of pairs: linear in the records, whatever the sizes of the clusters. @throws RangeError for partitions of different records. */
export function contingency(made: Labels, truth: Labels): Contingency {
  if (made.length !== truth.length) throw new RangeError(`${made.length} records were clustered, of ${truth.length} the truth is known`);
  const [a, b] = [compactLabels(made), compactLabels(truth)];
  const width = b.sizes.length;
  const counts = new Map<number, number>();
  for (let i = 0; i < made.length; i += 1) {
    const cell = (a.labels[i] as number) * width + (b.labels[i] as number);
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return {
    records: made.length,
    madeSizes: a.sizes,
    trueSizes: b.sizes,
    cells: {
      *[Symbol.iterator]() {
        for (const [cell, both] of counts) yield [Math.floor(cell / width), cell % width, both] as const;
      },
    },
  };
}

/** A partition of records 0…n−1: the number of its cluster for each record. Any whole numbers; equal numbers are one cluster. */
export type Labels = Int32Array;

/** Numbers equal names alike, from 0 in the order in which they first stand. */
export function labelsOf(names: Iterable<string>): Labels {
  const numbers = new Map<string, number>();
  const labels: number[] = [];
  for (const name of names) {
    let number = numbers.get(name);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(name, number);
    }
    labels.push(number);
  }
  return Int32Array.from(labels);
}

/** The same partition with the numbers 0…k−1, and the size of each cluster. */
export function compactLabels(labels: Labels): { readonly labels: Labels; readonly sizes: Int32Array } {
  const numbers = new Map<number, number>();
  const sizes: number[] = [];
  const compact = new Int32Array(labels.length);
  for (let i = 0; i < labels.length; i += 1) {
    const label = labels[i] as number;
    let number = numbers.get(label);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(label, number);
      sizes.push(0);
    }
    compact[i] = number;
    sizes[number] = (sizes[number] as number) + 1;
  }
  return { labels: compact, sizes: Int32Array.from(sizes) };
}

/** The records of each cluster, ascending; clusters in the order of their first record. */
export function membersOf(labels: Labels): number[][] {
  const { labels: compact, sizes } = compactLabels(labels);
  const members: number[][] = Array.from(sizes, () => []);
  for (let i = 0; i < compact.length; i += 1) members[compact[i] as number]?.push(i);
  return members;
}

/** n(n−1)/2. */
export const pairsAmong = (n: number): number => (n * (n - 1)) / 2;

/** a/b; of nothing, all is right: 1. */
export const share = (a: number, b: number): number => (b === 0 ? 1 : a / b);

/** Harmonic mean; 0 where both are 0. */
export const harmonic = (precision: number, recall: number): number =>
  precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);

import { compactLabels, type Labels } from './labels.ts';

/** A pair for a human, as indices of two records. */
export interface ReviewPair {
  readonly a: number;
  readonly b: number;
}

/** The partition after a human who knows the truth has answered the queue: the clusters of a pair become one where the two records are of one child. */
export function answeredReview(made: Labels, truth: Labels, review: Iterable<ReviewPair>): Labels {
  const { labels, sizes } = compactLabels(made);
  const parent = Int32Array.from(sizes, (_, i) => i);
  const root = (label: number): number => {
    let at = label;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  for (const { a, b } of review) if (truth[a] === truth[b]) parent[root(labels[a] as number)] = root(labels[b] as number);
  return labels.map(root);
}

export const reviewPerThousand = (pairs: number, records: number): number => (records === 0 ? 0 : (1000 * pairs) / records);

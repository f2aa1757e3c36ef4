import type { ClusterRules, Edges, Grouping, PairView } from './cluster-records.ts';
import type { IdValue } from './compare-id.ts';
import type { Dataset } from './dataset.ts';
import type { LinkModel } from './link-model.ts';
import { REVIEW_REASONS, type ReviewReason } from './pair.ts';
import type { PairScorer } from './pair-scorer.ts';

/** A pair for a human, by record number. */
export interface ReviewPair {
  readonly a: number;
  readonly b: number;
  /** Bits, and 0…1. */
  readonly weight: number;
  readonly probability: number;
  readonly reason: ReviewReason;
}
/** Pairs from this weight on are shown to a human (bits). */
export const REVIEW_BITS = -7;
const rulesOf = (linkBits: number, rivalBits: number, loneBits: number): ClusterRules => ({
  linkBits,
  meanBits: 0,
  vetoBits: -12,
  rivalBits,
  loneBits,
  largest: 400,
});
/** Under which records are linked without a human. */
export const autoRules = (model: LinkModel): ClusterRules => rulesOf(model.autoBits, 7, 4);
/** Under which each record goes where it most likely belongs. */
export const LIKELY_RULES: ClusterRules = {
  linkBits: 0,
  meanBits: -3,
  vetoBits: -20,
  rivalBits: 0,
  loneBits: 0,
  largest: 400,
};

export const probability = (weight: number): number => 1 / (1 + 2 ** -weight);

/** How records of a dataset stand to each other. */
export function viewOf(data: Dataset<never>, scorer: PairScorer, edges: Edges, before: PairView['before']): PairView {
  const renumbered = renumberings(data, scorer, edges);
  return {
    weight: (a, b) => scorer.weight(a, b),
    forbidden(a, b) {
      const source = data.sources[a] as number;
      scorer.compare(a, b);
      if (scorer.hasTwoIds()) return !renumbered(a, b);
      return source !== 0 && source === data.sources[b] && !scorer.isOneEntryTwice();
    },
    boundBySibling(a, b) {
      scorer.weight(a, b);
      return scorer.isBoundBySibling();
    },
    before,
  };
}

/** Ids that the register has exchanged for one another: equal, or joined by two entries that differ in nothing else. */
function renumberings(data: Dataset<never>, scorer: PairScorer, edges: Edges): (a: number, b: number) => boolean {
  const id = data.columns[data.schema.fields.findIndex(({ name }) => name === data.schema.child?.id)];
  if (!id) return () => false;
  const macOf = (record: number): string => (id.value(id.ids[record] as number) as IdValue).mac;
  const heads = new Map<string, string>();
  const headOf = (mac: string): string => {
    const head = heads.get(mac);
    return head === undefined || head === mac ? mac : headOf(head);
  };
  for (let e = 0; e < edges.count; e += 1) {
    const [a, b] = [edges.a[e] as number, edges.b[e] as number];
    if (edges.reason[e] !== 0 || data.sources[a] === 0 || data.sources[a] !== data.sources[b]) continue;
    scorer.compare(a, b);
    if (!scorer.hasTwoIds()) continue;
    const [x, y] = [headOf(macOf(a)), headOf(macOf(b))].sort() as [string, string];
    heads.set(y, x);
  }
  return heads.size === 0 ? () => false : (a, b) => headOf(macOf(a)) === headOf(macOf(b));
}

/** One pair per pair of clusters: the strongest. */
export function reviewPairs({ cluster, refused }: Grouping, edges: Edges, view: PairView): ReviewPair[] {
  const best = new Map<string, ReviewPair>();
  for (let e = 0; e < edges.count; e += 1) {
    const [a, b, weight] = [edges.a[e] as number, edges.b[e] as number, edges.weight[e] as number];
    if (cluster[a] === cluster[b]) continue;
    const reason = refused.get(e) ?? (edges.reason[e] === 0 ? 'WEAK' : (REVIEW_REASONS[(edges.reason[e] as number) - 1] as ReviewReason));
    const [x, y] = view.before(cluster[a] as number, cluster[b] as number) ? [cluster[a], cluster[b]] : [cluster[b], cluster[a]];
    const key = `${x}:${y}`;
    const other = best.get(key);
    if (!other || weight > other.weight || (weight === other.weight && isBefore(view, a, b, other)))
      best.set(key, { a, b, weight, probability: probability(weight), reason });
  }
  return [...best.values()].sort((p, q) => q.weight - p.weight || (view.before(p.a, q.a) ? -1 : 1));
}

/** Which of two equally strong pairs is asked: the one with the lesser names. */
function isBefore(view: PairView, a: number, b: number, other: { readonly a: number; readonly b: number }): boolean {
  const ends = (x: number, y: number): [number, number] => (view.before(x, y) ? [x, y] : [y, x]);
  const [[p, q], [r, t]] = [ends(a, b), ends(other.a, other.b)];
  return p !== r ? view.before(p, r) : q !== t && view.before(q, t);
}

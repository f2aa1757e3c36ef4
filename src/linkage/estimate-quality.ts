import type { Edges, Grouping, PairView } from './cluster-records.ts';
import type { Quality } from './link-all.ts';
import { probability } from './link-rules.ts';

/**
 * Precision and recall of pairs as the scores themselves let expect: a link stands for all pairs that it brings together, a pair left apart for all that it would.
 */
export function estimateQuality({ cluster, tree }: Grouping, edges: Edges, unkept: number, view: PairView, linkBits: number): Quality {
  const size = new Map<number, number>();
  for (const head of cluster) size.set(head, (size.get(head) ?? 0) + 1);
  const heads = new Map<number, { head: number; count: number }>();
  const of = (record: number): { head: number; count: number } => {
    let at = heads.get(record) ?? { head: record, count: 1 };
    while (at.head !== record) {
      record = at.head;
      at = heads.get(record) ?? { head: record, count: 1 };
    }
    return at;
  };
  let [linked, right] = [0, 0];
  for (const e of tree) {
    const [x, y] = [of(edges.a[e] as number), of(edges.b[e] as number)];
    const pairs = x.count * y.count;
    linked += pairs;
    right += pairs * probability(edges.weight[e] as number);
    heads.set(y.head, { head: x.head, count: 0 });
    heads.set(x.head, { head: x.head, count: x.count + y.count });
  }
  const apart = new Map<string, { a: number; b: number; weight: number; pairs: number }>();
  for (let e = 0; e < edges.count; e += 1) {
    const [a, b] = [edges.a[e] as number, edges.b[e] as number];
    const [x, y] = [cluster[a] as number, cluster[b] as number];
    if (x === y) continue;
    const key = x < y ? `${x}:${y}` : `${y}:${x}`;
    const weight = edges.weight[e] as number;
    const kept = apart.get(key);
    if (!kept || kept.weight < weight) apart.set(key, { a: x, b: y, weight, pairs: (size.get(x) as number) * (size.get(y) as number) });
  }
  // What was refused in spite of its strongest pair has others that speak against it.
  // A cluster belongs to one other at most: its candidates share what is likely.
  const odds = new Map<number, number>();
  const members = Map.groupBy(cluster.keys(), (i) => cluster[i] as number);
  const rows = [...apart.values()]
    .filter(({ a, b }) => !everForbidden(members.get(a) as number[], members.get(b) as number[], view))
    .map(({ a, b, weight, pairs }) => {
      const [x, y] = [members.get(a) as number[], members.get(b) as number[]];
      const own = 2 ** Math.min(20, weight < linkBits || pairs === 1 || pairs > 900 ? weight : (weight + meanWeight(x, y, view)) / 2);
      for (const end of [a, b]) odds.set(end, (odds.get(end) ?? 0) + own);
      return { a, b, own, pairs };
    });
  const missed =
    unkept +
    rows.reduce((sum, { a, b, own, pairs }) => sum + (pairs * own) / (1 + Math.max(odds.get(a) as number, odds.get(b) as number)), 0);
  return { precision: linked === 0 ? 1 : right / linked, recall: right + missed === 0 ? 1 : right / (right + missed) };
}

function meanWeight(x: readonly number[], y: readonly number[], view: PairView): number {
  let sum = 0;
  for (const a of x) for (const b of y) sum += Math.max(-30, Math.min(30, view.weight(a, b)));
  return sum / (x.length * y.length);
}

/** A pair of clusters that cannot be one: too many records to look at all are taken as possible. */
function everForbidden(x: readonly number[], y: readonly number[], view: PairView): boolean {
  return x.length * y.length <= 100 && x.some((a) => y.some((b) => view.forbidden(a, b)));
}

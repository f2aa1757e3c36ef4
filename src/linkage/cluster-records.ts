import { REVIEW_REASONS, type ReviewReason } from './pair.ts';

/** Edges between records, by number: weight in bits, and why a human is asked (null: linked without one). */
export interface Edges {
  readonly a: Int32Array<ArrayBufferLike>;
  readonly b: Int32Array<ArrayBufferLike>;
  readonly weight: Float64Array<ArrayBufferLike>;
  /** 0: may be linked; else 1 + index of the reason in `REVIEW_REASONS`. */
  readonly reason: Uint8Array<ArrayBufferLike>;
  readonly count: number;
}
/** What a human said, or the register. */
export interface FixedPair {
  readonly a: number;
  readonly b: number;
  readonly verdict: 'SAME' | 'DIFFERENT';
}
export interface ClusterRules {
  /** Edges from this weight on link (bits). */
  readonly linkBits: number;
  /** The records of two clusters agree on average by at least this. */
  readonly meanBits: number;
  /** No two records of one cluster speak against each other more than this. */
  readonly vetoBits: number;
  /** Another child that fits within so many bits leaves the choice to a human; 0: the better one is taken. */
  readonly rivalBits: number;
  /**
   * Where only a sibling could be meant instead, and no such sibling is anywhere in the records, so many bits less will do: hardly a child of a known family is in no record.
   */
  readonly loneBits: number;
  readonly largest: number;
}
/** How two records stand to each other, beyond the edges: scored when it is asked. */
export interface PairView {
  weight(a: number, b: number): number;
  /** Two valid ids, or two entries of a source that holds everyone once: never one person. */
  forbidden(a: number, b: number): boolean;
  /** Is another child of the household all that is to be feared of this pair? */
  boundBySibling(a: number, b: number): boolean;
  /** Order of records that does not depend on when they came. */
  before(a: number, b: number): boolean;
}
export interface Grouping {
  /** Least record number of the cluster, per record. */
  readonly cluster: Int32Array;
  /** Edges that linked: a spanning tree per cluster. */
  readonly tree: readonly number[];
  /** Edges refused, with the reason. */
  readonly refused: ReadonlyMap<number, ReviewReason>;
}
const CLIP = 30;
const LONE_MARGIN = 10;
const WEAK = 1 + REVIEW_REASONS.indexOf('WEAK');
const clip = (bits: number): number => Math.max(-CLIP, Math.min(CLIP, bits));

/** Edges of each record, as spans of edge numbers. */
interface Adjacency {
  readonly start: Uint32Array;
  readonly list: Uint32Array;
}
function adjacency(edges: Edges, size: number): Adjacency {
  const start = new Uint32Array(size + 1);
  for (let e = 0; e < edges.count; e += 1) {
    start[(edges.a[e] as number) + 1] = (start[(edges.a[e] as number) + 1] as number) + 1;
    start[(edges.b[e] as number) + 1] = (start[(edges.b[e] as number) + 1] as number) + 1;
  }
  for (let i = 0; i < size; i += 1) start[i + 1] = (start[i + 1] as number) + (start[i] as number);
  const fill = start.slice(0, size);
  const list = new Uint32Array(edges.count * 2);
  for (let e = 0; e < edges.count; e += 1) {
    for (const end of [edges.a[e] as number, edges.b[e] as number]) {
      list[fill[end] as number] = e;
      fill[end] = (fill[end] as number) + 1;
    }
  }
  return { start, list };
}

interface Joined extends Grouping {
  /** As `cluster`, by edges alone. */
  readonly linked: Int32Array;
}

/** Records in groups that only grow. */
class Groups {
  /** Least record number of the group, per record. */
  readonly head: Int32Array;
  readonly #members = new Map<number, number[]>();
  readonly #before: PairView['before'];

  constructor(size: number, before: PairView['before']) {
    this.head = Int32Array.from({ length: size }, (_, i) => i);
    this.#before = before;
  }
  of(record: number): number[] {
    return this.#members.get(this.head[record] as number) ?? [record];
  }
  join(one: number, other: number): void {
    const [x, y] = [this.head[one] as number, this.head[other] as number];
    if (x === y) return;
    const all = [...this.of(one), ...this.of(other)];
    this.#members.delete(x);
    this.#members.delete(y);
    const head = this.#before(x, y) ? x : y;
    this.#members.set(head, all);
    for (const record of all) this.head[record] = head;
  }
}

/**
 * Links records along their edges, the strongest first; ties by the order of names, so that the order of arrival plays no part. Each decision depends on the edges of
 * one component (records joined by edges that may link) and the neighbours of its records alone.
 */
export function clusterRecords(size: number, edges: Edges, fixed: readonly FixedPair[], view: PairView, rules: ClusterRules): Grouping {
  const able = eligible(edges, view, rules);
  const first = joinAlong(size, edges, able, fixed, view, rules);
  if (rules.rivalBits === 0) return first;
  // Who fits two children that are not one is left to a human.
  const adjacent = adjacency(edges, size);
  const refused = new Map<number, ReviewReason>();
  const kept = able.filter((e) => {
    if (first.linked[edges.a[e] as number] !== first.linked[edges.b[e] as number]) return true;
    const isLone = (edges.weight[e] as number) < rules.linkBits;
    if (!hasRival(e, edges, adjacent, first.cluster, view, isLone ? LONE_MARGIN : rules.rivalBits)) return true;
    refused.set(e, isLone ? 'WEAK' : 'TWO_CHILDREN_FIT');
    return false;
  });
  if (refused.size === 0) return first;
  const second = joinAlong(size, edges, kept, fixed, view, rules);
  return { ...second, refused: new Map([...refused, ...second.refused]) };
}

/** Edges that may link, the strongest first. */
function eligible(edges: Edges, view: PairView, rules: ClusterRules): number[] {
  const able: number[] = [];
  for (let e = 0; e < edges.count; e += 1) {
    const weight = edges.weight[e] as number;
    if (edges.reason[e] === 0 ? weight >= rules.linkBits : isLone(e, weight)) able.push(e);
  }
  function isLone(e: number, weight: number): boolean {
    if (edges.reason[e] !== WEAK || rules.loneBits === 0 || weight < rules.linkBits - rules.loneBits) return false;
    return view.boundBySibling(edges.a[e] as number, edges.b[e] as number);
  }
  const ends = (e: number): [number, number] => endsOf(edges, e, view);
  return able.sort((e, f) => {
    const apart = (edges.weight[f] as number) - (edges.weight[e] as number);
    if (apart !== 0) return apart;
    const [[a, b], [c, d]] = [ends(e), ends(f)];
    return a !== c ? (view.before(a, c) ? -1 : 1) : b === d ? 0 : view.before(b, d) ? -1 : 1;
  });
}

function endsOf(edges: Edges, e: number, view: PairView): [number, number] {
  const [a, b] = [edges.a[e] as number, edges.b[e] as number];
  return view.before(a, b) ? [a, b] : [b, a];
}

/**
 * What a human calls one child joins whole clusters. Vetoes look only at what edges have joined: a human who joins two children, whatever speaks against it, takes neither
 * of them apart, and what would be linked to one of them is linked to it still.
 */
function joinAlong(
  size: number,
  edges: Edges,
  able: readonly number[],
  fixed: readonly FixedPair[],
  view: PairView,
  rules: ClusterRules,
): Joined {
  const refused = new Map<number, ReviewReason>();
  const clusters = new Groups(size, view.before);
  const linked = fixed.some(({ verdict }) => verdict === 'SAME') ? new Groups(size, view.before) : clusters;
  const tree: number[] = [];
  const different = new Map<number, Set<number>>();
  for (const { a, b, verdict } of fixed) {
    if (verdict !== 'DIFFERENT') continue;
    different.set(a, (different.get(a) ?? new Set()).add(b));
    different.set(b, (different.get(b) ?? new Set()).add(a));
  }
  const apart = (a: number, b: number): boolean =>
    different.size > 0 && clusters.of(a).some((one) => clusters.of(b).some((other) => different.get(one)?.has(other)));
  for (const { a, b, verdict } of fixed) if (verdict === 'SAME' && !apart(a, b)) clusters.join(a, b);
  for (const e of able) {
    const [a, b] = endsOf(edges, e, view);
    if (linked.head[a] === linked.head[b]) continue;
    const reason = apart(a, b) ? 'CLUSTER_VETO' : refusal(linked.of(a), linked.of(b), view, rules);
    if (reason !== null) refused.set(e, reason);
    else {
      linked.join(a, b);
      clusters.join(a, b);
      tree.push(e);
    }
  }
  return { cluster: clusters.head, linked: linked.head, tree, refused };
}

/** Why two clusters are not linked along an edge that would do; null when they are. */
function refusal(x: readonly number[], y: readonly number[], view: PairView, rules: ClusterRules): ReviewReason | null {
  if (x.length + y.length > rules.largest) return 'TOO_LARGE';
  if (x.length === 1 && y.length === 1) return view.forbidden(x[0] as number, y[0] as number) ? 'CLUSTER_VETO' : null;
  let sum = 0;
  for (const one of x)
    for (const other of y) {
      const weight = view.weight(one, other);
      if (weight < rules.vetoBits || view.forbidden(one, other)) return 'CLUSTER_VETO';
      sum += clip(weight);
    }
  return sum / (x.length * y.length) < rules.meanBits ? 'CLUSTER_VETO' : null;
}

/** Does a record of another cluster fit either side within the margin, that is not the same person as the other side? */
function hasRival(edge: number, edges: Edges, { start, list }: Adjacency, cluster: Int32Array, view: PairView, margin: number): boolean {
  const least = (edges.weight[edge] as number) - margin;
  const [a, b] = [edges.a[edge] as number, edges.b[edge] as number];
  const own = cluster[a];
  const found = (one: number, other: number): boolean => {
    for (let i = start[one] as number; i < (start[one + 1] as number); i += 1) {
      const e = list[i] as number;
      if ((edges.weight[e] as number) < least) continue;
      const third = edges.a[e] === one ? (edges.b[e] as number) : (edges.a[e] as number);
      if (cluster[third] !== own && (view.weight(third, other) < 0 || view.forbidden(third, other))) return true;
    }
    return false;
  };
  return found(a, b) || found(b, a);
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClusterRules, clusterRecords, type Edges, type FixedPair, type PairView } from './cluster-records.ts';

type Weighed = readonly [a: number, b: number, weight: number];
const RULES: ClusterRules = { linkBits: 10, meanBits: 0, vetoBits: -12, rivalBits: 0, loneBits: 0, largest: 9 };

const edgesOf = (pairs: readonly Weighed[]): Edges => ({
  a: Int32Array.from(pairs, ([a]) => a),
  b: Int32Array.from(pairs, ([, b]) => b),
  weight: Float64Array.from(pairs, ([, , weight]) => weight),
  reason: new Uint8Array(pairs.length),
  count: pairs.length,
});
/** `id` of each record; two of different ids are two children. Pairs that are not listed say nothing. */
function link(ids: readonly (string | null)[], pairs: readonly Weighed[], fixed: readonly FixedPair[] = []) {
  const weights = new Map(pairs.map(([a, b, weight]) => [`${a} ${b}`, weight]));
  const view: PairView = {
    weight: (a, b) => weights.get(`${Math.min(a, b)} ${Math.max(a, b)}`) ?? 0,
    forbidden: (a, b) => ids[a] !== null && ids[b] !== null && ids[a] !== ids[b],
    boundBySibling: () => false,
    before: (a, b) => a < b,
  };
  const grouping = clusterRecords(ids.length, edgesOf(pairs), fixed, view, RULES);
  return { ...grouping, cluster: [...grouping.cluster] };
}
const same = (a: number, b: number): FixedPair => ({ a, b, verdict: 'SAME' });
const different = (a: number, b: number): FixedPair => ({ a, b, verdict: 'DIFFERENT' });

describe('what a human says of two children', () => {
  // Rada's entry and her benefit bear her old number, her school and its absences the new one.
  const rada = ['old', 'old', 'new', 'new'];
  const strong: Weighed[] = [
    [0, 1, 23],
    [2, 3, 23],
  ];
  it('joins them whole, though their numbers differ', () => {
    expect(link(rada, strong).cluster).toEqual([0, 0, 2, 2]);
    for (const pair of [same(0, 2), same(1, 3), same(1, 2)]) {
      const { cluster, refused, tree } = link(rada, strong, [pair]);
      expect(cluster).toEqual([0, 0, 0, 0]);
      expect(refused.size).toBe(0);
      expect(tree).toHaveLength(2);
    }
  });

  it('lets in later what is linked to either', () => {
    const pairs: Weighed[] = [...strong, [3, 4, 15]];
    expect(link([...rada, 'new'], pairs, [same(0, 2)]).cluster).toEqual([0, 0, 0, 0, 0]);
  });

  it('joins them whole, though another record of the one speaks against the other', () => {
    const pairs: Weighed[] = [
      [0, 1, 14],
      [0, 2, -20],
      [1, 2, -1],
    ];
    expect(link([null, null, null], pairs, [same(1, 2)]).cluster).toEqual([0, 0, 0]);
  });

  it('parts them for good: no strong pair and no other answer joins them', () => {
    const pairs: Weighed[] = [[0, 1, 25]];
    expect(link([null, null], pairs, [different(0, 1)]).cluster).toEqual([0, 1]);
    expect(link([null, null, null], pairs, [same(0, 2), different(1, 2)]).cluster).toEqual([0, 1, 0]);
  });
});

describe('an answer SAME, of whatever records', () => {
  const scenes = fc.record({
    ids: fc.array(fc.constantFrom(null, 'x', 'y', 'z'), { minLength: 7, maxLength: 7 }),
    weights: fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 21, maxLength: 21 }),
    answers: fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 4 }),
  });
  const pairsOf = (weights: readonly number[]): Weighed[] =>
    Array.from({ length: 7 }, (_, a) => Array.from({ length: 6 - a }, (__, i) => [a, a + 1 + i] as const))
      .flat()
      .map(([a, b], i) => [a, b, weights[i] as number]);

  it('never takes apart what is linked without it', () => {
    fc.assert(
      fc.property(scenes, ({ ids, weights, answers }) => {
        const pairs = pairsOf(weights);
        const before = link(ids, pairs).cluster;
        const fixed = answers.filter(([a, b]) => a !== b).map(([a, b]) => same(a, b));
        const { cluster } = link(ids, pairs, fixed);
        before.forEach((head, record) => void expect(cluster[record]).toBe(cluster[head]));
        for (const { a, b } of fixed) expect(cluster[a]).toBe(cluster[b]);
      }),
      { seed: 11, numRuns: 500 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { answeredReview, reviewPerThousand } from './answered-review.ts';
import { bCubed } from './b-cubed.ts';
import { clusterShape } from './cluster-shape.ts';
import { curve } from './curve.ts';
import { compactLabels, labelsOf } from './labels.ts';
import { median } from './median.ts';
import { oneToOne } from './one-to-one.ts';
import { pairwise } from './pairwise.ts';
import { selfKnowledge } from './self-knowledge.ts';
import { subgroupScores } from './subgroups.ts';
import { twinScore } from './twins.ts';

const partition = (text: string) => labelsOf([...text]);

describe('pairwise', () => {
  // Ana has three records, Boyan two, Vera one; one of Boyan's is taken for Ana's.
  const truth = partition('AAABBV');
  it('counts what is linked rightly, falsely and not at all', () => {
    expect(pairwise(partition('xxyxyz'), truth)).toMatchObject({ linked: 4, right: 1, all: 4, falsePairs: 3, missedPairs: 3, errors: 6 });
  });
  it('is perfect whatever the clusters are called', () => {
    expect(pairwise(Int32Array.of(9, 9, 9, -3, -3, 70_000), truth)).toMatchObject({ precision: 1, recall: 1, f1: 1, errors: 0 });
  });
  it('is precise where nothing is linked, and recalls nothing', () => {
    expect(pairwise(partition('abcdef'), truth)).toMatchObject({ precision: 1, recall: 0, f1: 0, missedPairs: 4 });
  });
  it('agrees with counting pair by pair', () => {
    const [made, real] = [partition('aabbbcaadcd'), partition('ppqqpqrrppq')];
    let [linked, right, all] = [0, 0, 0];
    for (let i = 0; i < made.length; i += 1)
      for (let j = i + 1; j < made.length; j += 1) {
        const [one, same] = [made[i] === made[j], real[i] === real[j]];
        linked += Number(one);
        all += Number(same);
        right += Number(one && same);
      }
    expect(pairwise(made, real)).toMatchObject({ linked, right, all });
  });
  it('refuses partitions of different records', () => {
    expect(() => pairwise(partition('ab'), partition('a'))).toThrow(RangeError);
  });
});

describe('B-cubed', () => {
  it('averages over records', () => {
    // Bagga and Baldwin: precision (4·4/4 … ) by hand: cluster x = {A,A,B}, y = {B}.
    const { precision, recall } = bCubed(partition('xxxy'), partition('AABB'));
    expect(precision).toBeCloseTo((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4);
    expect(recall).toBeCloseTo((1 + 1 + 1 / 2 + 1 / 2) / 4);
  });
  it('of single records recalls each one of its child', () => {
    expect(bCubed(partition('abc'), partition('AAA'))).toMatchObject({ precision: 1, recall: 1 / 3 });
  });
});

describe('the shape of clusters', () => {
  it('counts children whose records are exactly one cluster', () => {
    expect(clusterShape(partition('xxyzzz'), partition('AABCCD'))).toEqual({ clusters: 3, largest: 3, exact: 2 / 4 });
  });
  it('numbers clusters from 0', () => {
    expect(compactLabels(Int32Array.of(7, 7, 2))).toEqual({ labels: Int32Array.of(0, 0, 1), sizes: Int32Array.of(2, 1) });
  });
});

describe('one to one', () => {
  it('counts pairs across the two sources alone', () => {
    // Records 0–2 of the first source, 3–5 of the second; Ana is linked, Boyan is missed, Vera has a false one.
    const score = oneToOne(partition('xyzxpz'), partition('ABVABQ'), [0, 0, 0, 1, 1, 1]);
    expect(score).toMatchObject({ linked: 2, right: 1, all: 2, errors: 2, doubled: 0, f1: 0.5 });
  });
  it('tells of clusters that hold two records of one source', () => {
    expect(oneToOne(partition('xxx'), partition('AAB'), [0, 1, 1])).toMatchObject({ linked: 2, right: 1, doubled: 1 });
  });
});

describe('twins', () => {
  // Household 1: the twins Ana and Asya, and Boyan; household 2: Vera alone.
  const truth = partition('AASSBV');
  const homes = { household: Int32Array.of(1, 1, 1, 1, 1, 2), twin: [1, 1, 1, 1, 0, 0] };
  it('tells nothing false where twins are apart', () => {
    expect(twinScore(partition('aassbv'), truth, homes)).toMatchObject({ twins: 2, pairs: 1, falseClusters: 0, falsePairs: 0, perTwin: 0 });
  });
  it('counts a cluster with both twins', () => {
    expect(twinScore(partition('aaasbv'), truth, homes)).toMatchObject({ falseClusters: 1, falsePairs: 1, perTwin: 0.5, perPair: 1 });
  });
  it('counts a twin with its brother, and not a twin with a stranger', () => {
    expect(twinScore(partition('aassav'), truth, homes)).toMatchObject({ falseClusters: 1, falsePairs: 1 });
    expect(twinScore(partition('aassba'), truth, homes)).toMatchObject({ falseClusters: 0, falsePairs: 0 });
  });
  it('is zero where there are none', () => {
    expect(twinScore(partition('ab'), partition('AB'), { household: Int32Array.of(1, 1), twin: [0, 0] })).toMatchObject({
      perTwin: 0,
      perPair: 0,
    });
  });
});

describe('a queue answered by truth', () => {
  it('links the clusters of a pair of one child, and only those', () => {
    const truth = partition('AAAABB');
    const answered = answeredReview(partition('xxyyzw'), truth, [
      { a: 1, b: 2 },
      { a: 0, b: 4 },
    ]);
    expect(pairwise(answered, truth)).toMatchObject({ right: 6, falsePairs: 0, missedPairs: 1 });
  });
  it('is counted per thousand records', () => {
    expect(reviewPerThousand(5, 200)).toBe(25);
  });
});

describe('subgroups', () => {
  it('shows the gap in points to all records', () => {
    // Ana's pair is linked; Boyan, whose second record is in Latin script, is not.
    const scores = subgroupScores(partition('xxyz'), partition('AABB'), new Map([['latin script', (record) => record === 3]]));
    expect(scores).toEqual([{ name: 'latin script', records: 1, pairs: 1, recall: 0, gap: 50 }]);
  });
  it('leaves out a subgroup without a true pair', () => {
    expect(subgroupScores(partition('xxy'), partition('AAB'), new Map([['no id', (record) => record === 2]]))).toEqual([]);
  });
});

it('self-knowledge is the larger distance in points', () => {
  const { precision, recall, worst } = selfKnowledge({ precision: 0.99, recall: 0.95 }, { precision: 0.98, recall: 0.97 });
  expect([precision, recall, worst].map((points) => points.toFixed(6))).toEqual(['1.000000', '-2.000000', '2.000000']);
});

it('the median of an even number lies between the two in the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
});

it('the curve shows what each threshold costs', () => {
  const scored = { a: [0, 1, 0], b: [1, 2, 3], weight: [10, 4, 6], count: 3 };
  const points = curve(scored, partition('AAAB'), [0, 5, 20]);
  expect(points.map(({ pairs, precision, recall }) => [pairs, precision, recall])).toEqual([
    [3, 2 / 3, 2 / 3],
    [2, 1 / 2, 1 / 3],
    [0, 1, 0],
  ]);
});

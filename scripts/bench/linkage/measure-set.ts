import { type Linkage, linkAll } from '../../../src/linkage/link-all.ts';
import { answeredReview, type ReviewPair, reviewPerThousand } from './metrics/answered-review.ts';
import { bCubed } from './metrics/b-cubed.ts';
import { candidateRecall } from './candidate-recall.ts';
import { clusterShape } from './metrics/cluster-shape.ts';
import { curve } from './metrics/curve.ts';
import type { Labels } from './metrics/labels.ts';
import { oneToOne } from './metrics/one-to-one.ts';
import { pairwise } from './metrics/pairwise.ts';
import { selfKnowledge } from './metrics/self-knowledge.ts';
import { subgroupScores } from './metrics/subgroups.ts';
import { twinScore } from './metrics/twins.ts';
import type { BenchSet } from './sets/bench-set.ts';

/** Figures of one set by name; shares are 0…1, gaps in points of a hundred, times in seconds. */
export type Figures = ReadonlyMap<string, number>;

const CURVE_BITS = [0, 3, 6, 9, 12, 15] as const;

/** Links a set without its truth, at default thresholds, and then compares. @throws ModelRefused */
export async function measureSet<R>(set: BenchSet<R>): Promise<Figures> {
  const started = performance.now();
  const linkage = await linkAll<R>(set.schema, set.records);
  const seconds = (performance.now() - started) / 1000;
  const candidates = typeof set.schema === 'function' ? [] : [['candidate recall', candidateRecall(set, set.schema).recall] as const];
  return new Map([...figuresOf(set, linkage, seconds), ...candidates, ...curveRows(linkage, set.truth)]);
}

/** What is reached at best, and what each threshold costs. */
const curveRows = ({ edges }: Linkage, truth: Labels): [string, number][] =>
  curve(edges, truth, CURVE_BITS).flatMap(({ bits, precision, recall }): [string, number][] => [
    [`pairs from ${bits} bits: precision`, precision],
    [`pairs from ${bits} bits: recall`, recall],
  ]);

export function figuresOf(
  { truth, source, homes, subgroups }: Pick<BenchSet, 'truth' | 'source' | 'homes' | 'subgroups'>,
  {
    auto,
    likely,
    review,
    estimate,
    figures,
  }: Pick<Linkage, 'auto' | 'likely' | 'estimate'> & {
    readonly review: readonly ReviewPair[];
    readonly figures: { readonly pairs: number };
  },
  seconds: number,
): Figures {
  const answered = answeredReview(auto, truth, review);
  const [ofAuto, ofLikely, ofAnswered] = [pairwise(auto, truth), pairwise(likely, truth), pairwise(answered, truth)];
  const knowledge = [selfKnowledge(estimate.auto, ofAuto), selfKnowledge(estimate.likely, ofLikely)] as const;
  const shape = clusterShape(likely, truth);
  const rows: (readonly [string, number])[] = [
    ['records', truth.length],
    ['candidate pairs', figures.pairs],
    ['pairwise precision', ofLikely.precision],
    ['pairwise recall', ofLikely.recall],
    ['pairwise F1', ofLikely.f1],
    ['errors', ofLikely.errors],
    ['B³ precision', bCubed(likely, truth).precision],
    ['B³ recall', bCubed(likely, truth).recall],
    ['B³ F1', bCubed(likely, truth).f1],
    ['largest cluster', shape.largest],
    ['exact children', shape.exact],
    ...(source ? oneToOneRows(likely, truth, source) : []),
    ['auto: false pairs', ofAuto.falsePairs],
    ['auto: precision', ofAuto.precision],
    ['auto: recall', ofAuto.recall],
    ['auto: exact children', clusterShape(auto, truth).exact],
    ['with review: precision', ofAnswered.precision],
    ['with review: recall', ofAnswered.recall],
    ['with review: exact children', clusterShape(answered, truth).exact],
    ['review pairs per 1,000', reviewPerThousand(review.length, truth.length)],
    ...(homes ? twinRows(auto, truth, homes) : []),
    ...subgroupRows('auto', auto, truth, subgroups),
    ...subgroupRows('with review', answered, truth, subgroups),
    ['auto: estimated precision', estimate.auto.precision],
    ['auto: estimated recall', estimate.auto.recall],
    ['estimated precision', estimate.likely.precision],
    ['estimated recall', estimate.likely.recall],
    ['estimate, points from truth', Math.max(...knowledge.map(({ worst }) => worst))],
    ['seconds', seconds],
  ];
  return new Map(rows);
}

function oneToOneRows(made: Labels, truth: Labels, source: Uint8Array): [string, number][] {
  const score = oneToOne(made, truth, source);
  return [
    ['one-to-one F1', score.f1],
    ['one-to-one errors', score.errors],
    ['one-to-one false', score.falsePairs],
    ['clusters with two of a source', score.doubled],
  ];
}

function twinRows(made: Labels, truth: Labels, homes: NonNullable<BenchSet['homes']>): [string, number][] {
  const score = twinScore(made, truth, homes);
  return [
    ['twins', score.twins],
    ['twin false links', score.perTwin],
    ['twin false links per pair', score.perPair],
  ];
}

function subgroupRows(band: string, made: Labels, truth: Labels, members: BenchSet['subgroups']): [string, number][] {
  const scores = subgroupScores(made, truth, members);
  if (scores.length === 0) return [];
  return [
    ...scores.flatMap(({ name, recall, gap }): [string, number][] => [
      [`${band}: recall, ${name}`, recall],
      [`${band}: gap, ${name}, points`, gap],
    ]),
    [`${band}: worst subgroup gap, points`, Math.max(...scores.map(({ gap }) => gap))],
  ];
}

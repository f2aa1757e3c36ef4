import { type Blocks, eachPair } from './blocks.ts';
import type { Dataset } from './dataset.ts';
import type { LinkModel } from './link-model.ts';
import { ModelRefused } from './model-refused.ts';
import { PairScorer } from './pair-scorer.ts';

/** Members of the blocks of one pass from which the prior is learnt. */
const SAMPLED_MEMBERS = 20_000;
/** Links that may be expected to be false, of all that are made without a human. */
const FALSE_LINKS = 1e-4;
/** Bounds of the weight from which on a pair is linked without a human, in bits. */
const LOWEST_AUTO = 6;
export const HIGHEST_AUTO = 14;

interface Candidate {
  readonly a: number;
  /** Against two people at random, without the prior; against two children of one household. In bits. */
  readonly random: number;
  readonly other: number;
  /** Candidates that this one stands for. */
  readonly count: number;
}

/** Candidates as they were compared once; weighed again under each model. */
export interface Sampled {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly count: readonly number[];
  /** Row by row. */
  readonly levels: Uint8Array;
  readonly sizes: readonly [number, number] | null;
}

/** Candidates of all passes, of every n-th block where there are many; all of them where candidates of one record compete. */
export function sampleCandidates(data: Dataset<never>, passes: readonly Blocks[], scorer: PairScorer): Sampled {
  const sizes = sourceSizes(data);
  const most = sizes ? 1_000_000 : SAMPLED_MEMBERS;
  const [a, b, count]: [number[], number[], number[]] = [[], [], []];
  passes.forEach(({ spans, members }, pass) => {
    const blocks = spans.length - 1;
    const step = Math.max(1, Math.ceil(members.length / most));
    for (let block = pass % step; block < blocks; block += step)
      eachPair(passes, pass, block, block + 1, (x, y) => {
        if (sizes && data.sources[x] === data.sources[y]) return;
        a.push(x);
        b.push(y);
        count.push(step);
      });
  });
  const fields = data.schema.fields.length;
  const levels = new Uint8Array(a.length * fields);
  a.forEach((x, i) => {
    scorer.compare(x, b[i] as number);
    levels.set(scorer.levels, i * fields);
  });
  return { a, b, count, levels, sizes };
}

/** The prior at which the expected matches among all candidates are the matches it stands for (fixed point). */
export function withPrior(data: Dataset<never>, sampled: Sampled, model: LinkModel, choosesAuto: boolean, checks: boolean): LinkModel {
  const { sizes } = sampled;
  const scorer = new PairScorer(data, { ...model, priorBits: 0, siblingPriorBits: 0 });
  const fields = data.schema.fields.length;
  const candidates = sampled.count.reduce((sum, count) => sum + count, 0);
  const weights: Candidate[] = sampled.count.map((count, i) => {
    const [a, b] = [sampled.a[i] as number, sampled.b[i] as number];
    scorer.levels.set(sampled.levels.subarray(i * fields, (i + 1) * fields));
    scorer.weightOfLevels(a, b);
    return { a: data.sources[a] === 2 ? b : a, random: scorer.randomBits, other: scorer.otherBits, count };
  });
  const pairs = sizes ? sizes[0] * sizes[1] : (data.size * (data.size - 1)) / 2;
  const { matches, prior } = sizes ? oneToOnePrior(weights, sizes) : openPrior(weights, pairs, data.size / 2);
  // Candidates are found by coarse keys: hardly ever are nearly all of them matches.
  if (checks && matches > candidates * 0.95)
    throw new ModelRefused('COLLAPSED', `${matches.toFixed(0)} expected matches among ${candidates} candidates`);
  if (checks && matches < candidates * 0.01)
    throw new ModelRefused('NO_MATCHES', `${matches.toFixed(0)} expected matches among ${candidates} candidates`);
  const priorBits = Math.round(prior * 1000) / 1000;
  const mates = (2 * matches) / Math.max(1, data.size);
  const found = { ...model, priorBits, mates, share: (2 * matches) / (data.size * (data.size - 1)) };
  if (!choosesAuto) return found;
  const odds = weights
    .map(({ random, other, count }) => ({ false: 2 ** -(random + priorBits) + 2 ** -other, count }))
    .sort((a, b) => a.false - b.false);
  let [linked, wrong, autoBits] = [0, 0, HIGHEST_AUTO];
  for (const pair of odds) {
    linked += pair.count;
    wrong += (pair.count * pair.false) / (1 + pair.false);
    if (wrong > linked * FALSE_LINKS) break;
    autoBits = -Math.log2(pair.false);
  }
  return { ...found, autoBits: Math.round(Math.min(HIGHEST_AUTO, Math.max(LOWEST_AUTO, autoBits)) * 1000) / 1000 };
}

/** Records of each of two sources that hold every person once; null where records are otherwise. */
function sourceSizes(data: Dataset<never>): readonly [number, number] | null {
  const sizes: [number, number] = [0, 0];
  for (let i = 0; i < data.size; i += 1) {
    const source = data.sources[i] as number;
    if (source !== 1 && source !== 2) return null;
    sizes[source - 1] = (sizes[source - 1] as number) + 1;
  }
  return sizes[0] > 0 && sizes[1] > 0 ? sizes : null;
}

function openPrior(weights: readonly Candidate[], pairs: number, start: number): { matches: number; prior: number } {
  let matches = Math.max(1, start);
  for (let round = 0; round < 30; round += 1) {
    const prior = Math.log2(matches / pairs);
    const next = weights.reduce((sum, { random, other, count }) => sum + count / (1 + 2 ** -(random + prior) + 2 ** -other), 0);
    if (Math.abs(next - matches) < matches * 1e-4) break;
    matches = Math.max(1, next);
  }
  return { matches, prior: Math.log2(matches / pairs) };
}

/** A person stands once on either side: candidates of one record compete, and a record that has none so far likely has one yet. At most 49 in 50 are taken to have one. */
function oneToOnePrior(weights: readonly Candidate[], [first, second]: readonly [number, number]): { matches: number; prior: number } {
  const least = Math.min(first, second);
  const rows = Map.groupBy(weights, ({ a }) => a);
  let share = 0.5;
  for (let round = 0; round < 60; round += 1) {
    const odds = share / ((1 - share) * Math.max(first, second));
    let matches = 0;
    for (const row of rows.values()) {
      const all = row.reduce((sum, { random }) => sum + 2 ** Math.min(random, 60) * odds, 0);
      matches += all / (1 + all);
    }
    const next = Math.min(0.98, Math.max(0.001, matches / least));
    if (Math.abs(next - share) < 1e-5) break;
    share = next;
  }
  return { matches: share * least, prior: Math.log2(share / ((1 - share) * Math.max(first, second))) };
}

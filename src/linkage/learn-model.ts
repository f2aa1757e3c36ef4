import { type Blocks, eachPair } from './blocks.ts';
import { withinGroups } from './comparator.ts';
import type { Column, Dataset } from './dataset.ts';
import { EMPTY_PLACES } from './gazetteer.ts';
import { hash64 } from './hash64.ts';
import { type FieldModel, type LinkModel, NORMALISER, type PlacesSnapshot } from './link-model.ts';
import { ModelRefused } from './model-refused.ts';
import { PairScorer } from './pair-scorer.ts';

const RANDOM_PAIRS = 150_000;
/** Members of the blocks of one pass from which the prior is learnt. */
const SAMPLED_MEMBERS = 20_000;
/** Pairs of one pass from which m is learnt. */
const MOST_TRAINING = 100_000;
const FEWEST_TRAINING = 30;
const ROUNDS = 60;
/** The prior counts as so many pairs. */
const PRIOR_PAIRS = 20;
const RARE = 3;
/** Links that may be expected to be false, of all that are made without a human. */
const FALSE_LINKS = 1e-4;
/** Bounds of the weight from which on a pair is linked without a human, in bits. */
const LOWEST_AUTO = 6;
const HIGHEST_AUTO = 14;

export interface LearnOptions {
  readonly places?: PlacesSnapshot;
  /** Else the least weight at which one link in 10,000 is expected to be false. */
  readonly autoBits?: number;
  readonly reviewBits: number;
}

/** Deterministic numbers 0 … 2³²−1 (Marsaglia xorshift). */
function* numbers(seed: number): Generator<number, never> {
  let x = seed;
  for (;;) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    yield x >>> 0;
  }
}

interface Pattern {
  readonly levels: readonly number[];
  count: number;
}
/** Counts each agreement pattern once. */
class Patterns {
  readonly all = new Map<string, Pattern>();
  total = 0;
  add(levels: Uint8Array, weight = 1): void {
    const key = String.fromCharCode(...levels);
    const found = this.all.get(key);
    if (found) found.count += weight;
    else this.all.set(key, { levels: [...levels], count: weight });
    this.total += weight;
  }
}

function countsOf(data: Dataset<never>, f: number): { counts: Map<string, number>; known: number; same: number } {
  const column = data.columns[f] as Column;
  const field = data.schema.fields[f];
  const perValue = new Uint32Array(column.texts.length);
  for (let i = 0; i < data.size; i += 1) perValue[column.ids[i] as number] = (perValue[column.ids[i] as number] as number) + 1;
  const counts = new Map<string, number>();
  let [known, same] = [0, 0];
  for (let id = 1; id < perValue.length; id += 1) {
    const count = perValue[id] as number;
    known += count;
    same += count * count;
    if (field?.comparator.rarity.length === 0) continue;
    const key = field?.rarityKey ? field.rarityKey(column.value(id)) : (column.texts[id] as string);
    if (key !== null && key !== undefined) counts.set(key, (counts.get(key) ?? 0) + count);
  }
  return { counts, known, same: known > 1 ? (same - known) / (known * (known - 1)) : 0 };
}

/** P(level | two people at random): equal texts by their frequencies, the rest from a seeded sample. */
function learnRandom(data: Dataset<never>, scorer: PairScorer, same: readonly number[]): number[][] {
  const { fields } = data.schema;
  const counts = fields.map(({ comparator }) => new Array<number>(comparator.levels.length).fill(0));
  const random = numbers(0x2545f491);
  for (let n = 0; n < RANDOM_PAIRS; n += 1) {
    const a = random.next().value % data.size;
    const b = random.next().value % data.size;
    if (a === b) continue;
    scorer.compare(a, b);
    for (let f = 0; f < fields.length; f += 1) {
      const level = scorer.levels[f] as number;
      const { ids } = data.columns[f] as Column;
      if (level > 0 && ids[a] !== ids[b]) (counts[f] as number[])[level - 1] = ((counts[f] as number[])[level - 1] as number) + 1;
    }
  }
  return counts.map((row, f) => {
    const { comparator } = fields[f] as (typeof fields)[number];
    const u = withinGroups(
      comparator,
      row.map((count) => count + 0.2),
    );
    // Equal texts are at the level that a value has with itself: the first for all but partial dates and doubtful ids.
    const first = comparator.groups?.find((group) => group.includes(1)) ?? u.map((_, i) => i + 1);
    for (const level of first) u[level - 1] = (u[level - 1] as number) * (1 - (same[f] as number));
    u[0] = (u[0] as number) + (same[f] as number);
    return u.map((p) => Math.max(p, 1e-7));
  });
}

interface Learnt {
  readonly matches: number;
  readonly m: readonly (readonly number[] | null)[];
}

/** Expectation maximisation over the pattern counts of one pass, u fixed, its own fields left out (Winkler 1988; Splink). */
function maximise(
  patterns: Patterns,
  fields: Dataset<never>['schema']['fields'],
  blocked: ReadonlySet<string>,
  u: readonly (readonly number[])[],
  pass: string,
): Learnt {
  const used = fields.map(({ name }) => !blocked.has(name));
  let m = fields.map(({ comparator }) => comparator.prior.map((p) => p));
  const list = [...patterns.all.values()];
  let share = 0.5;
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = fields.map(({ comparator }) => comparator.prior.map((p) => p * PRIOR_PAIRS));
    let matches = 0;
    for (const { levels, count } of list) {
      let bits = Math.log2(share / (1 - share));
      for (let f = 0; f < fields.length; f += 1) {
        const level = levels[f] as number;
        if (level > 0 && used[f]) bits += Math.log2(((m[f] as number[])[level - 1] as number) / ((u[f] as number[])[level - 1] as number));
      }
      const p = 1 / (1 + 2 ** -bits);
      matches += p * count;
      for (let f = 0; f < fields.length; f += 1) {
        const level = levels[f] as number;
        if (level > 0) (next[f] as number[])[level - 1] = ((next[f] as number[])[level - 1] as number) + p * count;
      }
    }
    m = next.map((row, f) => withinGroups((fields[f] as (typeof fields)[number]).comparator, row).map((value) => Math.max(value, 1e-5)));
    const before = share;
    share = Math.min(0.9999, Math.max(1e-5, matches / patterns.total));
    if (Math.abs(before - share) < 1e-6) break;
  }
  const kept = m.map((row, f) => (used[f] ? row : null));
  const told = kept.reduce((sum, row, f) => sum + (row ? divergence(row, u[f] as number[]) : 0), 0);
  if (share > 0.95 && told < 2)
    throw new ModelRefused(
      'COLLAPSED',
      `${pass}: ${(share * 100).toFixed(1)} % of the candidates would be matches, and nothing tells them apart`,
    );
  if (share < 0.01) throw new ModelRefused('NO_MATCHES', `${pass}: ${(share * 100).toFixed(2)} % of the candidates would be matches`);
  kept.forEach((row, f) => {
    const differs = fields[f]?.comparator.levels.indexOf('differ') ?? -1;
    const last = differs < 0 ? (row?.length ?? 1) - 1 : differs;
    const random = u[f] as number[];
    if (
      row &&
      (row[0] as number) / (random[0] as number) < (row[last] as number) / (random[last] as number) &&
      (random[0] as number) < 0.99
    )
      throw new ModelRefused('NOT_MONOTONE', `${pass}: agreement in ${fields[f]?.name} speaks against a match`);
  });
  return { matches: share * patterns.total, m: kept };
}

/** Kullback–Leibler, in bits. */
const divergence = (m: readonly number[], u: readonly number[]): number =>
  m.reduce((sum, p, i) => sum + p * Math.log2(p / Math.max(u[i] as number, 1e-9)), 0);

/** Pairs of a pass, of every n-th block so that there are not too many. @returns n. */
function sample(passes: readonly Blocks[], pass: number, most: number, onPair: (a: number, b: number) => void): number {
  const { spans } = passes[pass] as Blocks;
  const blocks = spans.length - 1;
  let pairs = 0;
  for (let b = 0; b < blocks; b += 1) {
    const size = (spans[b + 1] as number) - (spans[b] as number);
    pairs += (size * (size - 1)) / 2;
  }
  const step = Math.max(1, Math.ceil(pairs / most));
  for (let b = 0; b < blocks; b += step) eachPair([passes[pass] as Blocks], 0, b, b + 1, onPair);
  return step;
}

/** Learns a model from the records themselves. @throws ModelRefused */
export function learnModel(data: Dataset<never>, passes: readonly Blocks[], options: LearnOptions): LinkModel {
  const { schema } = data;
  const { fields } = schema;
  if (data.size < 50) throw new ModelRefused('TOO_FEW', `${data.size} records`);
  const frequencies = fields.map((_, f) => countsOf(data, f));
  const siblings = schema.child !== undefined;
  const blank: LinkModel = {
    id: 'not learnt yet',
    schema: schema.name,
    normaliser: NORMALISER,
    places: options.places ?? EMPTY_PLACES,
    records: data.size,
    autoBits: options.autoBits ?? HIGHEST_AUTO,
    reviewBits: options.reviewBits,
    mates: 0,
    share: 0,
    priorBits: -Math.log2(data.size),
    siblingPriorBits: 0,
    fields: fields.map(({ name, comparator }, f) => ({
      name,
      levels: comparator.levels,
      m: comparator.prior,
      u: comparator.prior.map(() => 1 / comparator.prior.length),
      s: siblings ? comparator.sibling : null,
      counts: rarityOf(comparator.rarity.length > 0, frequencies[f]?.counts),
      known: frequencies[f]?.known ?? 0,
    })),
  };
  const scorer = new PairScorer(data, blank);
  const u = learnRandom(
    data,
    scorer,
    frequencies.map(({ same }) => same),
  );
  const trained = trainingPatterns(data, passes, scorer);
  const sampled = sampleCandidates(data, passes, scorer);
  // Random pairs are of one person too, here and there: what they agree in is taken out of u again, once it is known how many there are.
  let model = withPrior(data, sampled, { ...blank, fields: withWeights(blank.fields, u, learnMatches(trained, fields, u)) }, false, false);
  for (let round = 0; round < 2; round += 1) {
    const { share } = model;
    const apart = u.map((row, f) => {
      const { comparator } = fields[f] as (typeof fields)[number];
      const known = model.fields[f]?.m as readonly number[];
      return withinGroups(
        comparator,
        row.map((p, level) => Math.max((p - share * (known[level] as number)) / (1 - share), p * 0.02, 1e-7)),
      );
    });
    const next = { ...blank, mates: model.mates, fields: withWeights(blank.fields, apart, learnMatches(trained, fields, apart)) };
    model = withPrior(data, sampled, next, round === 1 && options.autoBits === undefined, round === 1);
  }
  return named(model);
}

interface Training {
  readonly name: string;
  readonly blocked: ReadonlySet<string>;
  readonly patterns: Patterns;
}

function trainingPatterns(data: Dataset<never>, passes: readonly Blocks[], scorer: PairScorer): Training[] {
  return data.schema.passes.flatMap(({ trains, parts, name }, pass) => {
    if (!trains) return [];
    const patterns = new Patterns();
    sample(passes, pass, MOST_TRAINING, (a, b) => {
      scorer.compare(a, b);
      patterns.add(scorer.levels);
    });
    return patterns.total < FEWEST_TRAINING ? [] : [{ name, blocked: new Set(parts.map(({ field }) => field)), patterns }];
  });
}

/** m of each pass that is not refused. @throws ModelRefused when none is left. */
function learnMatches(
  trained: readonly Training[],
  fields: Dataset<never>['schema']['fields'],
  u: readonly (readonly number[])[],
): Learnt[] {
  const learnt: Learnt[] = [];
  const refused: ModelRefused[] = [];
  for (const { name, blocked, patterns } of trained) {
    try {
      learnt.push(maximise(patterns, fields, blocked, u, name));
    } catch (refusal) {
      if (!(refusal instanceof ModelRefused)) throw refusal;
      refused.push(refusal);
    }
  }
  if (learnt.length === 0) throw refused[0] ?? new ModelRefused('TOO_FEW', 'no pass has enough candidates to learn from');
  return learnt;
}

/** m averaged over the passes, by the matches that each expects. */
function withWeights(blank: readonly FieldModel[], u: readonly (readonly number[])[], learnt: readonly Learnt[]): FieldModel[] {
  return blank.map((field, f) => {
    const sums = field.m.map(() => 0);
    let total = 0;
    for (const { matches, m } of learnt) {
      const row = m[f];
      if (!row) continue;
      total += matches;
      row.forEach((p, level) => {
        sums[level] = (sums[level] as number) + p * matches;
      });
    }
    return { ...field, u: u[f] as number[], m: total === 0 ? field.m : sums.map((sum) => sum / total) };
  });
}

/** The name of a model follows from what stands in it. */
function named(model: LinkModel): LinkModel {
  const { high, low } = hash64(JSON.stringify({ ...model, id: '' }));
  return { ...model, id: `${model.schema}-${model.records}-${high.toString(16).padStart(8, '0')}${low.toString(16).padStart(8, '0')}` };
}

function rarityOf(counts: boolean, all: ReadonlyMap<string, number> | undefined): Record<string, number> | null {
  if (!counts || !all) return null;
  return Object.fromEntries([...all].filter(([, count]) => count >= RARE).sort((a, b) => (a[0] < b[0] ? -1 : 1)));
}

interface Candidate {
  readonly a: number;
  /** Against two people at random, without the prior; against two children of one household. In bits. */
  readonly random: number;
  readonly other: number;
  /** Candidates that this one stands for. */
  readonly count: number;
}

interface Sampled {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly count: readonly number[];
  /** Row by row. */
  readonly levels: Uint8Array;
  readonly sizes: readonly [number, number] | null;
}

/** Candidates of all passes, of every n-th block where there are many; all of them where candidates of one record compete. */
function sampleCandidates(data: Dataset<never>, passes: readonly Blocks[], scorer: PairScorer): Sampled {
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
function withPrior(data: Dataset<never>, sampled: Sampled, model: LinkModel, choosesAuto: boolean, checks: boolean): LinkModel {
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

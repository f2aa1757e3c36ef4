import { type Blocks, eachPair } from './blocks.ts';
import { withinGroups } from './comparator.ts';
import type { Dataset } from './dataset.ts';
import type { FieldModel } from './link-model.ts';
import { ModelRefused } from './model-refused.ts';
import type { PairScorer } from './pair-scorer.ts';

/** Pairs of one pass from which m is learnt. */
const MOST_TRAINING = 100_000;
const FEWEST_TRAINING = 30;
const ROUNDS = 60;
/** The prior counts as so many pairs. */
const PRIOR_PAIRS = 20;

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

/** What one pass teaches: m of the fields that it does not block on (null for the others). */
export interface Learnt {
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

export interface Training {
  readonly name: string;
  readonly blocked: ReadonlySet<string>;
  readonly patterns: Patterns;
}

/** Agreement patterns of the passes that train. */
export function trainingPatterns(data: Dataset<never>, passes: readonly Blocks[], scorer: PairScorer): Training[] {
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
export function learnMatches(
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
export function withWeights(blank: readonly FieldModel[], u: readonly (readonly number[])[], learnt: readonly Learnt[]): FieldModel[] {
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

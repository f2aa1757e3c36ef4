import type { Blocks } from './blocks.ts';
import { withinGroups } from './comparator.ts';
import type { Dataset } from './dataset.ts';
import { EMPTY_PLACES } from './gazetteer.ts';
import { hash64 } from './hash64.ts';
import { learnMatches, trainingPatterns, withWeights } from './learn-matches.ts';
import { HIGHEST_AUTO, sampleCandidates, withPrior } from './learn-prior.ts';
import { type LinkModel, NORMALISER, type PlacesSnapshot } from './link-model.ts';
import { ModelRefused } from './model-refused.ts';
import { PairScorer } from './pair-scorer.ts';
import { countsOf, learnRandom } from './random-agreement.ts';

/** Values that fewer records bear are not kept in a model: they are all as rare as one. */
const RARE = 3;

export interface LearnOptions {
  readonly places?: PlacesSnapshot;
  /** Else the least weight at which one link in 10,000 is expected to be false. */
  readonly autoBits?: number;
  readonly reviewBits: number;
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

/** The name of a model follows from what stands in it. */
function named(model: LinkModel): LinkModel {
  const { high, low } = hash64(JSON.stringify({ ...model, id: '' }));
  return { ...model, id: `${model.schema}-${model.records}-${high.toString(16).padStart(8, '0')}${low.toString(16).padStart(8, '0')}` };
}

function rarityOf(counts: boolean, all: ReadonlyMap<string, number> | undefined): Record<string, number> | null {
  if (!counts || !all) return null;
  return Object.fromEntries([...all].filter(([, count]) => count >= RARE).sort((a, b) => (a[0] < b[0] ? -1 : 1)));
}

/** Records from which both models must have been learnt before one is measured by the other. */
const SETTLED = 20_000;
/** Bits by which the weight of agreement in a field may move between two models. */
const MOST_DRIFT = 6;

/**
 * Compares a model with the one before it, where both were learnt from much the same records: a feed in which columns moved teaches something else.
 * @throws ModelRefused DRIFTED
 */
export function checkDrift(model: LinkModel, previous: LinkModel): void {
  if (previous.schema !== model.schema || previous.records < SETTLED || model.records > 2 * previous.records) return;
  model.fields.forEach(({ name, m, u, known }, f) => {
    const before = previous.fields[f];
    if (!before || Math.min(known, before.known) < SETTLED / 10) return;
    const weight = (row: { readonly m: readonly number[]; readonly u: readonly number[] }): number =>
      Math.log2((row.m[0] as number) / (row.u[0] as number));
    const moved = Math.abs(weight({ m, u }) - weight(before));
    if (moved > MOST_DRIFT)
      throw new ModelRefused(
        'DRIFTED',
        `agreement in ${name} weighs ${moved.toFixed(1)} bits more or less than under model ${previous.id}`,
      );
  });
}

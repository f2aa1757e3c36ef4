import { type Blocks, blocksOf } from './blocks.ts';
import type { childSchema } from './child-schema.ts';
import { clusterRecords, type Edges, type FixedPair, type Grouping } from './cluster-records.ts';
import { Dataset } from './dataset.ts';
import { EMPTY_PLACES, Gazetteer, learnPlaces } from './gazetteer.ts';
import { startHelper } from './threads/link-helper.ts';
import { scoreCandidates, together, turns } from './score-candidates.ts';
import { estimateQuality } from './estimate-quality.ts';
import { checkDrift, learnModel } from './learn-model.ts';
import type { LinkModel, PlacesSnapshot } from './link-model.ts';
import type { LinkSchema } from './link-schema.ts';
import { autoRules, LIKELY_RULES, REVIEW_BITS, type ReviewPair, reviewPairs, viewOf } from './link-rules.ts';
import { PairScorer } from './pair-scorer.ts';
import { RecordKeys } from './record-keys.ts';
import { compareRecords } from './engine.ts';
import type { IdValue } from './compare-id.ts';

export interface LinkAllOptions {
  /** Else one is learnt. */
  readonly model?: LinkModel;
  /** The model until now: one that is learnt must not be far from it. */
  readonly previous?: LinkModel;
  readonly threads?: 1 | 2;
  readonly decisions?: readonly { readonly a: string; readonly b: string; readonly verdict: 'SAME' | 'DIFFERENT' }[];
  readonly autoBits?: number;
  readonly reviewBits?: number;
  onProgress?(stage: string, done: number): void;
}
export interface Linkage {
  readonly model: LinkModel;
  /** Least record number of each record's cluster: at the auto threshold, and in the most likely partition (worked out when it is asked for). */
  readonly auto: Int32Array;
  readonly likely: Int32Array;
  readonly review: readonly ReviewPair[];
  /** The engine's own estimate, of pairs, 0…1. */
  readonly estimate: { readonly auto: Quality; readonly likely: Quality };
  readonly edges: Edges;
  readonly tree: readonly number[];
  /** Levels of an edge, as text. */
  levelsOf(edge: number): string;
  readonly figures: {
    readonly records: number;
    readonly pairs: number;
    readonly keys: number;
    /** Keys that more than 60 records share: they make no candidates. */
    readonly tooWide: number;
    readonly seconds: Readonly<Record<string, number>>;
  };
}
export interface Quality {
  readonly precision: number;
  readonly recall: number;
}
/** Below this a second thread costs more than it helps. */
const WORTH_A_THREAD = 20_000;

/** Links records of one schema, all in memory. Deterministic: the same records in any order give the same clusters. @throws ModelRefused */
export async function linkAll<R>(
  schemaOf: LinkSchema<R> | typeof childSchema,
  records: Iterable<R> | AsyncIterable<R>,
  options: LinkAllOptions = {},
): Promise<Linkage> {
  const seconds: Record<string, number> = {};
  let last = performance.now();
  const lap = (stage: string, done: number): void => {
    const now = performance.now();
    seconds[stage] = (now - last) / 1000;
    last = now;
    options.onProgress?.(stage, done);
  };
  let gazetteer = new Gazetteer(options.model?.places ?? EMPTY_PLACES);
  const schema = (typeof schemaOf === 'function' ? schemaOf(() => gazetteer) : schemaOf) as LinkSchema<never>;
  const data = new Dataset<never>(schema);
  if (Symbol.iterator in records) for (const record of records) data.add(record as never);
  else for await (const record of records) data.add(record as never);
  for (const column of data.columns) column.seal();
  const order = orderOf(data.names);
  if (order) data.reorder(order);
  const told = inOrder(order);
  lap('read', data.size);
  let places: PlacesSnapshot | undefined = options.model?.places;
  if (typeof schemaOf === 'function' && !places) {
    places = placesOf(data);
    gazetteer = new Gazetteer(places);
  }
  lap('places', data.size);
  const helper =
    typeof schemaOf === 'function' && (options.threads ?? 2) === 2 && data.size >= WORTH_A_THREAD
      ? startHelper(data, places ?? EMPTY_PLACES)
      : null;
  const keys = new RecordKeys(data);
  const own = schema.passes.map((_, pass) => (helper && pass % 2 === 1 ? null : blocksOf(keys, pass, data.size)));
  const made = helper ? await helper.blocks() : new Map<number, Blocks>();
  const passes = own.map((blocks, pass) => blocks ?? (made.get(pass) as Blocks));
  lap('keys', data.size);
  const { autoBits, reviewBits = REVIEW_BITS } = options;
  let model: LinkModel;
  try {
    model =
      options.model ??
      learnModel(data, passes, { reviewBits, ...(autoBits === undefined ? {} : { autoBits }), ...(places ? { places } : {}) });
    if (!options.model && options.previous) checkDrift(model, options.previous);
  } catch (error) {
    await helper?.stop();
    throw error;
  }
  lap('learn', data.size);
  const scorer = new PairScorer(data, model);
  const counter = new Int32Array(new SharedArrayBuffer(4));
  const other = helper?.score({ blocks: passes, model, counter });
  const scored = [scoreCandidates(data.size, passes, scorer, turns(counter))];
  if (other) scored.push(await other);
  const { edges, pairs, expected } = together(scored);
  lap('score', pairs);
  const view = viewOf(data, scorer, edges, (a, b) => a < b);
  const indexOf = options.decisions?.length ? new Map(data.names.map((name, i) => [name, i])) : new Map<string, number>();
  const fixed: FixedPair[] = (options.decisions ?? []).flatMap(({ a, b, verdict }) => {
    const [i, j] = [indexOf.get(a), indexOf.get(b)];
    return i === undefined || j === undefined ? [] : [{ a: i, b: j, verdict }];
  });
  const auto = clusterRecords(data.size, edges, fixed, view, autoRules(model));
  lap('cluster', data.size);
  const review = reviewPairs(auto, edges, view).map((pair) => ({ ...pair, a: told.one(pair.a), b: told.one(pair.b) }));
  lap('review', review.length);
  let mostLikely: Grouping | undefined;
  const likely = (): Grouping => {
    mostLikely ??= clusterRecords(data.size, { ...edges, reason: new Uint8Array(edges.count) }, fixed, view, LIKELY_RULES);
    return mostLikely;
  };
  return {
    model,
    auto: told.clusters(auto.cluster),
    get likely() {
      return told.clusters(likely().cluster);
    },
    review,
    estimate: {
      get auto() {
        return estimateQuality(auto, edges, expected, view, model.autoBits);
      },
      get likely() {
        return estimateQuality(likely(), edges, expected, view, LIKELY_RULES.linkBits);
      },
    },
    edges: { ...edges, a: told.all(edges.a), b: told.all(edges.b) },
    tree: auto.tree,
    levelsOf(edge) {
      scorer.compare(edges.a[edge] as number, edges.b[edge] as number);
      return [...scorer.levels].map((level) => level.toString(36)).join('');
    },
    figures: {
      records: data.size,
      pairs,
      keys: passes.reduce((sum, { keyBlock }) => sum + keyBlock.length, 0),
      tooWide: passes.reduce((sum, { tooWide }) => sum + tooWide, 0),
      seconds,
    },
  };
}

function placesOf(data: Dataset<never>): PlacesSnapshot {
  const at = (name: string): number => data.schema.fields.findIndex((field) => field.name === name);
  const [place, id] = [data.columns[at('place')], data.columns[at('nationalId')]];
  if (!place || !id) return EMPTY_PLACES;
  const byId = new Map<string, string[]>();
  for (let i = 0; i < data.size; i += 1) {
    const [placeId, idId] = [place.ids[i] as number, id.ids[i] as number];
    if (placeId === 0 || idId === 0) continue;
    const value = id.value(idId) as IdValue | null;
    if (value?.state !== 'v') continue;
    const group = byId.get(value.mac);
    if (group) group.push(place.texts[placeId] as string);
    else byId.set(value.mac, [place.texts[placeId] as string]);
  }
  return learnPlaces(place.texts.slice(1), byId.values());
}

/** Record numbers in the order of names; null where they stand in it. What is learnt must not depend on who came first. */
function orderOf(names: readonly string[]): Uint32Array | null {
  let sorted = true;
  for (let i = 1; i < names.length && sorted; i += 1) sorted = compareRecords(names[i - 1] as string, names[i] as string) < 0;
  if (sorted) return null;
  return Uint32Array.from(names.keys()).sort((a, b) => compareRecords(names[a] as string, names[b] as string));
}

/** Numbers as the caller knows the records. */
function inOrder(order: Uint32Array | null): {
  one(i: number): number;
  all(numbers: Int32Array<ArrayBufferLike>): Int32Array<ArrayBufferLike>;
  clusters(cluster: Int32Array): Int32Array;
} {
  if (!order) return { one: (i) => i, all: (numbers) => numbers, clusters: (cluster) => cluster };
  const one = (i: number): number => order[i] as number;
  return {
    one,
    all: (numbers) => numbers.map(one),
    clusters(cluster) {
      const result = new Int32Array(cluster.length);
      cluster.forEach((head, i) => {
        result[one(i)] = one(head);
      });
      return result;
    },
  };
}

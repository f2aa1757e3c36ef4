import { type Blocks, blocksOf } from './blocks.ts';
import type { childSchema } from './child-schema.ts';
import { clusterRecords, type Edges, type FixedPair, type Grouping, type PairView } from './cluster-records.ts';
import { Dataset } from './dataset.ts';
import { EMPTY_PLACES, Gazetteer, learnPlaces } from './gazetteer.ts';
import { startHelper } from './link-helper.ts';
import { scoreCandidates, together, turns } from './score-candidates.ts';
import { learnModel } from './learn-model.ts';
import type { LinkModel, PlacesSnapshot } from './link-model.ts';
import type { LinkSchema } from './link-schema.ts';
import { autoRules, LIKELY_RULES, probability, REVIEW_BITS, type ReviewPair, reviewPairs, viewOf } from './link-rules.ts';
import { PairScorer } from './pair-scorer.ts';
import { RecordKeys } from './record-keys.ts';
import { compareRecords, type LinkRecord } from './engine.ts';
import type { IdValue } from './compare-id.ts';

export interface LinkAllOptions {
  /** Else one is learnt. */
  readonly model?: LinkModel;
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
  for await (const record of records) data.add(record as never);
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
  const before = orderOf(data.names);
  const view = viewOf(data, scorer, edges, before);
  const indexOf = options.decisions?.length ? new Map(data.names.map((name, i) => [name, i])) : new Map<string, number>();
  const fixed: FixedPair[] = (options.decisions ?? []).flatMap(({ a, b, verdict }) => {
    const [i, j] = [indexOf.get(a), indexOf.get(b)];
    return i === undefined || j === undefined ? [] : [{ a: i, b: j, verdict }];
  });
  const auto = clusterRecords(data.size, edges, fixed, view, autoRules(model));
  lap('cluster', data.size);
  const review = reviewPairs(auto, edges, view);
  lap('review', review.length);
  let mostLikely: Grouping | undefined;
  const likely = (): Grouping => {
    mostLikely ??= clusterRecords(data.size, { ...edges, reason: new Uint8Array(edges.count) }, fixed, view, LIKELY_RULES);
    return mostLikely;
  };
  return {
    model,
    auto: auto.cluster,
    get likely() {
      return likely().cluster;
    },
    review,
    estimate: {
      get auto() {
        return estimate(auto, edges, expected, view);
      },
      get likely() {
        return estimate(likely(), edges, expected, view);
      },
    },
    edges,
    tree: auto.tree,
    levelsOf(edge) {
      scorer.compare(edges.a[edge] as number, edges.b[edge] as number);
      return [...scorer.levels].map((level) => level.toString(36)).join('');
    },
    figures: { records: data.size, pairs, keys: passes.reduce((sum, { keyBlock }) => sum + keyBlock.length, 0), seconds },
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

/** Order of names; that of numbers where names came in order already. */
function orderOf(names: readonly string[]): (a: number, b: number) => boolean {
  let sorted = true;
  for (let i = 1; i < names.length && sorted; i += 1) sorted = compareRecords(names[i - 1] as string, names[i] as string) < 0;
  if (sorted) return (a, b) => a < b;
  const rank = new Int32Array(names.length);
  Array.from(names.keys())
    .sort((a, b) => compareRecords(names[a] as string, names[b] as string))
    .forEach((index, place) => {
      rank[index] = place;
    });
  return (a, b) => (rank[a] as number) < (rank[b] as number);
}

/**
 * Precision and recall of pairs as the scores themselves let expect: a link stands for all pairs that it brings together, a pair left apart for all that it would.
 */
function estimate({ cluster, tree }: Grouping, edges: Edges, unkept: number, view: PairView): Quality {
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
  // A cluster belongs to one other at most: its candidates share what is likely.
  const odds = new Map<number, number>();
  const members = Map.groupBy(cluster.keys(), (i) => cluster[i] as number);
  const rows = [...apart.values()].map(({ a, b, weight, pairs }) => {
    const [x, y] = [members.get(a) as number[], members.get(b) as number[]];
    const own = 2 ** Math.min(20, pairs === 1 || pairs > 900 ? weight : meanWeight(x, y, view));
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

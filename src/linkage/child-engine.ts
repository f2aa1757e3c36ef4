import { childSchema } from './child-schema.ts';
import { clusterRecords, type Edges, type FixedPair } from './cluster-records.ts';
import { levelText } from './comparator.ts';
import { Dataset } from './dataset.ts';
import { type Cluster, compareRecords, type Link, type LinkRecord } from './engine.ts';
import { explainPair } from './explain-pair.ts';
import { Gazetteer } from './gazetteer.ts';
import { autoRules, reviewPairs, viewOf } from './link-rules.ts';
import { type LinkModel, NORMALISER } from './link-model.ts';
import type { LinkSchema } from './link-schema.ts';
import { type PairScore, REVIEW_REASONS } from './pair.ts';
import type { PairExplanation } from './pair-explanation.ts';
import { PairScorer } from './pair-scorer.ts';
import { RecordKeys } from './record-keys.ts';

export interface Clustering {
  /** Of all records given, in the order of their least record. */
  readonly clusters: readonly Cluster[];
  /** Pairs for a human: the strongest of each pair of clusters. */
  readonly review: readonly PairScore[];
}
export interface ClusterInput {
  /** Complete components of AUTO pairs; records that are one pair away from them may stand beside. */
  readonly records: readonly LinkRecord[];
  /** All scores among them from the review threshold on. */
  readonly scores: readonly PairScore[];
  readonly decisions: readonly { readonly a: string; readonly b: string; readonly verdict: 'SAME' | 'DIFFERENT' }[];
}
/** Links records of children under one model. Pure: what it says of records depends on them and the model alone, however many there are and in whatever order. */
export interface ChildEngine {
  readonly model: LinkModel;
  /** Blocking keys: 64-bit hashes as signed decimal text, distinct. */
  keys(record: LinkRecord): string[];
  /** Scores of pairs, given by their places in `records`. */
  score(records: readonly LinkRecord[], pairs: readonly (readonly [number, number])[]): PairScore[];
  cluster(input: ClusterInput): Clustering;
  explain(a: LinkRecord, b: LinkRecord): PairExplanation;
}
/** Records whose folded names are kept for the next key. */
const MOST_KEYED = 20_000;

/** @throws RangeError for a model of another schema or normaliser. */
export function childEngine(model: LinkModel): ChildEngine {
  if (model.normaliser !== NORMALISER)
    throw new RangeError(`model ${model.id} was learnt with normaliser ${model.normaliser}, this is ${NORMALISER}`);
  const gazetteer = new Gazetteer(model.places);
  const schema = childSchema(() => gazetteer) as LinkSchema<never>;
  const open = (records: readonly LinkRecord[]): { data: Dataset<never>; scorer: PairScorer } => {
    const data = new Dataset<never>(schema);
    for (const record of records) data.add(record as never);
    return { data, scorer: new PairScorer(data, model) };
  };
  let keyed = new Dataset<never>(schema);
  let keys = new RecordKeys(keyed);

  const scoreOf = (data: Dataset<never>, scorer: PairScorer, i: number, j: number): PairScore => {
    const [a, b] = [data.names[i] as string, data.names[j] as string];
    const weight = scorer.weight(i, j);
    const { band, reason } = scorer.judge(i, j, weight);
    const levels = [...scorer.levels].map(levelText).join('');
    return compareRecords(a, b) < 0 ? { a, b, weight, band, reason, levels } : { a: b, b: a, weight, band, reason, levels };
  };

  return {
    model,
    keys(record) {
      if (keyed.size >= MOST_KEYED) {
        keyed = new Dataset<never>(schema);
        keys = new RecordKeys(keyed);
      }
      return keys.texts(keyed.add(record as never));
    },
    score(records, pairs) {
      const { data, scorer } = open(records);
      return pairs.map(([i, j]) => scoreOf(data, scorer, i, j));
    },
    cluster({ records, scores, decisions }) {
      const { data, scorer } = open(records);
      const at = new Map(data.names.map((name, i) => [name, i]));
      const edges = edgesOf(scores, at);
      const view = viewOf(data, scorer, edges, (a, b) => compareRecords(data.names[a] as string, data.names[b] as string) < 0);
      const fixed: FixedPair[] = decisions.flatMap(({ a, b, verdict }) => {
        const [i, j] = [at.get(a), at.get(b)];
        return i === undefined || j === undefined ? [] : [{ a: i, b: j, verdict }];
      });
      const grouping = clusterRecords(data.size, edges, fixed, view, autoRules(model));
      const joined = Map.groupBy(grouping.tree, (edge) => grouping.cluster[edges.a[edge] as number] as number);
      const members = Map.groupBy(data.names.keys(), (i) => grouping.cluster[i] as number);
      const linkOf = (edge: number): Link => {
        const [i, j] = [edges.a[edge] as number, edges.b[edge] as number];
        scorer.compare(i, j);
        const [a, b] = [data.names[i] as string, data.names[j] as string].sort(compareRecords) as [string, string];
        return { a, b, rule: 'AUTO', because: [`bits:${(edges.weight[edge] as number).toFixed(1)}`, ...levelNames(schema, scorer.levels)] };
      };
      const clusters = [...members].map(([head, list]) => ({
        records: list.map((i) => data.names[i] as string).sort(compareRecords),
        links: (joined.get(head) ?? []).map(linkOf),
      }));
      clusters.sort((x, y) => compareRecords(x.records[0] as string, y.records[0] as string));
      const review = reviewPairs(grouping, edges, view).map(({ a, b, weight, reason }) => ({
        ...scoreOf(data, scorer, a, b),
        weight,
        band: 'REVIEW' as const,
        reason,
      }));
      return { clusters, review };
    },
    explain(a, b) {
      const { data, scorer } = open([a, b]);
      return explainPair(data, scorer, model);
    },
  };
}

function edgesOf(scores: readonly PairScore[], at: ReadonlyMap<string, number>): Edges {
  const kept = scores.filter(({ a, b, band }) => band !== 'NONE' && at.has(a) && at.has(b));
  return {
    a: Int32Array.from(kept, ({ a }) => at.get(a) as number),
    b: Int32Array.from(kept, ({ b }) => at.get(b) as number),
    weight: Float64Array.from(kept, ({ weight }) => weight),
    reason: Uint8Array.from(kept, ({ reason }) => (reason === null ? 0 : REVIEW_REASONS.indexOf(reason) + 1)),
    count: kept.length,
  };
}

/** `field:level` of what was compared. */
const levelNames = (schema: LinkSchema<never>, levels: Uint8Array): string[] =>
  schema.fields.flatMap(({ name, comparator }, f) => (levels[f] === 0 ? [] : [`${name}:${comparator.levels[(levels[f] as number) - 1]}`]));

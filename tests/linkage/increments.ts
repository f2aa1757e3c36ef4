import { WIDEST_BLOCK } from '../../src/linkage/blocks.ts';
import type { ChildEngine } from '../../src/linkage/child-engine.ts';
import type { LinkRecord } from '../../src/linkage/engine.ts';
import { autoRules } from '../../src/linkage/link-rules.ts';
import type { PairScore } from '../../src/linkage/pair.ts';

/** Links records as they come, in memory, as storage does: candidates by shared keys, and only the components that a record touches are clustered again. */
export class Increments {
  /** Records that were clustered at once, at most. */
  largest = 0;
  readonly #engine: ChildEngine;
  readonly #linkBits: number;
  readonly #records: LinkRecord[] = [];
  readonly #blocks = new Map<string, number[]>();
  /** Keys that two records share, of those that make candidates. */
  readonly #shared = new Map<string, number>();
  /** Scores of each record, by the other's place. */
  readonly #scores: Map<number, PairScore>[] = [];
  readonly #cluster: (readonly string[])[] = [];

  constructor(engine: ChildEngine) {
    this.#engine = engine;
    const { linkBits, loneBits } = autoRules(engine.model);
    this.#linkBits = linkBits - loneBits;
  }

  add(record: LinkRecord): void {
    const at = this.#records.push(record) - 1;
    this.#scores.push(new Map());
    this.#cluster.push([record.record]);
    const seeds = new Set([at]);
    for (const key of this.#engine.keys(record)) {
      const block = this.#blocks.get(key) ?? [];
      this.#blocks.set(key, block);
      if (block.length < WIDEST_BLOCK) for (const other of block) this.#share(other, at);
      else if (block.length === WIDEST_BLOCK)
        for (const a of block) for (const b of block) if (a < b && this.#part(a, b)) seeds.add(a).add(b);
      block.push(at);
    }
    for (const other of (this.#scores[at] as Map<number, PairScore>).keys()) seeds.add(other);
    this.#recompute(seeds);
  }

  #share(a: number, b: number): void {
    const count = this.#shared.get(`${a} ${b}`) ?? 0;
    this.#shared.set(`${a} ${b}`, count + 1);
    if (count > 0) return;
    const [score] = this.#engine.score([this.#records[a] as LinkRecord, this.#records[b] as LinkRecord], [[0, 1]]);
    if (!score || score.band === 'NONE') return;
    this.#scores[a]?.set(b, score);
    this.#scores[b]?.set(a, score);
  }

  /** @returns whether a score went. */
  #part(a: number, b: number): boolean {
    const count = (this.#shared.get(`${a} ${b}`) as number) - 1;
    this.#shared.set(`${a} ${b}`, count);
    if (count > 0) return false;
    this.#scores[b]?.delete(a);
    return this.#scores[a]?.delete(b) ?? false;
  }

  #recompute(seeds: Iterable<number>): void {
    const members = new Set(seeds);
    for (const one of members)
      for (const [other, { weight, reason }] of this.#scores[one] as Map<number, PairScore>)
        if (weight >= this.#linkBits && (reason ?? 'WEAK') === 'WEAK') members.add(other);
    const beside = new Set(members);
    for (const one of members) for (const other of (this.#scores[one] as Map<number, PairScore>).keys()) beside.add(other);
    this.largest = Math.max(this.largest, beside.size);
    const records = [...beside].map((one) => this.#records[one] as LinkRecord);
    const scores = [...beside].flatMap((one) =>
      [...(this.#scores[one] as Map<number, PairScore>)].filter(([other]) => one < other && beside.has(other)).map(([, score]) => score),
    );
    const { clusters } = this.#engine.cluster({ records, scores, decisions: [] });
    const clusterOf = new Map(clusters.flatMap(({ records: all }) => all.map((one) => [one, all] as const)));
    for (const one of members) this.#cluster[one] = clusterOf.get((this.#records[one] as LinkRecord).record) as readonly string[];
  }

  scores(): PairScore[] {
    return this.#scores.flatMap((scores, one) => [...scores].filter(([other]) => one < other).map(([, score]) => score));
  }

  /** Names of the records of each cluster, sorted. */
  partition(): string[] {
    return [...new Set(this.#cluster.map((all) => [...all].sort().join(' ')))].sort();
  }
}

import type { Sql } from '../../db/sql.ts';
import type { ChildEngine } from '../../linkage/child-engine.ts';
import { changesOf, loadBlocks } from './link-blocks.ts';
import { removeOutgrown, scorePairs, writeLinkage } from './link-pairs.ts';
import { forgetRecords } from './link-forget.ts';
import type { LinkRecord } from '../../linkage/engine.ts';
import { readFeatures } from './link-store.ts';
import type { SubjectOf } from './reopened.ts';
import { recompute, type Recomputed } from './recompute.ts';

/** Records that come, and those that a correction has replaced. */
export interface Arrivals {
  readonly fresh: readonly string[];
  /** Those that come, where they have been read already. */
  readonly records?: readonly LinkRecord[];
  readonly gone: readonly { readonly record: string; readonly child: string | null }[];
}
export interface Increment extends Recomputed {
  /** Pairs that were scored. */
  readonly pairs: number;
}
export interface IncrementOptions {
  readonly actor: string;
  readonly subjectOf?: SubjectOf;
  onStage?(stage: string, done: number): void;
}

/**
 * Links records that come to those that stand, and lets go of those that leave: the stored pairs, and the clusters, are afterwards what they would be had all records come at once.
 * Touches only records that share a key with one of them, and their components.
 */
export async function linkIncrement(sql: Sql, engine: ChildEngine, arrivals: Arrivals, options: IncrementOptions): Promise<Increment> {
  const { fresh, gone } = arrivals;
  const left = gone.map(({ record }) => record);
  const { beside, leaving } = await forgetRecords(sql, left);
  options.onStage?.('keys', fresh.length);
  const records = arrivals.records ?? (await readFeatures(sql, fresh));
  const keys = new Map(records.map((record) => [record.record, engine.keys(record)]));
  const coming = new Map<string, string[]>();
  for (const { record } of records) {
    for (const h of keys.get(record) ?? []) {
      const list = coming.get(h);
      if (list) list.push(record);
      else coming.set(h, [record]);
    }
  }
  const { blocks, members } = await loadBlocks(sql, [...new Set([...coming.keys(), ...leaving.keys()])]);
  for (const record of records) members.set(record.record, record);
  const { pairs, outgrown } = changesOf(blocks, leaving, coming);
  options.onStage?.('score', pairs.length);
  const scores = scorePairs(engine, pairs, members);
  const joined = await writeLinkage(sql, { records, keysOf: ({ record }) => keys.get(record) ?? [], scores, model: engine.model.id });
  const parted = await removeOutgrown(sql, outgrown);
  options.onStage?.('cluster', records.length);
  const done = await recompute(sql, engine, {
    actor: options.actor,
    subjectOf: options.subjectOf,
    seeds: [...fresh, ...beside, ...parted, ...joined],
    touched: gone.flatMap(({ child }) => child ?? []),
    gone: left,
    onStage: options.onStage,
  });
  return { ...done, pairs: pairs.length };
}

import type { Sql } from '../../db/sql.ts';
import { arrayLiteral } from '../../intake/array-literal.ts';
import { WIDEST_BLOCK } from '../../linkage/blocks.ts';
import type { LinkRecord } from '../../linkage/engine.ts';
import { ask, type Prepared } from './link-sql.ts';
import { batchesOf, type ProfileRow, recordOf } from './link-store.ts';

/** The records that stand under one key; `members` is null where they are more than make candidates. */
export interface Block {
  readonly h: string;
  readonly members: readonly string[] | null;
}
/** What the coming and going of records makes of candidates. */
export interface BlockChanges {
  /** New candidates, by record number; each once, in no order. */
  readonly pairs: readonly (readonly [string, string])[];
  /** Members of blocks that grew too wide: their pairs stay candidates only where another key joins them. */
  readonly outgrown: readonly string[];
}

// By the index, and never more than one row beyond the cap: a key that a hundred thousand share costs as much as one that sixty share.
const BLOCKS: Prepared = {
  name: 'link-blocks',
  text: `with block as materialized (
      select q.h, k.members from unnest($1::bigint[]) q (h) cross join lateral (
        select case when count(*) <= ${WIDEST_BLOCK} then coalesce(array_agg(x.record_id), '{}') end as members
        from (select l.record_id from hub.link_key l where l.h = q.h limit ${WIDEST_BLOCK + 1}) x) k)
    select b.h::text as h, b.members::text[] as members, null as record, null as body from block b
    union all
    select null, null, p.record_id::text, p.body from (select distinct unnest(b.members) as record_id from block b) m join hub.link_profile p using (record_id)`,
};
const REMOVE: Prepared = {
  name: 'link-key-remove',
  text: 'delete from hub.link_key where record_id = any($1::bigint[]) returning h::text as h',
};

/** Takes the keys of records away. @returns how many of them stood under each key. */
export async function removeKeys(sql: Sql, records: readonly string[]): Promise<Map<string, number>> {
  const gone = new Map<string, number>();
  for (const { h } of (await ask<{ h: string }>(sql, REMOVE, [arrayLiteral(records)])).rows) gone.set(h, (gone.get(h) ?? 0) + 1);
  return gone;
}

const MOST_KEYS = 10_000;

/** The blocks of some keys as they stand, and their members as linkage compares them. */
export async function loadBlocks(sql: Sql, keys: readonly string[]): Promise<{ blocks: Block[]; members: Map<string, LinkRecord> }> {
  const blocks: Block[] = [];
  const members = new Map<string, LinkRecord>();
  for (const batch of batchesOf(keys, MOST_KEYS)) {
    const { rows } = await ask<Block & Partial<ProfileRow>>(sql, BLOCKS, [arrayLiteral(batch)]);
    for (const { h, members: stood, record, body } of rows) {
      if (!record || !body) blocks.push({ h, members: stood });
      else if (!members.has(record)) members.set(record, recordOf({ record, body }));
    }
  }
  return { blocks, members };
}

/**
 * Pure: candidates are the pairs that share a key under which at most 60 records stand, whatever the order in which they came. A block that crosses the cap thus changes
 * the pairs of records that were there before.
 * @param blocks without the records that left and before those that come. @param left key → how many records left it. @param came key → new records, ascending.
 */
export function changesOf(
  blocks: readonly Block[],
  left: ReadonlyMap<string, number>,
  came: ReadonlyMap<string, readonly string[]>,
): BlockChanges {
  const pairs = new Map<string, readonly [string, string]>();
  const outgrown = new Set<string>();
  const pair = (a: string, b: string): void => {
    const [x, y] = Number(a) < Number(b) ? [a, b] : [b, a];
    pairs.set(`${x} ${y}`, [x, y]);
  };
  for (const { h, members: standing } of blocks) {
    if (standing === null) continue;
    const fresh = came.get(h) ?? [];
    const before = standing.length + (left.get(h) ?? 0);
    const after = standing.length + fresh.length;
    if (after > WIDEST_BLOCK) {
      if (before <= WIDEST_BLOCK) for (const record of standing) outgrown.add(record);
      continue;
    }
    // Those that stand, where the block made no candidates before; else only what is new.
    const all = [...standing, ...fresh];
    const known = before > WIDEST_BLOCK ? 0 : standing.length;
    for (let j = known; j < all.length; j += 1) for (let i = 0; i < j; i += 1) pair(all[i] as string, all[j] as string);
  }
  return { pairs: [...pairs.values()], outgrown: [...outgrown] };
}

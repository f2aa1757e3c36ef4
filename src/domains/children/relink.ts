import type { Sql } from '../../db/sql.ts';
import type { Cluster, LinkEngine, LinkRecord } from '../../linkage/engine.ts';
import { Places } from '../../linkage/places.ts';
import { refreshCards } from './card.ts';
import { refreshGuardians } from './guardians.ts';
import { assignChildren } from './link-assign.ts';
import { batchesOf, loadCannotLink, loadLinkRecords } from './link-store.ts';
import { createChildren, type Happening, type Move, writeHappenings } from './link-write.ts';

export interface Relinked {
  /** Children made, and children left without any record. */
  readonly created: number;
  readonly vacated: number;
  /** Records whose child changed, first links included. */
  readonly moved: number;
  /** Children whose records changed. */
  readonly changed: number;
}
export interface RelinkOptions {
  readonly engine: LinkEngine;
  readonly actor: string;
  /** Records to be linked anew, a closure. */
  readonly records: readonly string[];
  /** Children that lost records before this, as superseded records do. */
  readonly touched: readonly string[];
  readonly kind?: 'unlink';
  readonly reason?: string;
  onStage?(stage: string): void;
}

/** Links kept as evidence of one event. */
const MOST_LINKS = 40;

async function loadHeld(sql: Sql, records: readonly string[]): Promise<{ now: Map<string, string>; held: Map<string, string> }> {
  const now = new Map<string, string>();
  const held = new Map<string, string>();
  for (const batch of batchesOf(records)) {
    const { rows } = await sql.query<{ record: string; child: string; linked: boolean }>(
      `select record_id::text as record, child_id::text as child, true as linked from hub.membership where record_id = any($1::bigint[]) and valid_to is null
       union all
       select * from (select distinct on (s.record_id) s.record_id::text, m.child_id::text, false from hub.source_record s
         join hub.membership m on m.record_id = s.previous_record
         where s.record_id = any($1::bigint[]) and not exists (select from hub.membership o where o.record_id = s.record_id and o.valid_to is null)
         order by s.record_id, m.valid_to desc nulls first) successor`,
      [batch],
    );
    for (const { record, child, linked } of rows) {
      held.set(record, child);
      if (linked) now.set(record, child);
    }
  }
  return { now, held };
}

function happeningOf(
  cluster: Cluster,
  child: string,
  now: ReadonlyMap<string, string>,
  lives: ReadonlySet<string>,
  options: RelinkOptions,
): Happening | null {
  const moves: Move[] = [];
  for (const record of cluster.records) {
    const from = now.get(record) ?? null;
    if (from !== child) moves.push({ record, from, to: child });
  }
  if (moves.length === 0) return null;
  const moved = new Set(moves.map(({ record }) => record));
  const links = cluster.links.filter(({ a, b }) => moved.has(a) || moved.has(b)).slice(0, MOST_LINKS);
  const leaves = moves.some(({ from }) => from !== null && lives.has(from));
  const evidence = options.reason === undefined ? { links } : { links, reason: options.reason };
  return { kind: options.kind ?? (leaves ? 'split' : 'link'), child, evidence, moves };
}

/** Runs the engine on a closure and brings the stored links, cards and guardians in line with what it says. */
export async function relink(sql: Sql, options: RelinkOptions): Promise<Relinked> {
  const { engine, actor, records } = options;
  options.onStage?.('read');
  const loaded = await loadLinkRecords(sql, records);
  const byRecord = new Map(loaded.map((record) => [record.record, record]));
  const cannotLink = (await loadCannotLink(sql)).filter(([a, b]) => byRecord.has(a) && byRecord.has(b));
  options.onStage?.('link');
  const clusters = engine.cluster(loaded, { cannotLink });
  const { now, held } = await loadHeld(sql, records);
  const assigned = assignChildren(clusters, { held, isRegistry: (record) => byRecord.get(record)?.source === 'registry' });
  const fresh = await createChildren(sql, assigned.filter((child) => child === null).length);
  const children = assigned.map((child) => child ?? (fresh.shift() as string));
  const lives = new Set(children);
  const created = assigned.filter((child) => child === null).length;
  options.onStage?.('write');
  const happenings = clusters.flatMap((cluster, i) => happeningOf(cluster, children[i] as string, now, lives, options) ?? []);
  await writeHappenings(sql, { actor, engine: engine.version }, happenings);
  const changed = new Set(options.touched);
  let moved = 0;
  for (const { child, moves } of happenings) {
    changed.add(child);
    moved += moves.length;
    for (const { from } of moves) if (from !== null) changed.add(from);
  }
  options.onStage?.('cards');
  const places = new Places(groupsOf(clusters, byRecord), loaded);
  const vacated = await refreshCards(sql, [...changed], (record) => placeOf(places, byRecord.get(record)));
  await refreshGuardians(sql, [...changed]);
  return { created, vacated, moved, changed: changed.size };
}

function* groupsOf(clusters: readonly Cluster[], byRecord: ReadonlyMap<string, LinkRecord>): Generator<LinkRecord[]> {
  for (const { records } of clusters) if (records.length > 1) yield records.flatMap((record) => byRecord.get(record) ?? []);
}

const only = (set: ReadonlySet<string>): string | null => (set.size === 1 ? ([...set][0] as string) : null);

/** Where a record says the child is; only what is known for sure. */
function placeOf(places: Places, record: LinkRecord | undefined): { settlement: string | null; municipality: string | null } {
  if (!record) return { settlement: null, municipality: null };
  const { settlements, municipalities } = places.of(record);
  return { settlement: only(settlements), municipality: only(municipalities) };
}

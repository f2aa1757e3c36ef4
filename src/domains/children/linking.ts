import type { Db } from '../../db/db.ts';
import type { Sql } from '../../db/sql.ts';
import { linkInBulk } from './link-bulk.ts';
import { applyDecisions } from './link-decide.ts';
import { linkIncrement } from './link-incremental.ts';
import { currentEngine } from './link-model-store.ts';
import { BY_INDEX, forMany } from './link-sql.ts';
import type { LinkTools } from './link-tools.ts';
import { loadWaiting, strikeWaiting, type Waiting } from './link-waiting.ts';
import { forgetRecords } from './link-forget.ts';
import { LINKING_LOCK } from './linking-lock.ts';
import type { SubjectOf } from './reopened.ts';

export interface LinkProgress {
  readonly stage: string;
  readonly records: number;
}
/** What one run of linking did. */
export interface LinkReport {
  /** The model under which it was done. */
  readonly engine: string;
  /** Records that were linked to no child before. */
  readonly records: number;
  /** Records that a correction has replaced, and that left their child. */
  readonly superseded: number;
  /** Records that were clustered anew. */
  readonly compared: number;
  readonly childrenCreated: number;
  readonly childrenVacated: number;
  /** Records whose child changed, first links included. */
  readonly moved: number;
  readonly seconds: number;
}
export interface LinkOptions {
  readonly tools: LinkTools;
  /** Who asked for it; stands in the events. */
  readonly actor: string;
  /** The ledger's name of a child; without it the disclosures over a wrong link cannot be listed. */
  readonly subjectOf?: SubjectOf;
  /** Else by how many records are new. For measuring and for tests. */
  readonly way?: 'increment' | 'bulk';
  onProgress?(progress: LinkProgress): void;
}
type Sums = { -readonly [K in keyof Omit<LinkReport, 'engine' | 'seconds'>]: number };

/** Records linked in one transaction, one beside the other; of more, the next transaction follows. */
const MOST_AT_ONCE = 2_000;
/** Up to so many, what each touches is found by index. */
const FEW = 50;
/** From this share of new ones on, linking all anew costs less than linking each. */
const BULK_SHARE = 0.2;
/** Where all can be linked anew in seconds, from this share on: a model learnt from the records that stand is the better one. */
const SMALL = 200_000;
const SMALL_SHARE = 0.02;

/** Whether all are linked anew: where many are new, and where a model knows less than half of the records, for it knows too little of how common names are. */
async function isBulk(sql: Sql, waiting: Waiting, way: LinkOptions['way']): Promise<boolean> {
  if (way !== undefined) return way === 'bulk' && waiting.fresh.length + waiting.gone.length > 0;
  const { rows } = await sql.query<{ standing: number; fresh: number; learnt: number }>(
    `select (select count(*)::integer from hub.link_profile) as standing, (select records::integer from hub.link_model where is_current) as learnt,
       (select count(*)::integer from hub.link_waiting w join hub.link_feature f using (record_id) where f.is_current and not exists (select from hub.link_profile p where p.record_id = w.record_id)) as fresh`,
  );
  const { standing = 0, fresh = 0, learnt = 0 } = rows[0] ?? {};
  const all = standing + fresh;
  if (all <= SMALL && fresh > Math.max(FEW, all * SMALL_SHARE)) return true;
  return (fresh > MOST_AT_ONCE && fresh > all * BULK_SHARE) || all > 2 * Math.max(learnt, MOST_AT_ONCE);
}

async function applyWaiting(sql: Sql, decisions: readonly string[], options: LinkOptions, sums: Sums): Promise<void> {
  for (const decision of decisions) {
    const { rows } = await sql.query<{ records: string[]; actor: string; reason: string; parts: boolean }>(
      `select array[hub.latest_version(a)::text, hub.latest_version(b)::text] as records, coalesce(revoked_by, actor) as actor, coalesce(revoked_reason, reason) as reason,
         verdict = 'DIFFERENT' and revoked_at is null as parts from hub.pair_decision where decision_id = $1::bigint`,
      [decision],
    );
    for (const { records, actor, reason, parts } of rows) {
      const { subjectOf, tools } = options;
      const done = await applyDecisions(sql, {
        records,
        actor,
        reason,
        kind: parts ? 'unlink' : 'link',
        decision,
        tools,
        ...(subjectOf && { subjectOf }),
      });
      sums.childrenCreated += done.created;
      sums.childrenVacated += done.vacated;
      sums.moved += done.moved;
      sums.compared += done.compared;
    }
  }
}

/** One transaction's worth. @returns whether more is waiting. */
async function linkSome(transaction: Sql, options: LinkOptions, sums: Sums): Promise<{ more: boolean; engine: string }> {
  let sql = transaction;
  let engine = await currentEngine(sql, options.tools, `${BY_INDEX}; ${LINKING_LOCK}`);
  const onStage = (stage: string, records: number) => options.onProgress?.({ stage, records });
  let waiting = await loadWaiting(sql, FEW + 1, true);
  if (waiting.entries.length === 0) return { more: false, engine: engine.model.id };
  let [bulk, more] = [options.way === 'bulk', false];
  if (bulk || waiting.entries.length > FEW) {
    sql = await forMany(sql);
    waiting = await loadWaiting(sql, MOST_AT_ONCE + 1);
    more = waiting.entries.length > MOST_AT_ONCE;
    bulk = await isBulk(sql, waiting, options.way);
    if (bulk) waiting = await loadWaiting(sql, 2_147_483_647);
    else if (more) waiting = await loadWaiting(sql, MOST_AT_ONCE);
  }
  const { fresh, gone, decisions } = waiting;
  const by = { actor: options.actor, onStage, ...(options.subjectOf && { subjectOf: options.subjectOf }) };
  const touched = gone.flatMap(({ child }) => child ?? []);
  if (bulk) {
    await forgetRecords(
      sql,
      gone.map(({ record }) => record),
    );
    const done = await linkInBulk(sql, { ...by, tools: options.tools, engine, fresh, touched });
    sums.childrenCreated += done.created;
    sums.childrenVacated += done.vacated;
    sums.moved += done.moved;
    sums.compared += done.records;
    engine = await currentEngine(sql, options.tools);
  } else if (fresh.length + gone.length > 0) {
    const done = await linkIncrement(sql, engine, waiting, by);
    sums.childrenCreated += done.created;
    sums.childrenVacated += done.vacated;
    sums.moved += done.moved;
    sums.compared += done.compared;
  }
  // After a bulk run they are in force already; their events are written all the same.
  await applyWaiting(sql, decisions, options, sums);
  await strikeWaiting(sql, waiting);
  sums.records += fresh.length;
  sums.superseded += gone.length;
  return { more: more && !bulk, engine: engine.model.id };
}

/**
 * Links all current records that are linked to no child yet, lets go of those that a correction has replaced, and applies decisions that have not taken effect. In transactions of at most
 * 2,000 records, or one for all when many are new: what is killed half-way goes on where it was; a second run finds nothing to do. Records without link features
 * (recorded online on a known child) are left where they are.
 */
export async function linkNewRecords(db: Db, options: LinkOptions): Promise<LinkReport> {
  const started = performance.now();
  const sums: Sums = { records: 0, superseded: 0, compared: 0, childrenCreated: 0, childrenVacated: 0, moved: 0 };
  for (;;) {
    const { more, engine } = await db.transaction('intake', (sql) => linkSome(sql, options, sums));
    if (more) continue;
    options.onProgress?.({ stage: 'done', records: sums.compared });
    return { engine, ...sums, seconds: (performance.now() - started) / 1000 };
  }
}

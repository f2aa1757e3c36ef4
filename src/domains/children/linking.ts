import type { Db } from '../../db/db.ts';
import type { LinkEngine } from '../../linkage/engine.ts';
import { closureOf, loadLinkRecords, loadNewRecords, writeKeys } from './link-store.ts';
import { closeMemberships, setChild } from './link-write.ts';
import { relink } from './relink.ts';

export interface LinkProgress {
  readonly stage: string;
  readonly records: number;
}
/** What one run of linking did. */
export interface LinkReport {
  readonly engine: string;
  /** Records that were linked to no child before. */
  readonly records: number;
  /** Records that a correction has replaced, and that left their child. */
  readonly superseded: number;
  /** Records that were compared. */
  readonly compared: number;
  readonly childrenCreated: number;
  readonly childrenVacated: number;
  /** Records whose child changed, first links included. */
  readonly moved: number;
  readonly seconds: number;
}
export interface LinkOptions {
  readonly engine: LinkEngine;
  /** Who asked for it; stands in the events. */
  readonly actor: string;
  onProgress?(progress: LinkProgress): void;
}

/** One linking at a time: two would each give the same child a number. */
export const LINKING_LOCK = `select pg_advisory_xact_lock(hashtextextended('hub/linking', 0))`;

/**
 * Links all current records that are linked to no child yet, and lets go of those that a correction has replaced. One transaction: all or, when it is killed, nothing;
 * a second run finds nothing to do. Records without link features (recorded online on a known child) are left where they are.
 */
export function linkNewRecords(db: Db, options: LinkOptions): Promise<LinkReport> {
  const started = performance.now();
  const { engine, actor } = options;
  return db.transaction('intake', async (sql) => {
    await sql.query(LINKING_LOCK);
    await sql.query('set local jit = off');
    const { rows: superseded } = await sql.query<{ record: string; child: string }>(
      `select m.record_id::text as record, m.child_id::text as child from hub.membership m join hub.link_feature f using (record_id)
       where m.valid_to is null and not f.is_current`,
    );
    const left = superseded.map(({ record }) => record);
    await closeMemberships(sql, left);
    await setChild(
      sql,
      left.map((record) => ({ record, child: null })),
    );
    await sql.query('delete from hub.link_key where record_id = any($1::bigint[])', [left]);
    const touched = [...new Set(superseded.map(({ child }) => child))];
    const fresh = await loadNewRecords(sql);
    const stage = (name: string, records: number) => options.onProgress?.({ stage: name, records });
    stage('keys', fresh.length);
    await writeKeys(sql, engine, await loadLinkRecords(sql, fresh));
    const { rows: mates } = await sql.query<{ record: string }>(
      `select m.record_id::text as record from hub.membership m join hub.link_feature f using (record_id)
       where m.valid_to is null and f.is_current and m.child_id = any($1::bigint[])`,
      [touched],
    );
    const seeds = [...fresh, ...mates.map(({ record }) => record)];
    stage('closure', seeds.length);
    const records = seeds.length === 0 ? [] : await closureOf(sql, seeds);
    const done = await relink(sql, { engine, actor, records, touched, onStage: (name) => stage(name, records.length) });
    stage('done', records.length);
    return {
      engine: engine.version,
      records: fresh.length,
      superseded: left.length,
      compared: records.length,
      childrenCreated: done.created,
      childrenVacated: done.vacated,
      moved: done.moved,
      seconds: (performance.now() - started) / 1000,
    };
  });
}

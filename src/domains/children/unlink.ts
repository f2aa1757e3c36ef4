import type { Db } from '../../db/db.ts';
import { HubError } from '../../kernel/errors.ts';
import { compareRecords, type LinkEngine } from '../../linkage/engine.ts';
import { deterministicEngine } from '../../linkage/deterministic-engine.ts';
import { closureOf } from './link-store.ts';
import { LINKING_LOCK } from './linking.ts';
import { relink } from './relink.ts';

export interface UnlinkRequest {
  /** Record numbers, decimal text, that are of two different children. */
  readonly record: string;
  readonly from: string;
  readonly actor: string;
  readonly reason: string;
  readonly engine?: LinkEngine;
}
export interface UnlinkReport {
  /** The child of each record afterwards. */
  readonly record: string;
  readonly from: string;
  readonly moved: number;
}

/**
 * Parts two records for good: every later linking, also of their corrections, keeps them apart. The child's number stays with the side that holds the civil-registry record.
 * @throws HubError BAD_USER_INPUT when a record is unknown or linked to no child; CONFLICT when they are parted already.
 */
export function unlink(db: Db, { record, from, actor, reason, engine = deterministicEngine }: UnlinkRequest): Promise<UnlinkReport> {
  if (record === from || !/^\d{1,18}$/.test(record) || !/^\d{1,18}$/.test(from))
    throw new HubError('BAD_USER_INPUT', 'Name two different records by their numbers.');
  return db.transaction('intake', async (sql) => {
    await sql.query(LINKING_LOCK);
    const childrenOf = async () => {
      const { rows } = await sql.query<{ record: string; child: string }>(
        `select m.record_id::text as record, m.child_id::text as child from hub.membership m join hub.link_feature f using (record_id)
         where m.record_id = any($1::bigint[]) and m.valid_to is null`,
        [[record, from]],
      );
      const children = new Map(rows.map((row) => [row.record, row.child]));
      const [a, b] = [children.get(record), children.get(from)];
      if (a === undefined || b === undefined) throw new HubError('BAD_USER_INPUT', 'A record is unknown, or linked to no child.');
      return { record: a, from: b };
    };
    await childrenOf();
    const [a, b] = compareRecords(record, from) < 0 ? [record, from] : [from, record];
    const { rowCount } = await sql.query(
      'insert into hub.cannot_link (a, b, actor, reason) values ($1, $2, $3, $4) on conflict (a, b) where revoked_at is null do nothing',
      [a, b, actor, reason],
    );
    if (rowCount === 0) throw new HubError('CONFLICT', 'These records are parted already.');
    const records = await closureOf(sql, [record, from]);
    const { moved } = await relink(sql, { engine, actor, records, touched: [], kind: 'unlink', reason });
    const after = await childrenOf();
    if (moved === 0)
      await sql.query(`insert into hub.identity_event (kind, actor, engine, evidence) values ('unlink', $1, $2, $3)`, [
        actor,
        engine.version,
        JSON.stringify({ a, b, reason }),
      ]);
    return { ...after, moved };
  });
}

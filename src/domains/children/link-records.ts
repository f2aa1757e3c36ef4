import type { Db } from '../../db/db.ts';
import { HubError } from '../../kernel/errors.ts';
import { deterministicEngine } from '../../linkage/deterministic-engine.ts';
import { type LinkReport, linkNewRecords } from './linking.ts';

/** Records that this engine compares at once at most: it holds them all in memory, some 11 KB each. */
export const MOST_LINKED = 300_000;

/**
 * Links what is new with the engine that this hub uses: the one place that names it.
 * @param most records that are compared at once. @throws HubError UNAVAILABLE when there are more records than it can hold: they stay as they are, taken in and not linked.
 */
export async function linkRecords(
  db: Db,
  actor: string,
  onProgress?: (stage: string, records: number) => void,
  most = MOST_LINKED,
): Promise<LinkReport> {
  const { rows } = await db.read(db.roleName('intake'), (sql) =>
    sql.query<{ many: boolean }>(
      'select count(*) > $1::bigint as many from (select 1 from hub.link_feature where is_current limit $1::bigint + 1) counted',
      [most],
    ),
  );
  if (rows[0]?.many) {
    throw new HubError(
      'UNAVAILABLE',
      `the records are taken in, but not linked: there are more than ${most}, and this version compares no more at once`,
    );
  }
  return linkNewRecords(db, { engine: deterministicEngine, actor, onProgress: ({ stage, records }) => onProgress?.(stage, records) });
}

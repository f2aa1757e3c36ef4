import type { Sql } from '../../db/sql.ts';
import type { LinkRecord } from '../../linkage/engine.ts';
import type { PairExplanation } from '../../linkage/pair-explanation.ts';
import { currentEngine } from './link-model-store.ts';
import { LINK_TOOLS } from './link-tools.ts';

/** What review asks of the engine. */
export interface Explains {
  explain(a: LinkRecord, b: LinkRecord): PairExplanation;
}

/** The engine under the hub's current model, for reading; null as long as nothing was linked. */
export async function findEngine(sql: Sql): Promise<Explains | null> {
  const { rows } = await sql.query('select 1 from hub.link_model where is_current');
  return rows.length === 0 ? null : currentEngine(sql, LINK_TOOLS);
}

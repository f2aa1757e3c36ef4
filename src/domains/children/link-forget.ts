import type { Sql } from '../../db/sql.ts';
import { arrayLiteral } from '../../intake/array-literal.ts';
import { removeKeys } from './link-blocks.ts';
import { removePairs } from './link-pairs.ts';
import { ask, type Prepared } from './link-sql.ts';
import { closeMemberships, setChild } from './link-write.ts';

const FORGET: Prepared = {
  name: 'link-profile-forget',
  text: 'delete from hub.link_profile where record_id = any($1::bigint[])',
};
// Asked before decisions are carried over: whom a decision joined with the record that leaves, it may join no longer.
const PARTNERS: Prepared = {
  name: 'link-partners',
  text: `select a::text as record from hub.standing_decision where b = any($1::bigint[]) union select b::text from hub.standing_decision where a = any($1::bigint[])`,
};

export interface Forgotten {
  /** Records that stood beside them. */
  readonly beside: readonly string[];
  /** Keys under which they stood, and how many of them. */
  readonly leaving: ReadonlyMap<string, number>;
}

/** Lets go of records that a correction has replaced: their scores, keys and links; decisions about them are carried over to their successors. */
export async function forgetRecords(sql: Sql, records: readonly string[]): Promise<Forgotten> {
  if (records.length === 0) return { beside: [], leaving: new Map() };
  const numbers = arrayLiteral(records);
  const partners = (await ask<{ record: string }>(sql, PARTNERS, [numbers])).rows.map(({ record }) => record);
  const neighbours = await removePairs(sql, records);
  await ask(sql, FORGET, [numbers]);
  await closeMemberships(sql, records);
  await setChild(
    sql,
    records.map((record) => ({ record, child: null })),
  );
  await sql.query('select hub.carry_decisions($1::bigint[])', [numbers]);
  return { beside: [...partners, ...neighbours], leaving: await removeKeys(sql, records) };
}

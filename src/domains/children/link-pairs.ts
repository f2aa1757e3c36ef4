import type { Sql } from '../../db/sql.ts';
import { arrayLiteral } from '../../intake/array-literal.ts';
import { WIDEST_BLOCK } from '../../linkage/blocks.ts';
import type { ChildEngine } from '../../linkage/child-engine.ts';
import type { LinkRecord } from '../../linkage/engine.ts';
import type { PairScore } from '../../linkage/pair.ts';
import { ask, type Prepared } from './link-sql.ts';
import { bodyOf } from './link-store.ts';

// One statement: a record with a profile has its keys and its scores.
const WRITE: Prepared = {
  name: 'link-write',
  text: `with profiles as (
      insert into hub.link_profile (record_id, body) select * from unnest($1::bigint[], $2::jsonb[])
      on conflict (record_id) do update set body = excluded.body where link_profile.body <> excluded.body),
    keys as (insert into hub.link_key (h, record_id) select * from unnest($3::bigint[], $4::bigint[]))
    insert into hub.pair_score (a, b, weight, levels, band, reason, model_id)
    select *, $11 from unnest($5::bigint[], $6::bigint[], $7::double precision[], $8::text[], $9::text[], $10::text[]) on conflict (a, b) do nothing
    returning a::text as a, b::text as b`,
};
const REMOVE: Prepared = {
  name: 'pair-score-remove',
  text: `with gone as (delete from hub.pair_score where a = any($1::bigint[]) returning a, b), also as (delete from hub.pair_score where b = any($1::bigint[]) and not a = any($1::bigint[]) returning a, b)
    select a::text as a, b::text as b from gone union all select a::text, b::text from also`,
};
// Asked after the keys of the new records are written.
const OUTGROWN: Prepared = {
  name: 'pair-score-outgrown',
  text: `delete from hub.pair_score p where p.a = any($1::bigint[]) and p.b = any($1::bigint[]) and not exists (
      select from hub.link_key x join hub.link_key y on y.h = x.h and y.record_id = p.b
      where x.record_id = p.a and (select count(*) from (select from hub.link_key z where z.h = x.h limit ${WIDEST_BLOCK + 1}) c) <= ${WIDEST_BLOCK})
    returning a::text as a, b::text as b`,
};
const BESIDE: Prepared = {
  name: 'pair-score-beside',
  text: `select a::text as a, b::text as b from hub.pair_score where a = any($1::bigint[]) union select a::text, b::text from hub.pair_score where b = any($1::bigint[])`,
};
interface Ends {
  readonly a: string;
  readonly b: string;
}
const endsOf = (rows: readonly Ends[]): string[] => rows.flatMap(({ a, b }) => [a, b]);

export interface Written {
  /** Records that had no profile. */
  readonly records: readonly LinkRecord[];
  /** hash64 as signed decimal text, distinct. */
  keysOf(record: LinkRecord): readonly string[];
  /** Of which those are kept that link or are put before a human. */
  readonly scores: readonly PairScore[];
  readonly model: string;
}

/** Writes profiles, keys and scores. @returns the records that new pairs join. */
export async function writeLinkage(sql: Sql, { records, keysOf, scores, model }: Written): Promise<string[]> {
  const joined: string[] = [];
  const kept = scores.filter(({ band }) => band !== 'NONE');
  const size = 2_000;
  for (let i = 0; i < Math.max(records.length, kept.length); i += size) {
    const [some, pairs] = [records.slice(i, i + size), kept.slice(i, i + size)];
    const keyed = some.flatMap((record) => keysOf(record).map((h) => ({ h, record: record.record })));
    const columns = [
      some.map(({ record }) => record),
      some.map((record) => JSON.stringify(bodyOf(record))),
      keyed.map(({ h }) => h),
      keyed.map(({ record }) => record),
      pairs.map(({ a }) => a),
      pairs.map(({ b }) => b),
      pairs.map(({ weight }) => weight),
      pairs.map(({ levels }) => levels),
      pairs.map(({ band }) => band),
      pairs.map(({ reason }) => reason),
    ].map((column) => arrayLiteral(column));
    joined.push(...endsOf((await ask<Ends>(sql, WRITE, [...columns, model])).rows));
  }
  return joined;
}

/** Takes away all pairs of records that leave. @returns the records that they were joined with. */
export async function removePairs(sql: Sql, records: readonly string[]): Promise<string[]> {
  const gone = new Set(records);
  return endsOf((await ask<Ends>(sql, REMOVE, [arrayLiteral(records)])).rows).filter((record) => !gone.has(record));
}

/** Takes away the pairs within blocks that grew too wide, where no other key joins them. @returns the records that they joined, and those beside them. */
export async function removeOutgrown(sql: Sql, members: readonly string[]): Promise<string[]> {
  if (members.length === 0) return [];
  const ends = endsOf((await ask<Ends>(sql, OUTGROWN, [arrayLiteral(members)])).rows);
  return ends.length === 0 ? [] : [...ends, ...endsOf((await ask<Ends>(sql, BESIDE, [arrayLiteral(ends)])).rows)];
}

/** Scores candidates, given by their record numbers. */
export function scorePairs(
  engine: ChildEngine,
  pairs: readonly (readonly [string, string])[],
  known: ReadonlyMap<string, LinkRecord>,
): PairScore[] {
  const records: LinkRecord[] = [];
  const index = new Map<string, number>();
  const at = (name: string): number => {
    let place = index.get(name);
    if (place === undefined) {
      place = records.push(known.get(name) as LinkRecord) - 1;
      index.set(name, place);
    }
    return place;
  };
  const places = pairs.map(([a, b]) => [at(a), at(b)] as const);
  return engine.score(records, places);
}

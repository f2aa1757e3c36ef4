import type { Sql } from '../../db/sql.ts';
import { arrayLiteral } from '../../intake/array-literal.ts';
import { ask, type Prepared } from './link-sql.ts';
import { FEATURES, type ProfileBody, withHomesHashed } from './link-store.ts';
import type { Arrivals } from './link-incremental.ts';

/** What linking still has to do. */
export interface Waiting extends Arrivals {
  /** Decisions that were given or revoked and have not taken effect. */
  readonly decisions: readonly string[];
  /** Every entry of this list, to be struck off. */
  readonly entries: readonly { readonly record: string; readonly turn: string }[];
}
interface Row {
  readonly record: string;
  readonly turn: string;
  readonly decision: string | null;
  readonly current: boolean;
  readonly profiled: boolean;
  readonly child: string | null;
  readonly body: ProfileBody | null;
}

const rows = (
  body: string,
): string => `select w.record_id::text as record, w.turn::text as turn, w.decision_id::text as decision, coalesce(f.is_current, false) as current, p.record_id is not null as profiled,
      m.child_id::text as child, ${body} as body
    from (select * from hub.link_waiting order by record_id limit $1::integer) w left join hub.link_feature f using (record_id) left join hub.link_profile p using (record_id)
    left join hub.membership m on m.record_id = w.record_id and m.valid_to is null left join hub.source_record s on s.record_id = w.record_id order by w.record_id`;
const MANY: Prepared = { name: 'link-waiting-many', text: rows('null::jsonb') };
const FEW: Prepared = { name: 'link-waiting-few', text: rows(`case when f.is_current and p.record_id is null then ${FEATURES} end`) };
const STRIKE: Prepared = {
  name: 'link-waiting-strike',
  text: 'delete from hub.link_waiting w using unnest($1::bigint[], $2::bigint[]) as u (record_id, turn) where w.record_id = u.record_id and w.turn = u.turn',
};

/** @param most records at once, the oldest first. @param read whether new records are read along, for few. */
export async function loadWaiting(sql: Sql, most: number, read = false): Promise<Waiting> {
  const { rows: found } = await ask<Row>(sql, read ? FEW : MANY, [most]);
  return {
    fresh: found.filter(({ current, profiled }) => current && !profiled).map(({ record }) => record),
    ...(read && { records: found.flatMap(({ record, body }) => (body === null ? [] : [withHomesHashed({ record, body })])) }),
    gone: found
      .filter(({ current, profiled, child }) => !current && (profiled || child !== null))
      .map(({ record, child }) => ({ record, child })),
    decisions: [
      ...new Set(found.flatMap(({ current, profiled, decision }) => (current && profiled && decision !== null ? [decision] : []))),
    ],
    entries: found.map(({ record, turn }) => ({ record, turn })),
  };
}

/** Strikes off what was done; an entry that was made anew meanwhile stays. */
export async function strikeWaiting(sql: Sql, { entries }: Waiting): Promise<void> {
  await ask(sql, STRIKE, [arrayLiteral(entries.map(({ record }) => record)), arrayLiteral(entries.map(({ turn }) => turn))]);
}

import type { Sql } from '../../db/sql.ts';
import { arrayLiteral } from '../../intake/array-literal.ts';
import { compareRecords, type LinkRecord } from '../../linkage/engine.ts';
import type { PairScore } from '../../linkage/pair.ts';
import { ask, type Prepared } from './link-sql.ts';
import { type ProfileRow, recordOf, type StandingDecision } from './link-store.ts';

/** All that clustering some records depends on. */
export interface Component {
  /** Whole components: every record that pairs that may link, or decisions SAME, join with another of them. */
  readonly members: readonly LinkRecord[];
  /** Records one score away from a member: they may fit as well. */
  readonly rivals: readonly LinkRecord[];
  /** All scores among these records. */
  readonly scores: readonly PairScore[];
  /** Those with a member at one end at least. */
  readonly decisions: readonly StandingDecision[];
  /** Record → child that it is linked to now; of every record named here. */
  readonly linked: ReadonlyMap<string, string>;
  /** Whether any question about a member is open. */
  readonly isAsked: boolean;
  /** Record → child that it, or else the version before it, is or was linked to. */
  readonly held: ReadonlyMap<string, string>;
}

// Three kinds of rows: members, rivals, and the scores among them. `offset 0` keeps each look-up one by the index, whatever the planner expects of what was reached before.
const COMPONENT: Prepared = {
  name: 'link-component',
  text: `with recursive reached (record_id) as (
      select u.r from unnest($1::bigint[]) u (r)
      union
      select n.other from reached m cross join lateral (
        select p.b as other from hub.pair_score p where p.a = m.record_id and p.weight >= $2 and coalesce(p.reason, 'WEAK') = 'WEAK'
        union all select p.a from hub.pair_score p where p.b = m.record_id and p.weight >= $2 and coalesce(p.reason, 'WEAK') = 'WEAK'
        union all select d.b from hub.standing_decision d where d.a = m.record_id and d.verdict = 'SAME'
        union all select d.a from hub.standing_decision d where d.b = m.record_id and d.verdict = 'SAME') n),
    member as materialized (select p.record_id, p.body from reached r cross join lateral (select * from hub.link_profile p where p.record_id = r.record_id offset 0) p),
    near as materialized (
      select s.*, s.b as other from member m cross join lateral (select * from hub.pair_score s where s.a = m.record_id offset 0) s
      union all select s.*, s.a from member m cross join lateral (select * from hub.pair_score s where s.b = m.record_id offset 0) s where not s.a = any(array(select record_id from member))),
    rival as materialized (select distinct other as record_id from near where not other = any(array(select record_id from member)))
    select p.record_id::text as record, p.body, c.child_id::text as linked, coalesce(c.child_id, (
        select o.child_id from (select s.previous_record from hub.source_record s where s.record_id = p.record_id offset 0) s
        cross join lateral (select * from hub.membership o where o.record_id = s.previous_record offset 0) o order by o.valid_to desc nulls first, o.valid_from desc limit 1))::text as held, (
        select jsonb_agg(jsonb_build_array(d.decision_id, d.a::text, d.b::text, d.verdict, x.child_id::text, y.child_id::text)) from (
          select * from hub.standing_decision s where s.a = p.record_id union all select * from hub.standing_decision s where s.b = p.record_id) d
        left join hub.membership x on x.record_id = d.a and x.valid_to is null left join hub.membership y on y.record_id = d.b and y.valid_to is null) as decisions,
      coalesce((select true from hub.review_pair q where q.closed_at is null and q.a = p.record_id limit 1), (select true from hub.review_pair q where q.closed_at is null and q.b = p.record_id limit 1), false) as asked,
      null::jsonb as score
    from member p left join hub.membership c on c.record_id = p.record_id and c.valid_to is null
    union all
    select p.record_id::text, p.body, c.child_id::text, null, null::jsonb, null::boolean, null::jsonb
    from rival r cross join lateral (select * from hub.link_profile p where p.record_id = r.record_id offset 0) p left join hub.membership c on c.record_id = p.record_id and c.valid_to is null
    union all
    select null, null::jsonb, null, null, null::jsonb, null::boolean, jsonb_build_array(s.a::text, s.b::text, s.weight, s.levels, s.band, s.reason) from (
      select a, b, weight, levels, band, reason from near
      union all select s.a, s.b, s.weight, s.levels, s.band, s.reason from rival r cross join lateral (select * from hub.pair_score s where s.a = r.record_id offset 0) s
      where s.b = any(array(select record_id from rival))) s`,
};
type DecisionRow = readonly [
  id: number,
  a: string,
  b: string,
  verdict: StandingDecision['verdict'],
  childA: string | null,
  childB: string | null,
];
type ScoreRow = readonly [a: string, b: string, weight: number, levels: string, band: PairScore['band'], reason: PairScore['reason']];
interface Row {
  readonly record: string | null;
  readonly body: ProfileRow['body'];
  readonly linked: string | null;
  readonly held: string | null;
  readonly decisions: readonly DecisionRow[] | null;
  /** Of members alone. */
  readonly asked: boolean | null;
  readonly score: ScoreRow | null;
}
const byNumber = (p: { readonly record: string }, q: { readonly record: string }): number => compareRecords(p.record, q.record);

/** Of several decisions on one pair the latest. */
function latest(rows: readonly DecisionRow[]): StandingDecision[] {
  const byPair = new Map<string, DecisionRow>();
  for (const row of rows) {
    const key = `${row[1]} ${row[2]}`;
    const known = byPair.get(key);
    if (!known || known[0] < row[0]) byPair.set(key, row);
  }
  return [...byPair.values()].sort((p, q) => p[0] - q[0]).map(([, a, b, verdict]) => ({ a, b, verdict }));
}

/**
 * @param seeds records that changed, or whose neighbours did; those that have left are passed over.
 * @param linkBits weight from which on a pair may link.
 */
export async function loadComponent(sql: Sql, seeds: readonly string[], linkBits: number): Promise<Component> {
  const { rows } = await ask<Row>(sql, COMPONENT, [arrayLiteral([...new Set(seeds)]), linkBits]);
  const [members, rivals, scores]: [LinkRecord[], LinkRecord[], PairScore[]] = [[], [], []];
  const [linked, held] = [new Map<string, string>(), new Map<string, string>()];
  const decided: DecisionRow[] = [];
  let isAsked = false;
  for (const { record, body, linked: child, held: kept, decisions, asked, score } of rows) {
    if (score !== null) {
      const [a, b, weight, levels, band, reason] = score;
      scores.push({ a, b, weight, levels, band, reason });
    }
    if (record === null) continue;
    (asked === null ? rivals : members).push(recordOf({ record, body }));
    isAsked ||= asked === true;
    if (child !== null) linked.set(record, child);
    if (kept !== null) held.set(record, kept);
    decided.push(...(decisions ?? []));
  }
  for (const [, a, b, , childA, childB] of decided) {
    if (childA !== null) linked.set(a, childA);
    if (childB !== null) linked.set(b, childB);
  }
  scores.sort((p, q) => compareRecords(p.a, q.a) || compareRecords(p.b, q.b));
  return { members: members.sort(byNumber), rivals: rivals.sort(byNumber), scores, decisions: latest(decided), linked, held, isAsked };
}

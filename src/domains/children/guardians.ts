import type { Sql } from '../../db/sql.ts';
import { arrayLiteral } from '../../intake/array-literal.ts';
import { ask, type Prepared } from './link-sql.ts';
import { batchesOf } from './link-store.ts';

// What a claim gave, the loss of the claim takes away; what a court or an official has recorded stays.
const GROUNDS = `array['REGISTER_PARENT', 'BENEFIT_GUARDIAN', 'CLAIM_ENDED']`;
const GUARDIANS: Prepared = {
  name: 'guardians',
  text: `insert into consent.guardian (name, scheme, value_enc, mac)
    select distinct on (g.mac) g.name, g.scheme, g.value_enc, g.mac from hub.guardian_claim g
    where g.child_id = any($1::bigint[]) and g.is_current and g.mac is not null and g.relation in ('mother', 'father', 'guardian')
    order by g.mac, g.name is null, g.record_id
    on conflict (mac) do update set name = excluded.name where consent.guardian.name is null and excluded.name is not null`,
};
// Joined with the table itself, whose index finds each: what a subquery has gathered is compared pair by pair when Postgres expects few.
const AUTHORITY: Prepared = {
  name: 'guardians-authority',
  text: `with claimed as (
    select distinct on (x.guardian_id, g.child_id) x.guardian_id, g.child_id, case when s.kind = 'population' then 'REGISTER_PARENT' else 'BENEFIT_GUARDIAN' end as ground
    from hub.guardian_claim g join consent.guardian x on x.mac = g.mac join hub.source_record s on s.record_id = g.record_id
    where g.child_id = any($1::bigint[]) and g.is_current
      and ((s.kind = 'population' and g.relation in ('mother', 'father')) or (s.kind = 'assistance' and g.relation = 'guardian'))
    order by x.guardian_id, g.child_id, s.kind <> 'population'
  ), standing as (
    select distinct on (e.guardian_id, e.child_id) e.guardian_id, e.child_id, e.effect, e.ground from consent.authority_event e
    where e.child_id = any($1::bigint[]) order by e.guardian_id, e.child_id, e.valid_from desc, e.event_id desc
  )
  insert into consent.authority_event (guardian_id, child_id, effect, ground)
  select c.guardian_id, c.child_id, 'GAINED', c.ground from claimed c left join standing s using (guardian_id, child_id)
  where s.guardian_id is null or (s.effect = 'LOST' and s.ground = 'CLAIM_ENDED')
  union all
  select s.guardian_id, s.child_id, 'LOST', 'CLAIM_ENDED' from standing s left join claimed c using (guardian_id, child_id)
  where c.guardian_id is null and s.effect = 'GAINED' and s.ground = any(${GROUNDS})`,
};

/**
 * Guardians of children as the register (parents) and social assistance (who draws the benefit) name them by id; authority begins with the first such claim.
 * A claim that leaves a child, because its record was linked wrongly, ends the authority that it had given.
 */
export async function refreshGuardians(sql: Sql, children: readonly string[]): Promise<void> {
  for (const batch of batchesOf(children)) {
    await ask(sql, GUARDIANS, [arrayLiteral(batch)]);
    await ask(sql, AUTHORITY, [arrayLiteral(batch)]);
  }
}

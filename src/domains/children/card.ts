import type { Sql } from '../../db/sql.ts';
import { arrayLiteral } from '../../intake/array-literal.ts';
import type { LinkRecord } from '../../linkage/engine.ts';
import type { Gazetteer } from '../../linkage/gazetteer.ts';
import { placeText } from '../../linkage/places.ts';
import { ask, type Prepared } from './link-sql.ts';
import { batchesOf } from './link-store.ts';

// Whose word counts first: the civil register's, then the newest roll's, then social assistance's, then a visit's; absences name no birth date, so they come last.
const UNPLACED: Prepared = {
  name: 'card-unplaced',
  text: `select m.record_id::text as record, f.country, f.settlement, f.municipality, f.settlement_text as text
    from hub.membership m join hub.link_feature f on f.record_id = m.record_id and f.is_current
    where m.child_id = any($1::bigint[]) and m.valid_to is null and (f.settlement is null or f.municipality is null) and coalesce(f.settlement, f.municipality, f.settlement_text) is not null`,
};
const CARDS: Prepared = {
  name: 'card-write',
  text: `with placed as (select * from unnest($2::bigint[], $3::text[], $4::text[]) as u (record_id, settlement, municipality)),
  said as (
    select m.child_id, f.record_id, f.country, f.given_name, f.patronymic, f.family_name, f.birth_year, f.sex,
      -- A day that no calendar has must not stop the linking of everyone.
      case when f.birth_day <= extract(day from make_date(f.birth_year, f.birth_month, 1) + interval '1 month - 1 day') then make_date(f.birth_year, f.birth_month, f.birth_day) end as birth_date,
      case s.kind when 'population' then 1 when 'school-roll' then 2 when 'siiir-roll' then 2 when 'assistance' then 3 when 'parents-abroad' then 3 when 'visits' then 4 else 5 end as rank,
      coalesce(p.as_of, make_date(e.school_year, 9, 15), v.visited_on, a.granted_from, n.notified_on) as observed,
      p.citizenship, p.current_country, p.deceased_on,
      coalesce(f.settlement, u.settlement) as settlement, coalesce(f.municipality, u.municipality) as municipality, f.settlement is null as by_text,
      coalesce(p.current_address, case when p.record_id is null then coalesce(a.address, n.address, v.address) end) as current_address, p.permanent_address,
      (select sc.district from school.school sc where sc.school_id = e.school_id and sc.is_current limit 1) as school_district
    from hub.membership m
    join hub.link_feature f on f.record_id = m.record_id and f.is_current
    join hub.source_record s on s.record_id = m.record_id
    left join placed u on u.record_id = m.record_id
    left join registry.person p on p.record_id = m.record_id
    left join school.enrolment e on e.record_id = m.record_id
    left join assistance.entitlement a on a.record_id = m.record_id
    left join assistance.parent_abroad_notice n on n.record_id = m.record_id
    left join outreach.visit v on v.record_id = m.record_id
    where m.child_id = any($1::bigint[]) and m.valid_to is null
  ), ordered as (select *, row_number() over (partition by child_id order by rank, observed desc nulls last, record_id desc) as place from said),
  best as (
    select child_id,
      (array_agg(country order by place))[1] as country,
      (array_agg(record_id order by given_name is null and family_name is null, place))[1] as card_record,
      (array_agg(birth_date order by place) filter (where birth_date is not null))[1] as birth_date,
      (array_agg(birth_year order by place) filter (where birth_year is not null))[1] as birth_year,
      (array_agg(sex order by place) filter (where sex is not null))[1] as sex,
      (array_agg(citizenship order by place) filter (where citizenship is not null))[1] as citizenship,
      (array_agg(current_country order by place) filter (where current_country is not null))[1] as current_country,
      (array_agg(deceased_on order by place) filter (where deceased_on is not null))[1] as deceased_on,
      (array_agg(settlement order by place) filter (where settlement is not null))[1] as settlement,
      (array_agg(municipality order by place) filter (where municipality is not null))[1] as municipality,
      (array_agg(current_address order by place) filter (where current_address is not null))[1] as current_address,
      (array_agg(permanent_address order by place) filter (where permanent_address is not null))[1] as permanent_address,
      (array_agg(school_district order by place) filter (where school_district is not null))[1] as school_district
    from ordered group by child_id
  ), around as (
    select country, settlement, case when count(distinct municipality) = 1 then min(municipality) end as municipality, case when count(distinct district) = 1 then min(district) end as district
    from school.school where is_current and (country, settlement) in (select distinct country, settlement from best) group by country, settlement
  )
  update hub.child c set country = b.country, given_name = f.given_name, patronymic = f.patronymic, family_name = f.family_name, birth_date = b.birth_date,
    birth_year = coalesce(extract(year from b.birth_date)::integer, b.birth_year), sex = b.sex, citizenship = b.citizenship,
    settlement = b.settlement,
    -- What was learned of a settlement before is not forgotten because this run saw less of it.
    municipality = coalesce(b.municipality, r.municipality, case when c.settlement = b.settlement then c.municipality end),
    district = coalesce(substring(b.current_address from '^\\s*р-н\\s+([^,]+),'), r.district, b.school_district, case when c.settlement = b.settlement then c.district end),
    current_address = b.current_address, permanent_address = b.permanent_address, current_country = b.current_country, deceased_on = b.deceased_on,
    card_record = b.card_record, vacant = false
  from best b join hub.link_feature f on f.record_id = b.card_record left join around r on r.country = b.country and r.settlement = b.settlement
  where c.child_id = b.child_id`,
};
const VACATE: Prepared = {
  name: 'card-vacate',
  text: `update hub.child c set vacant = true where c.child_id = any($1::bigint[]) and not c.vacant
  and not exists (select from hub.membership m where m.child_id = c.child_id and m.valid_to is null)`,
};

interface Unplaced {
  readonly record: string;
  readonly country: string;
  readonly settlement: string | null;
  readonly municipality: string | null;
  readonly text: string | null;
}
const only = (list: readonly string[] | undefined): string | null => (list?.length === 1 ? (list[0] as string) : null);

export interface CardOptions {
  /** What settlements are called and where they lie. */
  readonly places: Gazetteer;
  /** The records of these children, where they are at hand; else they are read. */
  readonly records?: readonly LinkRecord[];
  /** Whether any of the children may have lost its last record. */
  readonly mayVacate: boolean;
}

/** Writes the cards of children anew from their current records. @returns how many were left without any record. */
export async function refreshCards(sql: Sql, children: readonly string[], { places, records, mayVacate }: CardOptions): Promise<number> {
  let vacated = 0;
  const atHand = records
    ?.filter(({ settlement, municipality }) => settlement === null || municipality === null)
    .map(({ record, country, settlement, municipality, settlementText: text }) => ({ record, country, settlement, municipality, text }));
  for (const batch of batchesOf(children)) {
    const numbers = arrayLiteral(batch);
    const rows = atHand ?? (await ask<Unplaced>(sql, UNPLACED, [numbers])).rows;
    const found = rows.map(({ country, settlement, municipality, text }) =>
      places.placeOf(`${country}|${settlement ?? ''}|${municipality ?? ''}|${text ? placeText(text) : ''}|`),
    );
    await ask(sql, CARDS, [
      numbers,
      arrayLiteral(rows.map(({ record }) => record)),
      arrayLiteral(found.map((place) => only(place?.settlements))),
      arrayLiteral(found.map((place) => only(place?.municipalities))),
    ]);
    if (mayVacate) vacated += (await ask(sql, VACATE, [numbers])).rowCount ?? 0;
  }
  return vacated;
}

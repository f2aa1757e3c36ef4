-- Row scopes: which children a caller may know of. Views run with their owner's rights, so a view role needs no column of the tables under them.
create view hub.scope_school with (security_barrier = false) as
  select e.school_id as scope_key, e.child_id from school.enrolment e where e.is_current and e.child_id is not null
  group by e.school_id, e.child_id;
create view hub.scope_municipality as
  select c.municipality as scope_key, c.child_id from hub.child c where not c.vacant and c.municipality is not null;
create view hub.scope_country as
  select c.country as scope_key, c.child_id from hub.child c where not c.vacant and c.country is not null;
create view hub.scope_beneficiary as
  select e.country as scope_key, e.child_id from assistance.entitlement e where e.is_current and e.child_id is not null
  group by e.country, e.child_id;
create view hub.scope_case as
  select t.reference as scope_key, t.child_id, t.assignee, t.kind from tracing.tracing_case t where t.state <> 'CLOSED';
create view hub.scope_guardian as
  select g.reference as scope_key, a.child_id
  from consent.guardian g
  join lateral (
    select distinct on (e.child_id) e.child_id, e.effect, e.valid_from, e.valid_to from consent.authority_event e
    where e.guardian_id = g.guardian_id and e.valid_from <= now() order by e.child_id, e.valid_from desc, e.event_id desc
  ) a on a.effect = 'GAINED' and (a.valid_to is null or a.valid_to > now());

-- What the settling step may know of a set of children, and nothing else; read in the data's own snapshot. Facts only: deciding is done by src/policy.
create function consent.facts(children bigint[], asked_purpose text)
returns table (child_id bigint, fact text, guardian_id bigint, effect text, categories text[], recipients text[], valid_from timestamptz, valid_to timestamptz, birth_date date)
language sql stable security definer set search_path = pg_catalog as $$
  select s.child_id, 'SAFEGUARDING', null::bigint, s.effect, null::text[], null::text[], s.recorded_at, null::timestamptz, null::date
  from (select distinct on (e.child_id) e.* from consent.safeguarding_event e where e.child_id = any(children) order by e.child_id, e.event_id desc) s
  where s.effect = 'RAISED'
  union all
  select z.child_id, 'AUTHORIZATION', z.guardian_id, z.effect, z.categories, z.recipients, z.valid_from, z.valid_to, c.birth_date
  from consent.authorization_event z join hub.child c using (child_id)
  where z.child_id = any(children) and asked_purpose = any(z.purposes)
  union all
  select a.child_id, 'AUTHORITY', a.guardian_id, a.effect, null::text[], null::text[], a.valid_from, a.valid_to, null::date
  from consent.authority_event a
  where a.child_id = any(children)
    and exists (select 1 from consent.authorization_event z where z.child_id = a.child_id and z.guardian_id = a.guardian_id and asked_purpose = any(z.purposes))
$$;

-- Append-only: a record's content never changes; only its link to a child and its being current may.
create function hub.refuse_change() returns trigger language plpgsql as $$
begin raise exception 'append-only: % on %.% is refused', tg_op, tg_table_schema, tg_table_name using errcode = 'insufficient_privilege'; end $$;
create function hub.only_link_changes() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - 'child_id' - 'is_current') is distinct from (to_jsonb(old) - 'child_id' - 'is_current') then
    raise exception 'append-only: content of %.% is refused a change', tg_table_schema, tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
do $$ declare t text; begin
  foreach t in array array['hub.source_record','hub.assertion','hub.guardian_claim','hub.child_identifier','hub.link_feature','registry.person','school.school','school.enrolment','school.absence_month',
    'assistance.entitlement','assistance.parent_abroad_notice','foreign_school.report_cell','outreach.visit'] loop
    execute format('create trigger append_only before update on %s for each row execute function hub.only_link_changes()', t);
    execute format('create trigger no_delete before delete on %s for each row execute function hub.refuse_change()', t);
    execute format('create trigger no_truncate before truncate on %s for each statement execute function hub.refuse_change()', t);
  end loop;
  foreach t in array array['ledger.disclosure','hub.identity_event','consent.authority_event','consent.authorization_event','consent.safeguarding_event','tracing.case_event','hub.policy_version','hub.quarantined_row'] loop
    execute format('create trigger no_change before update or delete on %s for each row execute function hub.refuse_change()', t);
    execute format('create trigger no_truncate before truncate on %s for each statement execute function hub.refuse_change()', t);
  end loop;
end $$;

-- Who has authority over a child today.
create view consent.child_guardian as
  select a.child_id, g.guardian_id, g.name, a.ground
  from (select distinct on (e.guardian_id, e.child_id) e.* from consent.authority_event e
        where e.valid_from <= now() order by e.guardian_id, e.child_id, e.valid_from desc, e.event_id desc) a
  join consent.guardian g using (guardian_id)
  where a.effect = 'GAINED' and (a.valid_to is null or a.valid_to > now());
-- That child protection is concerned with a child, and nothing about why.
create view tracing.protection_flag as
  select t.child_id, true as concerned from tracing.tracing_case t where t.kind = 'PROTECTION' and t.state <> 'CLOSED' group by t.child_id;

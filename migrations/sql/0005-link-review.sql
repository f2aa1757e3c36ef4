-- What reviewers of links may know without seeing what it is made of: views with their owner's rights, granted like columns.

-- Children of whom a wrong link would have grave consequences: a case is open, a benefit is being paid, somebody keeps them safe from somebody.
create view hub.grave_child as
  select t.child_id from tracing.tracing_case t where t.state <> 'CLOSED'
  union
  select e.child_id from assistance.entitlement e
  where e.is_current and e.child_id is not null and (e.granted_from is null or e.granted_from <= current_date) and (e.granted_to is null or e.granted_to >= current_date)
  union
  select s.child_id from (select distinct on (e.child_id) e.child_id, e.effect from consent.safeguarding_event e order by e.child_id, e.event_id desc) s where s.effect = 'RAISED';

-- For any two linked records: whether a decision about them needs two persons, for what hangs on the children or because two ids or two civil records stand against each other. Asked for by both numbers; a sum over it would be a sum over all pairs.
create view hub.pair_gravity as
  select x.record_id as a, y.record_id as b,
    exists (select from hub.grave_child g where g.child_id in (x.child_id, y.child_id)) as of_children,
    exists (
      select from hub.child_identifier i join hub.child_identifier j on j.scheme = i.scheme and j.mac <> i.mac and j.is_valid and j.is_current
      where i.is_valid and i.is_current and i.child_id = x.child_id and j.child_id = y.child_id
        and (x.child_id <> y.child_id or (i.record_id = x.record_id and j.record_id = y.record_id)))
    or exists (
      select from registry.person p join registry.person q on q.record_id <> p.record_id and q.is_current
      where p.is_current and p.child_id = x.child_id and q.child_id = y.child_id
        and (x.child_id <> y.child_id or (p.record_id = x.record_id and q.record_id = y.record_id))) as of_identities
  from hub.membership x cross join hub.membership y where x.valid_to is null and y.valid_to is null;

-- Pairs whose answer is known. SAME: one child's, with one valid id, one birth date and one name. DIFFERENT: children of one guardian, each with a valid id of its own and another given name.
create view hub.gold_pair as
  select i.record_id as a, j.record_id as b, i.child_id as child_a, j.child_id as child_b, 'SAME'::text as verdict
  from hub.child_identifier i
  join hub.child_identifier j on j.mac = i.mac and j.scheme = i.scheme and j.record_id > i.record_id and j.is_current and j.is_valid and j.child_id = i.child_id
  join hub.link_feature f on f.record_id = i.record_id and f.is_current
  join hub.link_feature g on g.record_id = j.record_id and g.is_current
  where i.is_current and i.is_valid and f.birth_day is not null and (f.birth_year, f.birth_month, f.birth_day) = (g.birth_year, g.birth_month, g.birth_day)
    and lower(f.given_name) = lower(g.given_name) and lower(f.family_name) = lower(g.family_name)
  union all
  select i.record_id, j.record_id, i.child_id, j.child_id, 'DIFFERENT'
  from hub.child_identifier i
  join consent.authority_event e on e.child_id = i.child_id and e.effect = 'GAINED'
  join consent.authority_event d on d.guardian_id = e.guardian_id and d.child_id <> e.child_id and d.effect = 'GAINED'
  join hub.child_identifier j on j.child_id = d.child_id and j.is_current and j.is_valid and j.scheme = i.scheme and j.mac <> i.mac and j.record_id > i.record_id
  join hub.link_feature f on f.record_id = i.record_id and f.is_current
  join hub.link_feature g on g.record_id = j.record_id and g.is_current
  where i.is_current and i.is_valid and f.birth_day is not null and g.birth_day is not null and lower(f.given_name) <> lower(g.given_name);

-- What a gold question's answer was known to be when it was answered.
alter table hub.pair_decision add column expected text check (expected in ('SAME', 'DIFFERENT'));

do $$
declare p text := current_database() || '_'; v text;
begin
  foreach v in array array['grave_child', 'pair_gravity', 'gold_pair'] loop
    execute format('alter view hub.%I owner to %I', v, p || 'owner');
    execute format('revoke all on hub.%I from public', v);
    execute format('grant select on hub.%I to %I, %I', v, p || 'intake', p || 'operator');
  end loop;
  execute format('grant select (expected) on hub.pair_decision to %I', p || 'operator');
end $$;

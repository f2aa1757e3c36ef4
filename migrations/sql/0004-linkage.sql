-- ---------------------------------------------------------------- models: every score names the one it was made with
create table hub.link_model (
  model_id text primary key, body jsonb not null,
  records bigint not null,                          -- that it was learned from; 0: came with the program
  trained_at timestamptz not null default now(), is_current boolean not null default true
);
create unique index link_model_current on hub.link_model (is_current) where is_current;

-- ---------------------------------------------------------------- derived from records: may be thrown away and made anew
-- What an id says of its bearer, and the keyed hashes of the valid ids one slip away from an invalid one. Filled in at intake.
alter table hub.child_identifier add column stated_year smallint, add column stated_month smallint, add column stated_day smallint,
  add column stated_sex text check (stated_sex in ('M','F')), add column corrections bytea[] not null default '{}';
drop table hub.link_key;
create table hub.link_key (h bigint not null, record_id bigint not null);
create index link_key_h on hub.link_key (h) include (record_id);
create index link_key_record on hub.link_key (record_id);
-- A record as linkage compares it, in one read; homes as hashes.
create table hub.link_profile (record_id bigint primary key, body jsonb not null);
create table hub.pair_score (
  a bigint not null, b bigint not null, weight double precision not null, levels text not null, band text not null check (band in ('AUTO','REVIEW')),
  reason text, model_id text not null, primary key (a, b), check (a < b)
);
create index pair_score_b on hub.pair_score (b);
-- The queue: at most one open row for a pair of children.
create table hub.review_pair (
  a bigint not null, b bigint not null, weight double precision not null, reason text not null, value double precision not null, model_id text not null,
  opened_at timestamptz not null default now(), closed_at timestamptz, check (a < b)
);
create unique index review_pair_open on hub.review_pair (a, b) where closed_at is null;
create index review_pair_open_b on hub.review_pair (b) where closed_at is null;
create index review_pair_value on hub.review_pair (value desc, a, b) where closed_at is null;

-- ---------------------------------------------------------------- what humans decide
create table hub.pair_decision (
  decision_id bigint generated always as identity primary key,
  a bigint not null references hub.source_record, b bigint not null references hub.source_record,
  verdict text not null check (verdict in ('SAME','DIFFERENT','UNSURE')),
  actor text not null, actor_name text, reason text not null, is_gold boolean not null default false, -- gold: a question whose answer is known; it links and parts nothing
  at timestamptz not null default now(),
  needs_second boolean not null default false, seconded_by text, seconded_at timestamptz,
  revoked_at timestamptz, revoked_by text, revoked_reason text,
  check (a < b)
);
create index on hub.pair_decision (a, b);
create index on hub.pair_decision (b);
-- Those in force, each carried over to the records that stand in the place of its own today.
create table hub.standing_decision (
  decision_id bigint primary key references hub.pair_decision, a bigint not null, b bigint not null, verdict text not null, check (a < b)
);
create index on hub.standing_decision (a);
create index on hub.standing_decision (b);
-- Decided over a wrong link: for a human to look at again.
create table hub.reopened (
  reopened_id bigint generated always as identity primary key,
  event_id bigint not null references hub.identity_event,
  kind text not null check (kind in ('visit','case','disclosure','entitlement')),
  subject_id text not null,                         -- number of the visit's or entitlement's record, or of the case; a disclosure's uuid
  record_id bigint references hub.source_record,    -- the record, where the subject is one
  child_id bigint not null references hub.child,    -- under which it stood
  at timestamptz not null default now(), settled_at timestamptz, settled_by text
);
create index on hub.reopened (event_id);
create index on hub.reopened (child_id);
create index on hub.reopened (at) where settled_at is null;

-- ---------------------------------------------------------------- what linking still has to do
-- `turn` changes with every reason to look again: what came while linking ran is not struck off with what it saw.
create table hub.link_waiting (record_id bigint primary key, decision_id bigint, turn bigint generated always as identity);
create function hub.link_waits() returns trigger language plpgsql as $$
begin
  insert into hub.link_waiting (record_id) select record_id from changed on conflict (record_id) do update set turn = default;
  return null;
end $$;
create trigger link_waits_new after insert on hub.link_feature referencing new table as changed for each statement execute function hub.link_waits();
create trigger link_waits_gone after update on hub.link_feature referencing new table as changed for each statement execute function hub.link_waits();
insert into hub.link_waiting (record_id) select record_id from hub.link_feature where is_current;

create index source_record_previous on hub.source_record (previous_record) where previous_record is not null;
-- Closed memberships too: a correction takes over the child of the record before it.
create index membership_record on hub.membership (record_id);
create index school_settlement on school.school (country, settlement) where is_current;

-- The version that stands in a record's place today; the record itself when none does.
create function hub.latest_version(record bigint) returns bigint language sql stable set search_path = pg_catalog as $$
  with recursive version (record_id, step) as (
    select record, 0 union all select s.record_id, v.step + 1 from version v join hub.source_record s on s.previous_record = v.record_id)
  select record_id from version order by step desc, record_id desc limit 1
$$;
create function hub.stand_decision(number bigint) returns void language sql security definer set search_path = pg_catalog as $$
  delete from hub.standing_decision where decision_id = number;
  insert into hub.standing_decision (decision_id, a, b, verdict)
  select d.decision_id, least(d.x, d.y), greatest(d.x, d.y), d.verdict
  from (select *, hub.latest_version(a) as x, hub.latest_version(b) as y from hub.pair_decision where decision_id = number offset 0) d
  where d.revoked_at is null and not d.is_gold and d.verdict in ('SAME','DIFFERENT') and (not d.needs_second or d.seconded_at is not null) and d.x <> d.y;
$$;
create function hub.carry_decisions(records bigint[]) returns void language sql security definer set search_path = pg_catalog as $$
  select hub.stand_decision(decision_id) from hub.standing_decision where a = any(records) or b = any(records);
$$;
-- A decision takes effect when linking next runs, also when the one who decided has gone.
create function hub.decision_waits() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare stood boolean := exists (select from hub.standing_decision where decision_id = new.decision_id);
begin
  perform hub.stand_decision(new.decision_id);
  if stood or exists (select from hub.standing_decision where decision_id = new.decision_id) then
    insert into hub.link_waiting (record_id, decision_id) select hub.latest_version(r), new.decision_id from unnest(array[new.a, new.b]) r
      on conflict (record_id) do update set decision_id = excluded.decision_id, turn = default;
  end if;
  return null;
end $$;
create trigger decision_waits after insert or update on hub.pair_decision for each row execute function hub.decision_waits();

insert into hub.pair_decision (a, b, verdict, actor, reason, at, revoked_at, revoked_by)
  select a, b, 'DIFFERENT', actor, reason, at, revoked_at, case when revoked_at is not null then actor end from hub.cannot_link order by at;
delete from hub.link_waiting w where not exists (select from hub.link_feature f where f.record_id = w.record_id and f.is_current);
drop table hub.cannot_link;

-- Which disclosures concerned a child, and nothing else of the ledger.
create function ledger.disclosures_of(subject bytea, since timestamptz) returns setof uuid language sql stable security definer set search_path = pg_catalog as $$
  select d.disclosure_id from ledger.disclosure d
  where d.month >= date_trunc('month', since - interval '1 day')::date and d.decided_at >= since and subject = any(d.subjects) order by d.decided_at
$$;

-- ---------------------------------------------------------------- guards
-- Of a decision only its second and its end may be added, each once.
create function hub.only_decision_ends() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - array['seconded_by','seconded_at','revoked_at','revoked_by','revoked_reason']) is distinct from
     (to_jsonb(old) - array['seconded_by','seconded_at','revoked_at','revoked_by','revoked_reason'])
     or (old.seconded_at is not null and (new.seconded_by, new.seconded_at) is distinct from (old.seconded_by, old.seconded_at))
     or (old.revoked_at is not null and (new.revoked_by, new.revoked_at, new.revoked_reason) is distinct from (old.revoked_by, old.revoked_at, old.revoked_reason))
     or (new.seconded_by is not null and new.seconded_by = new.actor) then
    raise exception 'append-only: a decision is seconded by another person once and revoked once; % is refused more', tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger append_only before update on hub.pair_decision for each row execute function hub.only_decision_ends();
create function hub.only_settling() returns trigger language plpgsql as $$
begin
  if old.settled_at is not null or (to_jsonb(new) - array['settled_at','settled_by']) is distinct from (to_jsonb(old) - array['settled_at','settled_by']) then
    raise exception 'append-only: a reopened matter is settled once' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger append_only before update on hub.reopened for each row execute function hub.only_settling();
create function hub.only_model_retires() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - 'is_current') is distinct from (to_jsonb(old) - 'is_current') then
    raise exception 'append-only: a model is never changed' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger append_only before update on hub.link_model for each row execute function hub.only_model_retires();
-- As hub.only_link_changes(), where a row bears a child: byte for byte instead of through JSON, for linking sets the child of millions.
create function hub.only_child_changes() returns trigger language plpgsql as $$
declare was record := old;
begin
  was.child_id := new.child_id;
  was.is_current := new.is_current;
  if was *<> new then
    raise exception 'append-only: content of %.% is refused a change', tg_table_schema, tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
do $$ declare t text; begin
  foreach t in array array['registry.person','school.enrolment','school.absence_month','assistance.entitlement','assistance.parent_abroad_notice','outreach.visit',
    'hub.assertion','hub.child_identifier','hub.guardian_claim'] loop
    execute format('drop trigger append_only on %s', t);
    execute format('create trigger append_only before update on %s for each row execute function hub.only_child_changes()', t);
  end loop;
  foreach t in array array['hub.pair_decision','hub.reopened','hub.link_model'] loop
    execute format('create trigger no_delete before delete on %s for each row execute function hub.refuse_change()', t);
    execute format('create trigger no_truncate before truncate on %s for each statement execute function hub.refuse_change()', t);
  end loop;
end $$;

-- ---------------------------------------------------------------- rights
do $$
declare p text := current_database() || '_'; t text; f text;
begin
  foreach t in array array['hub.link_model','hub.link_key','hub.link_profile','hub.pair_score','hub.review_pair','hub.pair_decision','hub.standing_decision',
    'hub.reopened','hub.link_waiting'] loop
    execute format('revoke all on %s from public', t);
    execute format('alter table %s owner to %I', t, p || 'owner');
    execute format('grant select on %s to %I', t, p || 'operator');
    execute format('grant select, insert on %s to %I', t, p || 'intake');
  end loop;
  foreach t in array array['hub.link_key','hub.link_profile','hub.pair_score','hub.review_pair','hub.link_waiting'] loop
    execute format('grant update, delete on %s to %I', t, p || 'intake');
  end loop;
  execute format('grant truncate on hub.link_key to %I', p || 'intake');
  execute format('grant update (is_current) on hub.link_model to %I', p || 'intake');
  execute format('grant insert on hub.pair_decision to %I', p || 'transactor');
  foreach t in array array['hub.review_pair','hub.pair_decision','hub.standing_decision','hub.reopened'] loop
    execute format('grant select on %s to %I', t, p || 'transactor');
  end loop;
  foreach t in array array['intake','operator','transactor'] loop
    execute format('grant update (seconded_by, seconded_at, revoked_at, revoked_by, revoked_reason) on hub.pair_decision to %I', p || t);
    execute format('grant update (settled_at, settled_by) on hub.reopened to %I', p || t);
  end loop;
  -- Which cases stood on a child: to be looked at again.
  execute format('grant usage on schema tracing, ledger to %I', p || 'intake');
  execute format('grant select (case_id, child_id, opened_on, closed_on) on tracing.tracing_case to %I', p || 'intake');
  foreach f in array array['hub.link_waits()','hub.latest_version(bigint)','hub.stand_decision(bigint)','hub.carry_decisions(bigint[])','hub.decision_waits()',
    'hub.only_decision_ends()','hub.only_settling()','hub.only_model_retires()','hub.only_child_changes()','ledger.disclosures_of(bytea, timestamptz)'] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to %I', f, p || 'owner');
  end loop;
  execute format('grant execute on function hub.latest_version(bigint), hub.carry_decisions(bigint[]), ledger.disclosures_of(bytea, timestamptz) to %I', p || 'intake');
  execute format('grant usage on all sequences in schema hub to %I', p || 'intake');
  execute format('grant usage on all sequences in schema hub to %I', p || 'transactor');
end $$;

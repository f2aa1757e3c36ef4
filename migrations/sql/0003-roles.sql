-- Roles belong to the whole server, so each database's begin with its name. The pool's user may become any of them and has no right of its own:
-- whoever forgets `set role` is refused here, not in our code.
do $$
declare
  p text := current_database() || '_';
  r text;
  -- From PostgreSQL 16 on a membership says for itself whether it inherits; before, the member's NOINHERIT says so for all.
  membership text := case when current_setting('server_version_num')::integer >= 160000 then ' with inherit false, set true' else '' end;
begin
  foreach r in array array['owner','intake','operator','transactor','ledger','issuer'] loop
    if not exists (select 1 from pg_roles where rolname = p || r) then execute format('create role %I nologin noinherit', p || r); end if;
  end loop;
  if not exists (select 1 from pg_roles where rolname = p || 'app') then execute format('create role %I login noinherit', p || 'app'); end if;
  execute format('grant %I to current_user', p || 'owner');
  foreach r in array array['intake','operator','transactor','ledger','issuer'] loop
    execute format('grant %I to %I', p || r, p || 'app') || membership;
  end loop;
end $$;

do $$
declare p text := current_database() || '_'; s text; t text; o record;
begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to %I', current_database(), p || 'app');
  execute 'revoke all on schema public from public';
  foreach s in array array['hub','registry','school','assistance','foreign_school','outreach','consent','tracing','programme','ledger'] loop
    execute format('revoke all on schema %I from public', s);
    execute format('revoke all on all tables in schema %I from public', s);
    execute format('revoke all on all functions in schema %I from public', s);
  end loop;
  execute format('grant usage on schema hub, registry, school, assistance, foreign_school, outreach, consent to %I', p || 'intake');
  execute format('grant usage on schema hub, registry, school, assistance, foreign_school, outreach, consent, tracing to %I', p || 'operator');
  execute format('grant usage on schema hub, outreach, consent, tracing to %I', p || 'transactor');
  execute format('grant usage on schema hub, ledger to %I', p || 'ledger');
  execute format('grant usage on schema hub to %I', p || 'issuer');

  -- intake: appends records, sets links; never changes content (triggers see to it)
  foreach t in array array['hub.delivery','hub.quarantined_row','hub.source_record','hub.child','hub.identity_event','hub.membership','hub.cannot_link','hub.link_feature','hub.link_key',
    'hub.child_identifier','hub.assertion','hub.guardian_claim','registry.person','school.school','school.enrolment','school.absence_month','assistance.entitlement','assistance.parent_abroad_notice',
    'foreign_school.report_cell','outreach.visit','consent.guardian','consent.authority_event'] loop
    execute format('grant select, insert on %s to %I', t, p || 'intake');
  end loop;
  foreach t in array array['hub.child_identifier','hub.assertion','hub.guardian_claim','registry.person','school.enrolment','school.absence_month','assistance.entitlement',
    'assistance.parent_abroad_notice','outreach.visit'] loop
    execute format('grant update (child_id, is_current) on %s to %I', t, p || 'intake');
  end loop;
  foreach t in array array['hub.source_record','hub.link_feature','school.school','foreign_school.report_cell'] loop
    execute format('grant update (is_current) on %s to %I', t, p || 'intake');
  end loop;
  execute format('grant update (sha256, rows, accepted, unchanged, quarantined) on hub.delivery to %I', p || 'intake');
  execute format('grant update (country, given_name, patronymic, family_name, birth_date, birth_year, sex, citizenship, settlement, municipality, district,
    current_address, permanent_address, current_country, deceased_on, card_record, vacant) on hub.child to %I', p || 'intake');
  execute format('grant update (valid_to) on hub.membership to %I', p || 'intake');
  execute format('grant update (revoked_at) on hub.cannot_link to %I', p || 'intake');
  execute format('grant delete on hub.link_key to %I', p || 'intake');
  execute format('grant update (name) on consent.guardian to %I', p || 'intake');
  execute format('grant select on hub.agency to %I', p || 'intake');
  execute format('grant select, insert, update, delete on hub.published_table to %I', p || 'intake');
  execute format('grant usage on all sequences in schema hub, consent to %I', p || 'intake');

  -- operator: the local command line; no sealed value, no authorization of a guardian
  for o in select n.nspname as s, c.relname as t, string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname in ('hub','registry','school','assistance','foreign_school','outreach','tracing') and c.relkind in ('r','v') and a.attname not like '%\_enc' and c.relname not in ('issuer_artifact','seen_proof')
    group by 1, 2 loop
    execute format('grant select (%s) on %I.%I to %I', o.columns, o.s, o.t, p || 'operator');
  end loop;
  execute format('grant insert on hub.agency, hub.client, hub.policy_version to %I', p || 'operator');
  execute format('grant update (purposes, jwks, dpop_required, revoked_at) on hub.client to %I', p || 'operator');
  execute format('grant update (name, municipalities, school_ids) on hub.agency to %I', p || 'operator');
  execute format('grant update (policy_epoch) on hub.epoch to %I', p || 'operator');
  execute format('grant select (guardian_id, reference, name, scheme) on consent.guardian to %I', p || 'operator');
  execute format('grant select on consent.authority_event to %I', p || 'operator');

  -- transactor: mutations of the graph
  foreach t in array array['hub.delivery','hub.source_record','hub.identity_event','hub.membership','hub.assertion','outreach.visit','consent.authority_event','consent.authorization_event',
    'consent.safeguarding_event','tracing.tracing_case','tracing.case_event','hub.idempotency'] loop
    execute format('grant select, insert on %s to %I', t, p || 'transactor');
  end loop;
  execute format('grant insert on consent.guardian to %I', p || 'transactor');
  execute format('grant select (guardian_id, reference, name, scheme, mac) on consent.guardian to %I', p || 'transactor');
  execute format('grant update (state, assignee, assigned_on, outcome, closed_on, next_review) on tracing.tracing_case to %I', p || 'transactor');
  execute format('grant update (response) on hub.idempotency to %I', p || 'transactor');
  execute format('grant select, update (consent_epoch) on hub.epoch to %I', p || 'transactor');
  execute format('grant select on hub.agency, consent.child_guardian, hub.scope_school, hub.scope_municipality, hub.scope_country, hub.scope_beneficiary, hub.scope_case, hub.scope_guardian to %I', p || 'transactor');
  execute format('grant select (child_id, record_id, scheme, mac, is_valid, is_current) on hub.child_identifier to %I', p || 'transactor');
  execute format('grant usage on all sequences in schema hub, consent, tracing to %I', p || 'transactor');

  -- ledger: appends disclosures
  execute format('grant select, insert on ledger.disclosure to %I', p || 'ledger');
  execute format('grant select on hub.epoch to %I', p || 'ledger');

  -- issuer: finds clients, keeps artifacts, sees each proof once
  execute format('grant select on hub.agency, hub.client, hub.policy_version to %I', p || 'issuer');
  execute format('grant select, insert, update, delete on hub.issuer_artifact, hub.seen_proof to %I', p || 'issuer');
end $$;

-- The ledger is kept by month. A partition is made before its month begins, by a function that can do nothing else.
create function ledger.ensure_partition(day date) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare first date := date_trunc('month', day); name text := 'disclosure_' || to_char(first, 'YYYY_MM');
begin
  if first < date '2026-01-01' or first > current_date + 400 then raise exception 'no partition for %', first; end if;
  if to_regclass('ledger.' || name) is not null then return; end if;
  -- The weakest lock that excludes itself; a lock on the table, not an advisory one, so that afterwards the catalogue is seen as it is.
  lock table ledger.disclosure in share update exclusive mode;
  if to_regclass('ledger.' || name) is null then
    -- Made apart and attached: neither reading nor writing the ledger has to wait.
    execute format('create table ledger.%I (like ledger.disclosure including defaults including constraints)', name);
    execute format('alter table ledger.disclosure attach partition ledger.%I for values from (%L) to (%L)', name, first, (first + interval '1 month')::date);
    -- A statement's trigger on the parent is not one on its partitions: emptying one alone would pass.
    execute format('create trigger no_truncate before truncate on ledger.%I for each statement execute function hub.refuse_change()', name);
  end if;
end $$;
revoke all on function ledger.ensure_partition(date) from public;
do $$ begin execute format('grant execute on function ledger.ensure_partition(date) to %I', current_database() || '_ledger'); end $$;

-- Which view classes have been granted: grants are made anew only when policy or fields change them.
create table hub.view_grants (only_row boolean primary key default true check (only_row), classes_hash text not null);
-- A keyed hash by which the hub knows its vault key again: with another key nothing sealed here could be read, and no national id would match.
create table hub.vault_mark (only_row boolean primary key default true check (only_row), mark bytea not null);

-- All of it belongs to a role that nobody can log in as. Functions and views that run with their owner's rights thus have these tables' and no others'.
do $$
declare owner text := current_database() || '_owner'; o record;
begin
  for o in select nspname from pg_namespace
    where nspname in ('hub','registry','school','assistance','foreign_school','outreach','consent','tracing','programme','ledger') loop
    execute format('alter schema %I owner to %I', o.nspname, owner);
  end loop;
  for o in select c.relkind, c.oid::regclass as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('hub','registry','school','assistance','foreign_school','outreach','consent','tracing','programme','ledger') and c.relkind in ('r','p','v') loop
    execute format('alter %s %s owner to %I', case o.relkind when 'v' then 'view' else 'table' end, o.name, owner);
  end loop;
  for o in select f.oid::regprocedure as name from pg_proc f join pg_namespace n on n.oid = f.pronamespace where n.nspname in ('hub','consent','ledger') loop
    execute format('alter function %s owner to %I', o.name, owner);
  end loop;
end $$;

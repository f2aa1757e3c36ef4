-- Roles belong to the whole server, so each database's begin with its name. The pool's user may become any of them and has no right of its own:
-- whoever forgets `set role` is refused here, not in our code.
do $$
declare p text := current_database() || '_'; r text;
begin
  perform pg_advisory_xact_lock(hashtext('obhvat roles'));
  foreach r in array array['owner','intake','operator','transactor','ledger','issuer','reader'] loop
    if not exists (select 1 from pg_roles where rolname = p || r) then execute format('create role %I nologin noinherit', p || r); end if;
  end loop;
  if not exists (select 1 from pg_roles where rolname = p || 'app') then execute format('create role %I login noinherit', p || 'app'); end if;
  execute format('grant %I to current_user', p || 'owner');
  foreach r in array array['intake','operator','transactor','ledger','issuer'] loop
    execute format('grant %I to %I', p || r, p || 'app');
  end loop;
end $$;

do $$
declare p text := current_database() || '_'; s text; o record;
begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to %I', current_database(), p || 'app');
  execute 'revoke all on schema public from public';
  foreach s in array array['hub','registry','school','assistance','foreign_school','outreach','consent','tracing','programme','ledger'] loop
    execute format('revoke all on schema %I from public', s);
    execute format('revoke all on all functions in schema %I from public', s);
    execute format('grant usage on schema %I to %I, %I, %I', s, p || 'intake', p || 'operator', p || 'transactor');
  end loop;
  execute format('grant usage on schema ledger, hub to %I', p || 'ledger');
  execute format('grant usage on schema hub to %I', p || 'issuer');

  -- intake: appends records, sets links; never changes content (triggers see to it)
  for o in select unnest(array['hub.delivery','hub.quarantined_row','hub.source_record','hub.child','hub.identity_event','hub.membership','hub.cannot_link','hub.link_feature','hub.link_key',
    'hub.child_identifier','hub.assertion','hub.guardian_claim','registry.person','school.school','school.enrolment','school.absence_month','assistance.entitlement','assistance.parent_abroad_notice',
    'foreign_school.report_cell','outreach.visit','consent.guardian','consent.authority_event']) as t loop
    execute format('grant select, insert on %s to %I', o.t, p || 'intake');
  end loop;
  for o in select unnest(array['hub.child_identifier','hub.assertion','hub.guardian_claim','registry.person','school.enrolment','school.absence_month','assistance.entitlement',
    'assistance.parent_abroad_notice','outreach.visit']) as t loop
    execute format('grant update (child_id, is_current) on %s to %I', o.t, p || 'intake');
  end loop;
  for o in select unnest(array['hub.source_record','hub.link_feature','school.school','foreign_school.report_cell']) as t loop
    execute format('grant update (is_current) on %s to %I', o.t, p || 'intake');
  end loop;
  execute format('grant update (rows, accepted, unchanged, quarantined) on hub.delivery to %I', p || 'intake');
  execute format('grant update on hub.child to %I', p || 'intake');
  execute format('grant update (valid_to) on hub.membership to %I', p || 'intake');
  execute format('grant update (revoked_at) on hub.cannot_link to %I', p || 'intake');
  execute format('grant delete on hub.link_key to %I', p || 'intake');
  execute format('grant update (name) on consent.guardian to %I', p || 'intake');
  execute format('grant select on hub.agency to %I', p || 'intake');
  execute format('grant select, insert, update, delete on hub.published_table to %I', p || 'intake');

  -- operator: the local command line; no sealed value, no consent
  for o in select n.nspname as s, c.relname as t, string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname in ('hub','registry','school','assistance','foreign_school','outreach','tracing') and c.relkind in ('r','v') and a.attname not like '%\_enc' and c.relname not in ('issuer_artifact','seen_proof')
    group by 1, 2 loop
    execute format('grant select (%s) on %I.%I to %I', o.columns, o.s, o.t, p || 'operator');
  end loop;
  execute format('grant insert on hub.agency, hub.client to %I', p || 'operator');
  execute format('grant update (purposes, jwks, dpop_required, revoked_at) on hub.client to %I', p || 'operator');
  execute format('grant update (name, municipalities, school_ids) on hub.agency to %I', p || 'operator');
  execute format('grant select on consent.guardian, consent.authority_event to %I', p || 'operator');

  -- transactor: mutations of the graph
  for o in select unnest(array['hub.delivery','hub.source_record','hub.identity_event','hub.membership','hub.assertion','outreach.visit','consent.authority_event','consent.authorization_event',
    'consent.safeguarding_event','consent.guardian','tracing.tracing_case','tracing.case_event','hub.idempotency']) as t loop
    execute format('grant select, insert on %s to %I', o.t, p || 'transactor');
  end loop;
  execute format('grant update (state, assignee, assigned_on, outcome, closed_on, next_review) on tracing.tracing_case to %I', p || 'transactor');
  execute format('grant update (response) on hub.idempotency to %I', p || 'transactor');
  execute format('grant select, update (consent_epoch) on hub.epoch to %I', p || 'transactor');
  execute format('grant select on hub.agency, hub.child_identifier, consent.child_guardian to %I', p || 'transactor');

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
  perform pg_advisory_xact_lock(hashtext('ledger partition'));
  if to_regclass('ledger.' || name) is null then
    execute format('create table ledger.%I partition of ledger.disclosure for values from (%L) to (%L)', name, first, first + interval '1 month');
  end if;
end $$;
revoke all on function ledger.ensure_partition(date) from public;
do $$ begin execute format('grant execute on function ledger.ensure_partition(date) to %I', current_database() || '_ledger'); end $$;
select ledger.ensure_partition(current_date), ledger.ensure_partition((current_date + interval '1 month')::date);

-- Which view classes have been granted: grants are made anew only when policy or fields change them.
create table hub.view_grants (only_row boolean primary key default true check (only_row), classes_hash text not null);

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pg } from '../../src/db/sql.ts';
import { applyDecisions } from '../../src/domains/children/link-decide.ts';
import { linkRecords } from '../../src/domains/children/link-records.ts';
import { revokeDecision, unlink } from '../../src/domains/children/unlink.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addRecords } from '../support/link-features.ts';

let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase({ size: 3 });
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
});
afterAll(async () => {
  await admin?.end();
  await database?.drop();
});
const rowsOf = async <R extends object>(text: string, values: unknown[] = []) => (await admin.query(text, values)).rows as R[];
const subjectOf = (child: string) => Buffer.from(`subject of ${child}`);
const childOf = async (record: string) =>
  (
    await rowsOf<{ child: string }>('select child_id::text as child from hub.membership where record_id = $1 and valid_to is null', [
      record,
    ])
  )[0]?.child as string;
const open = () =>
  rowsOf<{ kind: string; subject: string; child: string }>(
    'select kind, subject_id as subject, child_id::text as child from hub.reopened where settled_at is null order by kind, subject_id',
  );

/** An entry of the ledger about one child. */
async function disclose(child: string, on: string): Promise<string> {
  const [{ id } = { id: '' }] = await rowsOf<{ id: string }>(
    `insert into ledger.disclosure (disclosure_id, month, writer, seq, decided_at, client_id, agency_id, agency_kind, purpose, legal_basis, instrument, operation_hash, policy_hash,
       consent_epoch, subjects, subject_group, groups, row_count)
     select gen_random_uuid(), date_trunc('month', ${on})::date, 'w', coalesce(max(seq), 0) + 1, ${on}, 'c', 'a', 'school', 'p', 'b', 'i', '\\x00', 'h', 1, array[$1::bytea], '{0}', '[]', 1
     from ledger.disclosure returning disclosure_id as id`,
    [subjectOf(child)],
  );
  return id;
}

describe('what was decided over a wrong link', () => {
  let maria: string;
  let marija: string;
  let decision: string;

  it('is listed for a human when the link is undone: visits, cases, benefit rows and disclosures of both children', async () => {
    [maria, marija] = (await database.db.transaction('intake', (sql) =>
      addRecords(sql, [
        { given: 'Мария', family: 'Колева', source: 'registry' },
        { given: 'Марийка', family: 'Петкова' },
      ]),
    )) as [string, string];
    await linkRecords(database.db, 'test');
    const [joined] = await rowsOf<{ id: string }>(
      `insert into hub.pair_decision (a, b, verdict, actor, reason) values ($1, $2, 'SAME', 'Petya', 'one girl') returning decision_id as id`,
      [maria, marija],
    );
    const before = await childOf(maria);
    const earlier = await disclose(before, "now() - interval '1 day'");
    await linkRecords(database.db, 'test');
    const child = await childOf(maria);
    expect([child, await childOf(marija)]).toEqual([before, before]);

    const [{ id: case_ } = { id: '' }] = await rowsOf<{ id: string }>(
      `insert into tracing.tracing_case (child_id, reference, kind, state, opened_on, opened_by) values ($1, 'T-1', 'TRACING', 'LISTED', current_date, 'x') returning case_id as id`,
      [child],
    );
    await rowsOf(
      `insert into tracing.tracing_case (child_id, reference, kind, state, opened_on, opened_by, closed_on) values ($1, 'T-0', 'TRACING', 'CLOSED', '2020-01-01', 'x', '2020-02-01')`,
      [child],
    );
    await rowsOf('insert into assistance.entitlement (record_id, child_id, country) values ($1, $2, $3)', [marija, child, 'BG']);
    const told = await disclose(child, 'now()');

    await rowsOf(
      `update hub.pair_decision set revoked_at = now(), revoked_by = 'Petya', revoked_reason = 'mistaken' where decision_id = $1`,
      [joined?.id],
    );
    const made = await rowsOf<{ id: string }>(
      `insert into hub.pair_decision (a, b, verdict, actor, reason) values ($1, $2, 'DIFFERENT', 'Petya', 'cousins') returning decision_id as id`,
      [maria, marija],
    );
    decision = made[0]?.id as string;
    await database.db.transaction('intake', (sql) =>
      applyDecisions(sql, { records: [maria, marija], actor: 'Petya', reason: 'cousins', kind: 'unlink', decision, subjectOf }),
    );
    expect(await childOf(maria)).toBe(child);
    expect(await childOf(marija)).not.toBe(child);
    const listed = await open();
    expect(listed).toEqual([
      { kind: 'case', subject: case_, child },
      { kind: 'disclosure', subject: told, child },
      { kind: 'entitlement', subject: marija, child },
      { kind: 'visit', subject: maria, child },
      { kind: 'visit', subject: marija, child },
    ]);
    expect(listed.map(({ subject }) => subject)).not.toContain(earlier);
    expect(await rowsOf('select record_id from hub.link_waiting')).toEqual([]);
    const [event] = await rowsOf<{ kind: string; moved: { record: string }[] }>(
      'select kind, moved from hub.identity_event order by event_id desc limit 1',
    );
    expect(event).toMatchObject({ kind: 'unlink', moved: [{ record: marija, from: child, to: await childOf(marija) }] });
  });

  it('is settled once, and needs nobody any more when the parting is taken back', async () => {
    await rowsOf(`update hub.reopened set settled_at = now(), settled_by = 'Boris' where kind = 'case'`);
    await expect(rowsOf(`update hub.reopened set settled_by = 'x' where kind = 'case'`)).rejects.toMatchObject({ code: '42501' });
    await expect(rowsOf(`update hub.reopened set kind = 'visit' where kind = 'disclosure'`)).rejects.toMatchObject({ code: '42501' });
    await expect(rowsOf('delete from hub.reopened')).rejects.toMatchObject({ code: '42501' });
    await revokeDecision(database.db, { decision, actor: 'Petya', reason: 'one girl after all' });
    expect(await open()).toEqual([]);
    expect(await rowsOf(`select distinct settled_by from hub.reopened order by 1`)).toEqual([
      { settled_by: 'Boris' },
      { settled_by: 'Petya' },
    ]);
  });

  it('is not listed where nothing was linked', async () => {
    await expect(
      unlink(database.db, { record: maria, from: marija, actor: 'Petya', reason: 'to be sure', subjectOf }),
    ).resolves.toMatchObject({ moved: 0, reopened: 0 });
    expect(await open()).toEqual([]);
  });
});

describe('records made online on a known child', () => {
  it('go along when all that was compared is found to be another child', async () => {
    const [ana, anna] = (await database.db.transaction('intake', (sql) =>
      addRecords(sql, [
        { given: 'Ана', family: 'Стоева', source: 'registry' },
        { given: 'Анна', family: 'Друга' },
      ]),
    )) as [string, string];
    await linkRecords(database.db, 'test');
    const [online] = await rowsOf<{ id: string }>(
      `with r as (insert into hub.source_record (kind, supplier, delivery_id, file_name, line, content_mac, occurrence, natural_mac)
         select 'visits', 'online', delivery_id, 'online', 1, '\\x01', 1, '\\x01' from hub.delivery limit 1 returning record_id),
       v as (insert into outreach.visit (record_id, child_id) select record_id, $1 from r),
       e as (insert into hub.identity_event (kind, actor, engine, evidence) values ('link', 'team', 'case', '{}') returning event_id)
       insert into hub.membership (record_id, child_id, event_id) select record_id, $1, event_id from r, e returning record_id as id`,
      [await childOf(anna)],
    );
    await rowsOf(`insert into hub.pair_decision (a, b, verdict, actor, reason) values ($1, $2, 'SAME', 'Petya', 'one girl')`, [ana, anna]);
    const lost = await childOf(anna);
    expect(await linkRecords(database.db, 'test')).toMatchObject({ childrenVacated: 1 });
    expect(await childOf(online?.id as string)).toBe(await childOf(ana));
    expect(await rowsOf('select child_id::text as child from outreach.visit where record_id = $1', [online?.id])).toEqual([
      { child: await childOf(ana) },
    ]);
    expect(await rowsOf('select vacant from hub.child where child_id = $1', [lost])).toEqual([{ vacant: true }]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operation } from '../support/operations.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub?.stop());

interface Entry {
  disclosure_id: string;
  client_id: string;
  purpose: string;
  subjects: Buffer[];
  subject_group: number[];
  groups: { released: string[]; generalised: string[]; withheld: { field: string; reason: string; rule: string }[] }[];
  row_count: number;
  everything: string;
}
const entryOf = async (id: string) =>
  (await hub.rows<Entry>('select d.*, to_jsonb(d)::text as everything from ledger.disclosure d where disclosure_id = $1', [id]))[0];
const count = async () => Number((await hub.rows<{ count: string }>('select count(*) from ledger.disclosure'))[0]?.count);
const roll = () => hub.ask('bg-school-1', 'enrol.administer', operation('school.enrol.administer', 'Roll'));
const withoutLedger = async <T>(work: () => Promise<T>): Promise<T> => {
  const role = `"${hub.database.db.roleName('ledger')}"`;
  await hub.rows(`revoke insert on ledger.disclosure from ${role}`);
  try {
    return await work();
  } finally {
    await hub.rows(`grant insert on ledger.disclosure to ${role}`);
  }
};

describe('every answer has an entry that was there before it', () => {
  it('of the school’s roll: who, for what, which fields of how many children, and no value of any', async () => {
    await hub.safeguard('Vesela');
    const { extensions, text } = await roll();
    const entry = await entryOf(extensions.disclosure.id);
    expect(entry).toMatchObject({ client_id: 'bg-school-1', purpose: 'enrol.administer', row_count: 2 });
    expect(entry?.subjects.map((subject) => subject.length)).toEqual([32, 32]);
    const groups = entry?.subject_group.map((index) => entry.groups[index]);
    for (const group of groups ?? [])
      expect(group?.released).toEqual(
        expect.arrayContaining([
          'Child.givenName',
          'Child.nationalIds',
          'NationalId.value',
          'Child.enrolments',
          'Enrolment.dischargeReason',
        ]),
      );
    expect(groups?.map((group) => group?.withheld.map(({ field }) => field))).toEqual(
      expect.arrayContaining([[], expect.arrayContaining(['Child.currentAddress', 'Child.guardians'])]),
    );
    const values = [...text.matchAll(/"(?:givenName|familyName|value|currentAddress|birthDate)":"([^"]+)"/g)].map(
      (match) => match[1] as string,
    );
    expect(values.length).toBeGreaterThan(5);
    for (const value of values) expect(entry?.everything).not.toContain(value);
    for (const name of ['Boris', 'Vesela']) expect(entry?.everything).not.toContain(await hub.idFor('bg-school-1', name));
  });

  it('the same child is the same subject for all agencies, and under no name that anybody else knows', async () => {
    const one = await hub.ask('bg-school-1', 'enrol.administer', 'query ($id: ID!) { child(id: $id) { givenName } }', {
      id: await hub.idFor('bg-school-1', 'Boris'),
    });
    const other = await hub.ask('bg-assistance', 'benefit.session', 'query ($id: ID!) { child(id: $id) { birthYear } }', {
      id: await hub.idFor('bg-assistance', 'Boris'),
    });
    const [a, b] = [await entryOf(one.extensions.disclosure.id), await entryOf(other.extensions.disclosure.id)];
    expect(a?.subjects).toEqual(b?.subjects);
    expect(a?.subjects).toEqual([hub.installation.vault.mac('ledger-subject', await hub.childNumber('Boris'))]);
    expect(b?.groups).toEqual([{ released: [], generalised: ['Child.birthYear'], withheld: [] }]);
  });

  it('an answer without a child has one too; the schema and a refused document have none', async () => {
    const before = await count();
    const { extensions } = await hub.ask('bg-school-1', 'enrol.administer', 'query ($id: ID!) { child(id: $id) { givenName } }', {
      id: 'AAAAAAAAAAAAAAAAAAAAAA',
    });
    expect(await entryOf(extensions.disclosure.id)).toMatchObject({ subjects: [], row_count: 0 });
    expect(await count()).toBe(before + 1);
    const schema = await hub.ask('bg-school-1', 'enrol.administer', '{ __schema { queryType { name } } }');
    expect(schema.extensions).toBeUndefined();
    await hub.ask('bg-school-1', 'enrol.administer', '{ children { nothing } }');
    expect(await count()).toBe(before + 1);
  });

  it('a mutation has one in its own transaction; one that failed changed and showed nothing, and has none', async () => {
    const input = {
      idempotencyKey: 'open the case of Georgi',
      child: await hub.idFor('bg-coordinator', 'Georgi'),
      assignee: 'bg-outreach',
      reason: 'left in February',
    };
    const done = await hub.ask('bg-coordinator', 'trace.list', operation('coordinator.trace.list', 'OpenCase'), { input });
    expect(await entryOf(done.extensions.disclosure.id)).toMatchObject({ client_id: 'bg-coordinator', row_count: 1 });
    const before = await count();
    const failed = await hub.ask('bg-coordinator', 'trace.list', operation('coordinator.trace.list', 'OpenCase'), {
      input: { ...input, idempotencyKey: 'open it a second time' },
    });
    expect([failed.errors?.[0]?.extensions.code, failed.extensions]).toEqual(['CONFLICT', undefined]);
    expect(await count()).toBe(before);
  });

  it('many at a time: each answer has its own', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, roll));
    const ids = answers.map(({ extensions }) => extensions.disclosure.id as string);
    expect(new Set(ids).size).toBe(40);
    expect(
      await hub.rows('select count(*)::integer as entries from ledger.disclosure where disclosure_id = any($1::uuid[])', [ids]),
    ).toEqual([{ entries: 40 }]);
    expect(
      await hub.rows('select count(*)::integer as twice from (select 1 from ledger.disclosure group by writer, seq having count(*) > 1) d'),
    ).toEqual([{ twice: 0 }]);
  });
});

describe('when the ledger cannot be written', () => {
  it('a query is answered 503, without a byte of data', async () => {
    const before = await count();
    const { status, data, text, errors } = await withoutLedger(roll);
    expect([status, data, errors?.[0]?.extensions.code]).toEqual([503, undefined, 'LEDGER_UNAVAILABLE']);
    expect(text).not.toMatch(/Борис|Роза|\d{10}/);
    expect(await count()).toBe(before);
    expect((await roll()).status).toBe(200);
  });

  it('a mutation is answered 503 and did not happen; repeated later under the same key it does', async () => {
    const input = {
      idempotencyKey: 'open the case of Ani',
      child: await hub.idFor('bg-coordinator', 'Ani'),
      assignee: 'bg-outreach',
      reason: 'on no roll',
    };
    const ask = () => hub.ask('bg-coordinator', 'trace.list', operation('coordinator.trace.list', 'OpenCase'), { input });
    const cases = () => hub.rows('select case_id from tracing.tracing_case');
    const before = await cases();
    const { status, data, errors } = await withoutLedger(ask);
    expect([status, data, errors?.[0]?.extensions.code]).toEqual([503, undefined, 'LEDGER_UNAVAILABLE']);
    expect(await cases()).toEqual(before);
    expect((await ask()).data.openCase.state).toBe('ASSIGNED');
    expect(await cases()).toHaveLength(before.length + 1);
  });

  it('an entry stays as it was: nobody of the hub may change or remove one', async () => {
    for (const change of ['update ledger.disclosure set reason = null', 'delete from ledger.disclosure', 'truncate ledger.disclosure']) {
      await expect(hub.rows(change), change).rejects.toThrow(/append-only/);
    }
  });
});

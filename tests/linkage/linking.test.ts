import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pg } from '../../src/db/sql.ts';
import { Vault } from '../../src/db/vault.ts';
import { exportLinks } from '../../src/domains/children/link-export.ts';
import { linkRecords } from '../../src/domains/children/link-records.ts';
import { unlink } from '../../src/domains/children/unlink.ts';
import { importStream } from '../../src/intake/import-feed.ts';
import type { FeedKind, IsoDate } from '../../src/kernel/brands.ts';
import { makeCnp } from '../../src/kernel/national-id-make.ts';
import { FORMATS } from '../intake/formats.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const vault = new Vault(Buffer.alloc(32, 9));
const born = '2014-05-06' as IsoDate;
const CNP = {
  ana: makeCnp('2013-02-03' as IsoDate, 'F', 22, 11),
  ion: makeCnp(born, 'M', 22, 12),
  vasile: makeCnp(born, 'M', 22, 13),
  maria: makeCnp('1985-01-20' as IsoDate, 'F', 22, 14),
  petru: makeCnp('1983-07-08' as IsoDate, 'M', 22, 15),
};
const header = (kind: FeedKind) => `${FORMATS[kind].columns.join(',')}\n`;
const person = (id: string, given: string, family: string, birth: string, sex: string) =>
  `3,${id},${given},,${family},${birth},${sex},RO,3,${CNP.maria},3,${CNP.petru},95060,Str. Lungă nr. 4,95060,Str. Lungă nr. 4,RO,,2026-11-01\n`;
const roll = (id: string, family: string, given: string, birth: string, sex: string, group = 'V') =>
  `2026-2027,S1,${id},${family},${given},${birth},${sex},${group},ZI,INSCRIS,2026-09-07,,,Maria\n`;
const visit = (protocol: string, child: object) =>
  `${JSON.stringify({ team: '95060-1', visitedOn: '2026-10-02', attempt: 1, settlement: 'Prisacani', address: 'Str. Lunga nr. 4', child, outcome: 'NOT_AT_HOME', evidenceGrade: 'E', protocolNo: protocol, metWith: 'NOBODY', note: '' })}\n`;

const SCHOOLS = `${header('schools')}S1,Școala Prisăcani,95060,95060,Iași,RO,gymnasium,1,0\n`;
const REGISTER =
  header('population') +
  person(CNP.ana, 'Ana', 'Rusu', '2013-02-03', 'F') +
  person(CNP.ion, 'Ion', 'Rusu', born, 'M') +
  person(CNP.vasile, 'Vasile', 'Rusu', born, 'M');
// The roll knows the id of Ana alone; the twins Ion and Vasile come without.
const ROLL =
  header('siiir-roll') +
  roll(CNP.ana, 'Rusu', 'Ana', '2013-02-03', 'F') +
  roll('', 'Rusu', 'Ion', born, 'M') +
  roll('', 'RUSU', 'Vasile', born, 'M');
const VISITS = visit('PV-1', { idType: -1, givenName: 'Ana', familyName: 'Rusu', birthDate: '2013', motherName: 'Maria' });

let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase({ size: 4 });
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
});
afterAll(async () => {
  await admin?.end();
  await database?.drop();
});

const handIn = (kind: FeedKind, content: string, fileName: string = kind) =>
  importStream(
    { db: database.db, vault, formats: FORMATS },
    { kind, supplier: 'test', clientId: null, fileName, stream: Readable.from([Buffer.from(content)]) },
  );
const link = (onProgress?: (stage: string) => void) => linkRecords(database.db, 'ops', onProgress);
const rowsOf = async (text: string, values: unknown[] = []) => (await admin.query(text, values)).rows as Record<string, unknown>[];
async function links(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  await exportLinks(
    database.db,
    (child) => child,
    ({ record, child }) => {
      found[record] = child;
    },
  );
  return found;
}
const numberOf = async (kind: string, line: number) =>
  (await rowsOf('select record_id::text as n from hub.source_record where kind = $1 and line = $2 and is_current', [kind, line]))[0]
    ?.n as string;
/** Everything that is derived, by which two states are compared. */
const state = () =>
  rowsOf(
    `select (select json_agg(c order by child_id) from hub.child c) as children, (select json_agg(m order by record_id, valid_from, child_id) from hub.membership m) as memberships,
     (select count(*) from hub.identity_event) as events, (select json_agg(a order by event_id) from consent.authority_event a) as authority`,
  );

describe('linking records to children', () => {
  it('links by id, by names and by birth year, keeps twins apart, and writes cards from the register', async () => {
    await handIn('schools', SCHOOLS);
    await handIn('population', REGISTER);
    await handIn('siiir-roll', ROLL);
    await handIn('visits', VISITS);
    const report = await link();
    expect(report).toMatchObject({ records: 7, superseded: 0, childrenCreated: 3, moved: 7 });
    const found = await links();
    expect(new Set(Object.values(found)).size).toBe(3);
    expect(found['siiir-roll:siiir-roll:2']).toBe(found['population:population:2']);
    expect(found['siiir-roll:siiir-roll:3']).toBe(found['population:population:3']);
    expect(found['siiir-roll:siiir-roll:4']).toBe(found['population:population:4']);
    expect(found['visits:visits:1']).toBe(found['population:population:2']);
    expect(
      await rowsOf(
        'select given_name, family_name, birth_date::text, sex, settlement, municipality, district, current_address, vacant from hub.child where child_id = $1',
        [found['population:population:2']],
      ),
    ).toEqual([
      {
        given_name: 'Ana',
        family_name: 'Rusu',
        birth_date: '2013-02-03',
        sex: 'F',
        settlement: '95060',
        municipality: '95060',
        district: 'Iași',
        current_address: 'Str. Lungă nr. 4',
        vacant: false,
      },
    ]);
  });

  it('sets the child on every table that bears one', async () => {
    for (const table of [
      'registry.person',
      'school.enrolment',
      'outreach.visit',
      'hub.assertion',
      'hub.child_identifier',
      'hub.guardian_claim',
    ])
      expect(
        await rowsOf(
          `select record_id from ${table} t where t.child_id is distinct from (select m.child_id from hub.membership m where m.record_id = t.record_id and m.valid_to is null)`,
        ),
        table,
      ).toEqual([]);
  });

  it('gives both parents of the register authority, once', async () => {
    expect(await rowsOf('select effect, ground, count(*)::integer as n from consent.authority_event group by 1, 2')).toEqual([
      { effect: 'GAINED', ground: 'REGISTER_PARENT', n: 6 },
    ]);
    expect(await rowsOf('select count(*)::integer as n from consent.guardian')).toEqual([{ n: 2 }]);
  });

  it('has nothing to do a second time', async () => {
    const before = await state();
    expect(await link()).toMatchObject({ records: 0, compared: 0, childrenCreated: 0, moved: 0 });
    expect(await state()).toEqual(before);
  });

  it('keeps the child when a correction takes the place of its record, and closes the old link', async () => {
    const before = await links();
    const old = await numberOf('siiir-roll', 2);
    await handIn('siiir-roll', ROLL.replace(',V,', ',VI,'), 'siiir-roll-2');
    expect(await link()).toMatchObject({ records: 1, superseded: 1, childrenCreated: 0, childrenVacated: 0 });
    expect((await links())['siiir-roll:siiir-roll-2:2']).toBe(before['siiir-roll:siiir-roll:2']);
    expect(await rowsOf('select valid_to is not null as closed from hub.membership where record_id = $1', [old])).toEqual([
      { closed: true },
    ]);
    expect(await rowsOf('select child_id from school.enrolment where record_id = $1', [old])).toEqual([{ child_id: null }]);
  });

  it('leaves nothing half done when it is killed, and completes when run again', async () => {
    await handIn('visits', visit('PV-2', { idType: -1, givenName: 'Ion', familyName: 'Rusu', birthYear: 2014 }), 'visits-2');
    const before = await state();
    await expect(
      link((stage) => {
        if (stage === 'cards') throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
    expect(await state()).toEqual(before);
    await link();
    const found = await links();
    expect(found['visits:visits-2:1']).toBe(found['population:population:3']);
  });

  it('leaves records alone that were recorded online on a known child', async () => {
    const child = (await links())['population:population:4'];
    await admin.query(
      `with r as (insert into hub.source_record (kind, supplier, delivery_id, file_name, line, content_mac, occurrence, natural_mac)
         select 'visits', 'online', delivery_id, 'online', 1, '\\x01', 1, '\\x01' from hub.delivery limit 1 returning record_id),
       e as (insert into hub.identity_event (kind, actor, engine, evidence) values ('link', 'team', 'case', '{}') returning event_id)
       insert into hub.membership (record_id, child_id, event_id) select record_id, $1, event_id from r, e`,
      [child],
    );
    await link();
    expect(
      await rowsOf(
        `select m.child_id::text as child from hub.membership m join hub.source_record r using (record_id) where r.supplier = 'online' and m.valid_to is null`,
      ),
    ).toEqual([{ child }]);
  });
});

describe('unlinking', () => {
  let visited: string;
  let registered: string;
  beforeEach(async () => {
    visited = await numberOf('visits', 1);
    registered = await numberOf('population', 2);
  });

  it('parts a record from the register entry, which keeps the number of the child', async () => {
    const before = await links();
    const visitOfAna = (await rowsOf(`select record_id::text as n from hub.source_record where file_name = 'visits' and line = 1`))[0]
      ?.n as string;
    const report = await unlink(database.db, { record: visitOfAna, from: registered, actor: 'reviewer', reason: 'another Ana, a cousin' });
    expect(report.from).toBe(before['population:population:2']);
    expect(report.record).not.toBe(report.from);
    expect((await links())['visits:visits:1']).toBe(report.record);
    expect(await rowsOf('select child_id::text as child from outreach.visit where record_id = $1', [visitOfAna])).toEqual([
      { child: report.record },
    ]);
    expect(
      await rowsOf(`select kind, actor, evidence->>'reason' as reason from hub.identity_event order by event_id desc limit 1`),
    ).toEqual([{ kind: 'unlink', actor: 'reviewer', reason: 'another Ana, a cousin' }]);
    await expect(unlink(database.db, { record: visitOfAna, from: registered, actor: 'reviewer', reason: 'again' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('stays parted after another run, and when the parted record is corrected', async () => {
    await handIn('visits', VISITS.replace('"NOBODY"', '"NEIGHBOUR"'), 'visits-3');
    await link();
    const found = await links();
    expect(found['visits:visits-3:1']).toBeDefined();
    expect(found['visits:visits-3:1']).not.toBe(found['population:population:2']);
    expect(await rowsOf('select count(*)::integer as n from hub.child where vacant')).toEqual([{ n: 0 }]);
  });

  it('refuses a record that is unknown', async () => {
    await expect(unlink(database.db, { record: '999999', from: visited, actor: 'reviewer', reason: 'none such' })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });
});

describe('the order of deliveries', () => {
  it('gives the same children, whatever came first', async () => {
    const partitions: string[][] = [];
    for (const order of [
      ['population', 'siiir-roll', 'visits'],
      ['visits', 'siiir-roll', 'population'],
    ] as const) {
      const other = await createTestDatabase({ size: 2 });
      const deps = { db: other.db, vault, formats: FORMATS };
      const contents = { population: REGISTER, 'siiir-roll': ROLL, visits: VISITS };
      const give = (kind: FeedKind, content: string) =>
        importStream(deps, { kind, supplier: 'test', clientId: null, fileName: kind, stream: Readable.from([Buffer.from(content)]) });
      await give('schools', SCHOOLS);
      for (const kind of order) {
        await give(kind, contents[kind]);
        await linkRecords(other.db, 'ops');
      }
      const children = new Map<string, string[]>();
      await exportLinks(
        other.db,
        (child) => child,
        ({ record, child }) => void children.set(child, [...(children.get(child) ?? []), record].sort()),
      );
      partitions.push([...children.values()].map((records) => records.join(' ')).sort());
      await other.drop();
    }
    expect(partitions[0]).toEqual(partitions[1]);
    expect(partitions[0]).toHaveLength(3);
  });
});

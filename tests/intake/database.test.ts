import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pg } from '../../src/db/sql.ts';
import { Vault } from '../../src/db/vault.ts';
import { importStream } from '../../src/intake/import-feed.ts';
import { readQuarantine } from '../../src/intake/quarantine.ts';
import type { FeedKind } from '../../src/kernel/brands.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { FORMATS } from './formats.ts';

const POPULATION = FORMATS.population.columns.join(',');
/** Children of a register: id, given name, family name, birth date, current country. */
const person = (id: string, given: string, family: string, birth: string, address = 'ул. Роза 5') =>
  `0,${id},${given},,${family},${birth},F,BG,0,8709123095,-1,,68134,${address},68134,${address},BG,,2026-11-01`;
const ANI = person('1348139777', 'Ани', 'Стойкова', '2013-08-13');
const VESELINA = person('2341063352', 'Веселина', 'Петкова', '2023-01-06');
const SCHOOL = `${FORMATS.schools.columns.join(',')}\n2200112,184 СУ,68134,SOF46,Люлин,BG,secondary,0,0\n`;

const vault = new Vault(Buffer.alloc(32, 7));
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

function handIn(kind: FeedKind, supplier: string, content: string | Buffer | AsyncIterable<Buffer>, fileName = `${kind}.csv`) {
  const stream = typeof content === 'string' || Buffer.isBuffer(content) ? Readable.from([Buffer.from(content)]) : content;
  return importStream({ db: database.db, vault, formats: FORMATS }, { kind, supplier, clientId: null, fileName, stream });
}
const file = (...rows: string[]) => `${POPULATION}\n${rows.join('\n')}\n`;
const rowsOf = async (text: string, values: unknown[] = []) => (await admin.query(text, values)).rows as Record<string, unknown>[];
const current = (supplier: string) =>
  rowsOf(
    `select r.line, r.version, r.previous_record is not null as corrected, p.given_name, p.current_address from hub.source_record r join registry.person p using (record_id)
     where r.supplier = $1 and r.is_current and p.is_current order by r.line, r.record_id`,
    [supplier],
  );

describe('importStream', () => {
  it('writes a record with all that is derived from it, ids sealed', async () => {
    const receipt = await handIn('population', 'derived', file(ANI));
    expect(receipt).toMatchObject({ file: 'population.csv', kind: 'population', rows: 1, accepted: 1, unchanged: 0, quarantined: [] });
    expect(receipt.sha256).toMatch(/^[0-9a-f]{64}$/);
    const [record] = await rowsOf(
      `select d.rows, encode(d.sha256, 'hex') as sha256, f.given_name, f.birth_year, f.mother_mac, i.scheme, i.value_enc, i.mac, i.ending, i.is_valid, r.record_id
       from hub.source_record r join hub.delivery d using (delivery_id) join hub.link_feature f using (record_id) join hub.child_identifier i using (record_id) where r.supplier = 'derived'`,
    );
    expect(record).toMatchObject({
      rows: 1,
      sha256: receipt.sha256,
      given_name: 'Ани',
      birth_year: 2013,
      scheme: 'EGN',
      ending: '9777',
      is_valid: true,
    });
    expect(vault.open('national-id', record?.value_enc as Buffer).toString()).toBe('1348139777');
    expect(vault.idMac('EGN', '1348139777').equals(record?.mac as Buffer)).toBe(true);
    expect(vault.idMac('EGN', '8709123095').equals(record?.mother_mac as Buffer)).toBe(true);
    expect(
      await rowsOf('select claim, claim_date::text from hub.assertion where record_id = $1 order by ordinal', [record?.record_id]),
    ).toEqual([
      { claim: 'REGISTERED', claim_date: null },
      { claim: 'BORN', claim_date: '2013-08-13' },
    ]);
    expect(await rowsOf('select relation, scheme from hub.guardian_claim where record_id = $1', [record?.record_id])).toEqual([
      { relation: 'mother', scheme: 'EGN' },
    ]);
  });

  it('changes nothing when the same file is handed in twice, under whatever name', async () => {
    const content = file(ANI, VESELINA, ANI, 'broken');
    expect(await handIn('population', 'twice', content)).toMatchObject({ rows: 4, accepted: 3, unchanged: 0 });
    const again = await handIn('population', 'twice', content, 'renamed.csv');
    expect(again).toMatchObject({
      file: 'renamed.csv',
      rows: 4,
      accepted: 0,
      unchanged: 3,
      quarantined: [{ line: 5, code: 'TOO_FEW_CELLS' }],
    });
    expect((await current('twice')).map(({ line }) => line)).toEqual([2, 3, 4]);
  });

  it('makes a corrected row the next version of its record and leaves the others alone', async () => {
    await handIn('population', 'corrected', file(ANI, VESELINA));
    const moved = person('1348139777', 'Ани', 'Стойкова', '2013-08-13', 'ул. Шипка 54');
    expect(await handIn('population', 'corrected', file(VESELINA, moved))).toMatchObject({ accepted: 1, unchanged: 1 });
    expect(await current('corrected')).toEqual([
      { line: 3, version: 1, corrected: false, given_name: 'Веселина', current_address: 'ул. Роза 5' },
      { line: 3, version: 2, corrected: true, given_name: 'Ани', current_address: 'ул. Шипка 54' },
    ]);
    for (const table of ['hub.link_feature', 'hub.child_identifier', 'hub.assertion', 'hub.guardian_claim', 'registry.person']) {
      const stale = await rowsOf(
        `select 1 from ${table} t join hub.source_record r using (record_id) where r.supplier = 'corrected' and t.is_current <> r.is_current`,
      );
      expect(stale, table).toEqual([]);
    }
    expect(await handIn('population', 'corrected', file(ANI))).toMatchObject({ accepted: 1 });
    expect((await current('corrected')).map(({ given_name, version }) => [given_name, version])).toEqual([
      ['Ани', 3],
      ['Веселина', 1],
    ]);
  });

  it('replaces, of two near copies in one file, the one that was changed, however far apart they stand', async () => {
    const copy = person('1348139777', 'Анна', 'Стойкова', '2013-08-13');
    const others = Array.from({ length: 400 }, (_, i) => person('', `Иво${i}`, 'Петков', '2015-01-01').replace(/^0,,/, '-1,,'));
    await handIn('population', 'copies', file(ANI, ...others, copy));
    const changed = person('1348139777', 'Ани', 'Стойкова', '2013-08-13', 'ул. Шипка 54');
    expect(await handIn('population', 'copies', file(changed, ...others, copy))).toMatchObject({ accepted: 1, unchanged: 401 });
    const standing = (await current('copies')).filter(({ given_name }) => String(given_name).startsWith('Ан'));
    expect(standing.map(({ given_name, version }) => [given_name, version])).toEqual([
      ['Ани', 2],
      ['Анна', 1],
    ]);
    // One row in place of two: neither of the two stands any longer.
    const one = person('1348139777', 'Ани', 'Стойкова-Петрова', '2013-08-13');
    await handIn('population', 'copies', file(...others, one));
    expect((await current('copies')).filter(({ given_name }) => String(given_name).startsWith('Ан'))).toHaveLength(1);
  });

  it("does not take one supplier's rows for another's", async () => {
    await handIn('population', 'first', file(ANI));
    expect(await handIn('population', 'second', file(ANI))).toMatchObject({ accepted: 1, unchanged: 0 });
  });

  it('leaves nothing of a file whose transfer breaks off, and takes it whole the next time', async () => {
    const rows = Array.from({ length: 1500 }, (_, i) => person('', `Иво${i}`, 'Петков', '2015-01-01').replace(/^0,,/, '-1,,'));
    const content = Buffer.from(file(...rows));
    async function* broken() {
      // Beyond the sample, so that the transaction has begun.
      for (let at = 0; at < content.length * 0.9; at += 4096) yield content.subarray(at, at + 4096);
      throw new Error('the line is dead');
    }
    await expect(handIn('population', 'broken', broken())).rejects.toThrow('the line is dead');
    expect(
      await rowsOf(
        `select 1 from hub.source_record where supplier = 'broken' union all select 1 from hub.delivery where supplier = 'broken'`,
      ),
    ).toEqual([]);
    expect(await handIn('population', 'broken', content)).toMatchObject({ rows: 1500, accepted: 1500 });
  });

  it('refuses a file of another kind by name and keeps no trace of it', async () => {
    await expect(handIn('population', 'refused', SCHOOL)).rejects.toMatchObject({ code: 'FEED_REFUSED', http: 422 });
    expect(await rowsOf(`select 1 from hub.delivery where supplier = 'refused'`)).toEqual([]);
  });

  it('asks for the list of schools once when there is none, and takes the roll when there is', async () => {
    const header = FORMATS['school-roll'].columns.join('|');
    const roll = `${header}\r\n2026|2200112|1348139777|0|Ani||Stoykova|2013-08-13|F|1|6|1|2026-09-15|||\r\n2026|2200112||-1|Eva||Kirova|2013-08-14|F|1|6|1|2026-09-15|||\r\n`;
    const refused = await handIn('school-roll', 'roll', roll);
    expect(refused.quarantined.map(({ code }) => code)).toEqual(['UNKNOWN_SCHOOL', 'UNKNOWN_SCHOOL']);
    expect(refused.quarantined.filter(({ message }) => message.includes('hand in `schools` first'))).toHaveLength(1);
    await handIn('schools', 'ministry', SCHOOL);
    expect(await handIn('school-roll', 'roll', roll)).toMatchObject({ accepted: 2, quarantined: [] });
    expect(await rowsOf(`select distinct municipality, settlement from hub.link_feature where school_id = '2200112'`)).toEqual([
      { municipality: 'SOF46', settlement: '68134' },
    ]);
  });

  it('keeps a bad line sealed, and gives it back byte for byte', async () => {
    const bad = Buffer.concat([Buffer.from('0,1348139777,'), Buffer.from([0xcc, 0xe0, 0xf0]), Buffer.from(',rest of the line')]);
    await handIn('population', 'sealed', Buffer.concat([Buffer.from(file(ANI)), bad]));
    const [stored] = (await rowsOf(
      `select raw_enc from hub.quarantined_row q join hub.delivery d using (delivery_id) where d.supplier = 'sealed'`,
    )) as { raw_enc: Buffer }[];
    expect(stored?.raw_enc.includes('1348139777')).toBe(false);
    const [read] = await readQuarantine({ db: database.db, vault }, { supplier: 'sealed' });
    expect(read).toMatchObject({ line: 3, code: 'WRONG_ENCODING', kind: 'population', file: 'population.csv' });
    expect(read?.raw.equals(bad)).toBe(true);
  });

  it('takes two files of one supplier at a time one after the other', async () => {
    const content = file(ANI, VESELINA);
    const receipts = await Promise.all([
      handIn('population', 'at once', content, 'a.csv'),
      handIn('population', 'at once', content, 'b.csv'),
    ]);
    expect(receipts.map(({ accepted }) => accepted).sort()).toEqual([0, 2]);
    expect(await current('at once')).toHaveLength(2);
  });

  it('accounts for every line of any history of files, and after each file has just its rows standing for the children it names', async () => {
    const row = fc.record({
      id: fc.constantFrom('1348139777', '2341063352'),
      name: fc.constantFrom('Ани', 'Анна', 'Веселина'),
      filler: fc.constantFrom(0, 0, 70, 140),
    });
    let histories = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(row, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }), async (history) => {
        histories += 1;
        const supplier = `history ${histories}`;
        for (const rows of history) {
          // The fillers carry equal rows into different batches.
          const lines = rows.flatMap(({ id, name, filler }) => [
            person(id, name, 'Петкова', '2013-08-13'),
            ...Array<string>(filler).fill(''),
          ]);
          const receipt = await handIn('population', supplier, file(...lines));
          expect(receipt.accepted + receipt.unchanged + receipt.quarantined.length).toBe(receipt.rows);
          expect(await handIn('population', supplier, file(...lines))).toMatchObject({ accepted: 0, unchanged: rows.length });
          const said = new Set(rows.map(({ id, name }) => `${id} ${name}`));
          const told = new Set<string>(rows.map(({ id }) => id));
          const standing = (await rowsOf(
            `select p.given_name as name, i.value_enc as id from hub.source_record r join registry.person p using (record_id)
             join hub.child_identifier i using (record_id) where r.supplier = $1 and r.is_current and p.is_current and i.is_current`,
            [supplier],
          )) as { name: string; id: Buffer }[];
          const now = standing
            .map(({ name, id }) => `${vault.open('national-id', id)} ${name}`)
            .filter((text) => told.has(text.slice(0, 10)));
          for (const text of said) expect(now).toContain(text);
          if (receipt.accepted > 0 && receipt.unchanged === 0) expect(new Set(now)).toEqual(said);
        }
      }),
      { numRuns: 25 },
    );
  });
});

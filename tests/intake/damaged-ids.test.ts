import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pg } from '../../src/db/sql.ts';
import { Vault } from '../../src/db/vault.ts';
import { importStream } from '../../src/intake/import-feed.ts';
import { isoDate } from '../../src/kernel/dates.ts';
import { nationalIdCorrections } from '../../src/kernel/national-id-corrections.ts';
import { makeCnp, makeEgn } from '../../src/kernel/national-id-make.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { FORMATS } from './formats.ts';

const vault = new Vault(Buffer.alloc(32, 7));
const ANI = makeEgn(isoDate(2013, 8, 13), 'F', 38);
const MISTYPED = `${ANI.slice(0, 9)}${(Number(ANI[9]) + 1) % 10}`;
const RADU = makeCnp(isoDate(2014, 5, 9), 'M', 12, 345);
let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase({ size: 2 });
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  const row = (type: number, id: string, name: string) =>
    `${type},${id},${name},,Стойкова,2013-08-13,F,BG,-1,,-1,,68134,,68134,,BG,,2026-11-01`;
  const rows = [
    row(0, ANI, 'Ани'),
    row(0, MISTYPED, 'Ана'),
    row(3, '5.14E+12', 'Раду'),
    row(3, RADU, 'Радослав'),
    row(1, '7', 'Ива'),
    row(-1, '', 'Ина'),
  ];
  await importStream(
    { db: database.db, vault, formats: FORMATS },
    {
      kind: 'population',
      supplier: 'x',
      clientId: null,
      fileName: 'x.csv',
      stream: Readable.from([`${FORMATS.population.columns.join(',')}\n${rows.join('\n')}\n`]),
    },
  );
});
afterAll(async () => {
  await admin?.end();
  await database?.drop();
});

describe('an id that is handed in', () => {
  const stored = async (name: string) =>
    (
      await admin.query(
        `select i.is_valid, i.stated_year, i.stated_month, i.stated_day, i.stated_sex, array(select encode(c, 'hex') from unnest(i.corrections) c) as corrections
         from hub.link_feature f join hub.child_identifier i using (record_id) where f.given_name = $1`,
        [name],
      )
    ).rows;

  it('is stored with the birth date and sex that it states', async () => {
    const none = { is_valid: true, corrections: [] };
    expect(await stored('Ани')).toEqual([{ ...none, stated_year: 2013, stated_month: 8, stated_day: 13, stated_sex: 'F' }]);
    expect(await stored('Радослав')).toEqual([{ ...none, stated_year: 2014, stated_month: 5, stated_day: 9, stated_sex: 'M' }]);
  });

  it('is stored with keyed hashes of the ids that it may have been where it is wrong, and states nothing then', async () => {
    const corrections = nationalIdCorrections('EGN', MISTYPED).map((digits) => vault.idMac('EGN', digits).toString('hex'));
    expect(corrections).toContain(vault.idMac('EGN', ANI).toString('hex'));
    expect(await stored('Ана')).toEqual([
      { is_valid: false, stated_year: null, stated_month: null, stated_day: null, stated_sex: null, corrections },
    ]);
  });

  it('keeps what a spreadsheet left of it', async () => {
    expect(await stored('Раду')).toEqual([
      { is_valid: false, stated_year: 2014, stated_month: null, stated_day: null, stated_sex: 'M', corrections: [] },
    ]);
    expect(await stored('Ива')).toMatchObject([{ is_valid: false, stated_year: null, corrections: [] }]);
    expect(await stored('Ина')).toEqual([]);
  });
});

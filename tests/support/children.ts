import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Db } from '../../src/db/db.ts';
import type { Vault } from '../../src/db/vault.ts';
import { linkRecords } from '../../src/domains/children/link-records.ts';
import { encodeWindows1251 } from '../../src/generator/windows-1251.ts';
import { FEED_FORMATS } from '../../src/hub.ts';
import { importFile } from '../../src/intake/import-feed.ts';
import type { Country, FeedKind, IsoDate } from '../../src/kernel/brands.ts';
import { makeCnp, makeEgn } from '../../src/kernel/national-id-make.ts';

/** A child of the tests' small world: what the agencies say of it, each in its own file. */
export interface TestChild {
  /** How tests call it. */
  name: string;
  given: string;
  patronymic: string;
  family: string;
  born: IsoDate;
  sex: 'M' | 'F';
  country: Country;
  settlement: string;
  address: string;
  /** Rows of rolls: school, year in which the school year starts, and when it was discharged, if it was. */
  rolls: readonly { school: string; year: number; left?: IsoDate; reason?: string }[];
  /** Unexcused hours of October 2026, at the school of the first roll. */
  absentHours?: number;
  benefit?: string;
  visited?: { team: string; on: IsoDate; outcome: string; note: string };
  /** A parent abroad, and who cares for the child meanwhile. */
  parentAbroad?: { destination: string; carer: string };
}

export const SCHOOLS = { boyana: '2200101', lyulin: '2200102', foreign: '2200900', plovdiv: '2300201', iasi: '2261100007' } as const;
const SOFIA = '68134';
const BG = { patronymic: 'Петрова', sex: 'F', country: 'BG', settlement: SOFIA } as const;

/** The children of the stories. */
export const PEOPLE: readonly TestChild[] = [
  // Of school age and on no roll: the child that the coordinator lists and the team looks for.
  {
    ...BG,
    name: 'Ani',
    given: 'Ани',
    family: 'Иванова',
    born: '2015-03-04' as IsoDate,
    address: 'ул. Роза 5',
    rolls: [],
    benefit: '85.00',
    visited: { team: 'SOF46-VITOSHA-1', on: '2026-10-01' as IsoDate, outcome: 'NOT_AT_HOME', note: 'съседката помни майката' },
  },
  {
    ...BG,
    name: 'Boris',
    given: 'Борис',
    patronymic: 'Петров',
    sex: 'M',
    family: 'Иванов',
    born: '2013-08-13' as IsoDate,
    address: 'ул. Роза 5',
    rolls: [{ school: SCHOOLS.boyana, year: 2026 }],
    absentHours: 9,
    benefit: '50.00',
  },
  // Kept safe from somebody: a court hides where she lives.
  {
    ...BG,
    name: 'Vesela',
    given: 'Весела',
    patronymic: 'Димитрова',
    family: 'Колева',
    born: '2014-01-20' as IsoDate,
    address: 'ул. Тиха 7',
    rolls: [{ school: SCHOOLS.boyana, year: 2026 }],
    absentHours: 2,
    visited: { team: 'SOF46-VITOSHA-1', on: '2026-09-20' as IsoDate, outcome: 'FOUND_SPOKE_PARENT', note: 'не отварят на непознати' },
  },
  {
    ...BG,
    name: 'Georgi',
    given: 'Георги',
    patronymic: 'Стоянов',
    sex: 'M',
    family: 'Стоянов',
    born: '2012-11-30' as IsoDate,
    address: 'бул. Сливница 12',
    rolls: [{ school: SCHOOLS.lyulin, year: 2025, left: '2026-02-02' as IsoDate, reason: 'по здравословни причини' }],
    benefit: '50.00',
  },
  {
    ...BG,
    name: 'Dimana',
    given: 'Димана',
    patronymic: 'Николова',
    family: 'Николова',
    born: '2016-06-06' as IsoDate,
    settlement: '56784',
    address: 'ул. Марица 3',
    rolls: [],
  },
  {
    ...BG,
    name: 'Zahari',
    given: 'Захари',
    patronymic: 'Асенов',
    sex: 'M',
    family: 'Асенов',
    born: '2011-05-25' as IsoDate,
    address: 'ж.к. Люлин, бл. 310',
    rolls: [{ school: SCHOOLS.lyulin, year: 2026 }],
    absentHours: 4,
  },
  {
    name: 'Ionela',
    given: 'Ionela',
    patronymic: '',
    family: 'Rusu',
    born: '2015-05-06' as IsoDate,
    sex: 'F',
    country: 'RO',
    settlement: '95060',
    address: 'Str. Lunga nr. 4',
    rolls: [{ school: SCHOOLS.iasi, year: 2026 }],
    parentAbroad: { destination: 'IT', carer: 'Maria Rusu' },
  },
];

const idOf = (child: TestChild, serial: number) =>
  child.country === 'BG' ? makeEgn(child.born, child.sex, serial) : makeCnp(child.born, child.sex, 22, serial + 1);
const idType = (country: Country) => (country === 'BG' ? 0 : 3);
const parentId = (country: Country, sex: 'M' | 'F', serial: number) => {
  const born = (sex === 'F' ? '1985-01-20' : '1983-07-08') as IsoDate;
  return country === 'BG' ? makeEgn(born, sex, serial) : makeCnp(born, sex, 22, serial + 1);
};

/** The feeds in which the agencies hand these children in: kind, file name, country and content. Each child has parents of its own. */
export function feedsOf(
  children: readonly TestChild[],
): { kind: FeedKind; file: string; country: Country; supplier: string; text: string }[] {
  const lines = new Map<string, string[]>();
  const add = (key: string, line: (string | number)[], separator: string) =>
    lines.set(key, [...(lines.get(key) ?? []), line.join(separator)]);
  for (const [serial, child] of children.entries()) {
    const { given, patronymic, family, born, sex, country, settlement, address } = child;
    const [id, type] = [idOf(child, serial), idType(country)];
    const mother = parentId(country, 'F', serial);
    const low = country.toLowerCase();
    add(
      `population ${low}`,
      [
        type,
        id,
        given,
        patronymic,
        family,
        born,
        sex,
        country,
        type,
        mother,
        type,
        parentId(country, 'M', serial),
        settlement,
        `"${address}"`,
        settlement,
        `"${address}"`,
        country,
        '',
        '2026-11-01',
      ],
      ',',
    );
    for (const { school, year, left, reason } of child.rolls) {
      if (country === 'BG')
        add(
          'school-roll bg',
          [year, school, id, type, given, patronymic, family, born, sex, 1, 5, left ? 3 : 1, `${year}-09-15`, left ?? '', reason ?? '', ''],
          '|',
        );
      else
        add(
          'siiir-roll ro',
          [
            `${year}-${year + 1}`,
            school,
            id,
            family,
            given,
            born,
            sex,
            'V',
            'ZI',
            left ? 'RETRAS' : 'INSCRIS',
            `${year}-09-07`,
            left ?? '',
            reason ?? '',
            '',
          ],
          ',',
        );
    }
    if (child.absentHours !== undefined)
      add(
        'absences bg',
        [2026, 10, child.rolls[0]?.school ?? '', id, type, given, patronymic, family, child.absentHours, 0, 0, 1, '', ''],
        '|',
      );
    if (child.benefit) {
      const guardian = country === 'BG' ? ['Мария', patronymic, family] : ['Maria', '', family];
      add(
        `assistance ${low}`,
        [
          `${country}-2026-${1000 + serial}`,
          id,
          type,
          given,
          patronymic,
          family,
          born,
          'чл.7 ЗСПД',
          '2025-01-01',
          '',
          child.benefit,
          country === 'BG' ? 'BGN' : 'RON',
          mother,
          type,
          ...guardian,
          country === 'BG' ? 'гр. София' : 'Iasi',
          address,
        ],
        '|',
      );
    }
    if (child.visited) {
      const { team, on, outcome, note } = child.visited;
      const said = { idType: type, id, givenName: given, patronymic, familyName: family, birthDate: born, sex };
      add(
        `visits ${low}`,
        [
          JSON.stringify({
            team,
            visitedOn: on,
            attempt: 1,
            settlement: 'София',
            address,
            child: said,
            outcome,
            evidenceGrade: 'E',
            protocolNo: `ПР-${1000 + serial}/2026`,
            metWith: 'NOBODY',
            note,
          }),
        ],
        '',
      );
    }
    if (child.parentAbroad)
      add(
        'parents-abroad ro',
        [
          id,
          family,
          given,
          born,
          '2026-09-01',
          '2026-09-10',
          child.parentAbroad.destination,
          'DA',
          child.parentAbroad.carer,
          '',
          '',
          settlement,
          `"${address}"`,
        ],
        ',',
      );
  }
  const places = [
    [SCHOOLS.boyana, '"Училище Бояна"', SOFIA, 'SOF46', 'Витоша', 'BG', 'primary', 0, 0],
    [SCHOOLS.lyulin, '"Училище Люлин"', SOFIA, 'SOF46', 'Люлин', 'BG', 'primary', 0, 0],
    [SCHOOLS.foreign, '"Lycée étranger"', SOFIA, 'SOF46', 'Лозенец', 'BG', 'foreign', 0, 1],
    [SCHOOLS.plovdiv, '"Училище Марица"', '56784', 'PDV22', 'Пловдив', 'BG', 'primary', 0, 0],
    [SCHOOLS.iasi, '"Școala Iași"', '95060', '95060', 'Iași', 'RO', 'gymnasium', 0, 0],
  ];
  for (const place of places) add('schools bg', place, ',');
  add('foreign-aggregate bg', [SCHOOLS.foreign, '2026-2027/1', 11, 13, '5-7', 'BG', 'Лозенец', 6], ',');
  add('foreign-aggregate bg', [SCHOOLS.foreign, '2026-2027/1', 7, 10, '1-4', 'EU', 'Витоша', 4], ',');
  const supplier: Partial<Record<FeedKind, string>> = {
    'school-roll': 'school-1',
    absences: 'school-1',
    'siiir-roll': 'school-1',
    assistance: 'assistance',
    'parents-abroad': 'assistance',
    visits: 'coordinator',
  };
  const order: FeedKind[] = [
    'schools',
    'population',
    'school-roll',
    'siiir-roll',
    'absences',
    'assistance',
    'parents-abroad',
    'foreign-aggregate',
    'visits',
  ];
  return order.flatMap((kind) =>
    ['bg', 'ro'].flatMap((low) => {
      const rows = lines.get(`${kind} ${low}`);
      if (!rows) return [];
      const format = FEED_FORMATS[kind];
      const header = format.layout === 'ndjson' ? [] : [format.columns.join(format.layout === 'pipe' ? '|' : ',')];
      return [
        {
          kind,
          file: `${kind}-${low}.txt`,
          country: low.toUpperCase() as Country,
          supplier: `${low}-${supplier[kind] ?? 'registry'}`,
          text: `${[...header, ...rows].join('\n')}\n`,
        },
      ];
    }),
  );
}

/** Bytes of a feed in the encoding of its kind. */
export const bytesOf = (kind: FeedKind, text: string): Buffer =>
  FEED_FORMATS[kind].encoding === 'windows-1251' ? encodeWindows1251(text) : Buffer.from(text);

/** Hands the children in as their agencies would, file by file, and links them. @throws Error when a line is kept aside. */
export async function seedChildren({ db, vault }: { db: Db; vault: Vault }, children: readonly TestChild[] = PEOPLE): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'obhvat-feeds-'));
  try {
    for (const { kind, file, country, supplier, text } of feedsOf(children)) {
      const path = join(folder, file);
      writeFileSync(path, bytesOf(kind, text));
      const receipt = await importFile({ db, vault, formats: FEED_FORMATS }, { kind, path, supplier, clientId: null, country });
      if (receipt.quarantined.length > 0) throw new Error(`${file}: ${JSON.stringify(receipt.quarantined)}`);
    }
    await linkRecords(db, 'test');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

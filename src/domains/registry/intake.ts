import type { Country, IsoDate } from '../../kernel/brands.ts';
import {
  childKey,
  countryOfIdType,
  idType,
  nationalId,
  optionalCode,
  optionalDate,
  optionalText,
  partsOf,
  requiredDate,
} from '../../intake/cells.ts';
import type { FeedFormat, RowAssertion, RowGuardian } from '../../intake/feed-format.ts';

const COLUMNS = [
  'id_type',
  'id',
  'given_name',
  'patronymic',
  'family_name',
  'birth_date',
  'sex',
  'citizenship',
  'mother_id_type',
  'mother_id',
  'father_id_type',
  'father_id',
  'permanent_settlement',
  'permanent_address',
  'current_settlement',
  'current_address',
  'current_country',
  'deceased_on',
  'as_of',
] as const;

type Cells = readonly [
  type: string,
  id: string,
  given: string,
  patronymic: string,
  family: string,
  birth: string,
  sex: string,
  citizenship: string,
  motherType: string,
  mother: string,
  fatherType: string,
  father: string,
  permanentSettlement: string,
  permanentAddress: string,
  currentSettlement: string,
  currentAddress: string,
  currentCountry: string,
  deceased: string,
  asOf: string,
];

interface Vital {
  readonly country: Country;
  readonly birth: IsoDate | null;
  readonly deceased: IsoDate | null;
  readonly currentCountry: string | null;
  readonly asOf: IsoDate;
}

function assertionsOf({ country, birth, deceased, currentCountry, asOf }: Vital): RowAssertion[] {
  const said = { observedOn: asOf, schoolYear: null, grade: 'A' } as const;
  const list: RowAssertion[] = [{ ...said, claim: 'REGISTERED', date: null, detail: currentCountry }];
  if (birth) list.push({ ...said, claim: 'BORN', date: birth, detail: null });
  if (deceased) list.push({ ...said, claim: 'DECEASED', date: deceased, detail: null });
  if (currentCountry && currentCountry !== country) list.push({ ...said, claim: 'RESIDES_ABROAD', date: asOf, detail: currentCountry });
  return list;
}

/** An extract of the population register, Bulgarian or Romanian: whose it is follows from the ids, since settlement codes of the two overlap. */
export const populationFormat: FeedFormat = {
  kind: 'population',
  encoding: 'utf-8',
  layout: 'csv',
  columns: COLUMNS,
  table: {
    name: 'registry.person',
    columns: [
      ['id_scheme', 'text'],
      ['id_valid', 'boolean'],
      ['given_name', 'text'],
      ['patronymic', 'text'],
      ['family_name', 'text'],
      ['birth_date', 'date'],
      ['birth_year', 'integer'],
      ['sex', 'text'],
      ['citizenship', 'text'],
      ['permanent_settlement', 'text'],
      ['permanent_address', 'text'],
      ['current_settlement', 'text'],
      ['current_address', 'text'],
      ['current_country', 'text'],
      ['deceased_on', 'date'],
      ['as_of', 'date'],
    ],
  },
  countryOf(cells) {
    const type = cells[0]?.trim();
    if (type === '3') return 'RO';
    return type === '0' || type === '1' ? 'BG' : null;
  },
  parse(cells, context) {
    const c = cells as Cells;
    const type = idType(c[0], 'id_type');
    const id = nationalId(type, c[1]);
    const [given, patronymic, family] = [optionalText(c[2]), optionalText(c[3]), optionalText(c[4])];
    const birth = optionalDate(c[5], 'birth_date');
    const sex = optionalCode(c[6], 'sex', ['M', 'F']);
    const guardians: RowGuardian[] = [];
    const mother = nationalId(idType(c[8], 'mother_id_type'), c[9]);
    if (mother) guardians.push({ relation: 'mother', name: null, id: mother });
    const father = nationalId(idType(c[10], 'father_id_type'), c[11]);
    if (father) guardians.push({ relation: 'father', name: null, id: father });
    const [permanent, current] = [optionalText(c[12]), optionalText(c[14])];
    const currentCountry = optionalText(c[16]);
    const deceased = optionalDate(c[17], 'deceased_on');
    const asOf = requiredDate(c[18], 'as_of');
    const country = countryOfIdType(type) ?? context.country ?? (/\p{Script=Cyrillic}/u.test(`${given}${family}`) ? 'BG' : 'RO');
    const settlement = current ?? permanent;
    const parts = partsOf(birth);
    return {
      country,
      // Namesakes of one birth date are two persons unless they are registered in one settlement.
      naturalKey: [...childKey(id, [given, patronymic, family], birth ?? ''), id ? '' : (permanent ?? '')],
      values: [
        id?.scheme ?? null,
        id?.valid ?? null,
        given,
        patronymic,
        family,
        birth,
        parts.year,
        sex,
        optionalText(c[7]),
        permanent,
        optionalText(c[13]),
        current,
        optionalText(c[15]),
        currentCountry,
        deceased,
        asOf,
      ],
      feature: {
        source: 'registry',
        givenName: given,
        patronymic,
        familyName: family,
        birthYear: parts.year,
        birthMonth: parts.month,
        birthDay: parts.day,
        sex,
        settlement,
        settlementText: null,
        municipality: context.municipalities.get(`${country}:${settlement}`) ?? null,
        schoolId: null,
      },
      id,
      assertions: assertionsOf({ country, birth, deceased, currentCountry, asOf }),
      guardians,
    };
  },
};

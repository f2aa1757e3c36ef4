import type { Country } from '../../kernel/brands.ts';
import {
  childKey,
  countryOfIdType,
  fullName,
  type IdType,
  idType,
  nationalId,
  optionalAmount,
  optionalCode,
  optionalDate,
  optionalText,
  partsOf,
  requiredText,
} from '../../intake/cells.ts';
import type { FeedFormat, RowAssertion } from '../../intake/feed-format.ts';

const CURRENCIES = ['BGN', 'EUR', 'RON'] as const;

type Cells = readonly [
  caseNo: string,
  id: string,
  type: string,
  given: string,
  patronymic: string,
  family: string,
  birth: string,
  benefit: string,
  from: string,
  to: string,
  amount: string,
  currency: string,
  guardianId: string,
  guardianType: string,
  guardian1: string,
  guardian2: string,
  guardian3: string,
  settlement: string,
  address: string,
];

/** Whose benefit it is: by the child's id, the guardian's, then the currency. The leu is Romania's; lev and, from 2026, the euro are Bulgaria's. */
function countryOf(child: IdType, guardian: IdType, currency: string | null): Country | null {
  const byId = countryOfIdType(child) ?? countryOfIdType(guardian);
  if (byId) return byId;
  if (currency === null) return null;
  return currency === 'RON' ? 'RO' : 'BG';
}

/** Benefits granted for a child, of either country's social assistance. */
export const assistanceFormat: FeedFormat = {
  kind: 'assistance',
  encoding: 'windows-1251',
  layout: 'pipe',
  columns: [
    'CaseNo',
    'IDNumber',
    'intIDType',
    'Name 1',
    'Name 2',
    'Name 3',
    'BirthDate',
    'BenefitType',
    'GrantedFrom',
    'GrantedTo',
    'Amount',
    'Currency',
    'GuardianIDNumber',
    'GuardianIDType',
    'GuardianName 1',
    'GuardianName 2',
    'GuardianName 3',
    'Settlement',
    'Address',
  ],
  table: {
    name: 'assistance.entitlement',
    columns: [
      ['country', 'text'],
      ['case_no', 'text'],
      ['benefit_type', 'text'],
      ['granted_from', 'date'],
      ['granted_to', 'date'],
      ['amount', 'numeric'],
      ['currency', 'text'],
      ['guardian_name', 'text'],
      ['settlement_text', 'text'],
      ['address', 'text'],
    ],
  },
  countryOf(cells) {
    const c = cells as Cells;
    if (c[2] === '3' || c[13] === '3' || c[11] === 'RON') return 'RO';
    return ['0', '1'].includes(c[2]) || ['0', '1'].includes(c[13]) ? 'BG' : null;
  },
  parse(cells, context) {
    const c = cells as Cells;
    const caseNo = requiredText(c[0], 'CaseNo');
    const type = idType(c[2], 'intIDType');
    const id = nationalId(type, c[1]);
    const [given, patronymic, family] = [optionalText(c[3]), optionalText(c[4]), optionalText(c[5])];
    const birth = optionalDate(c[6], 'BirthDate');
    const benefit = requiredText(c[7], 'BenefitType');
    const from = optionalDate(c[8], 'GrantedFrom');
    const to = optionalDate(c[9], 'GrantedTo');
    const amount = optionalAmount(c[10], 'Amount');
    const currency = optionalCode(c[11], 'Currency', CURRENCIES);
    const guardianType = idType(c[13], 'GuardianIDType');
    const guardianId = nationalId(guardianType, c[12]);
    const guardianName = fullName(optionalText(c[14]), optionalText(c[15]), optionalText(c[16]));
    const [settlement, address] = [optionalText(c[17]), optionalText(c[18])];
    const country =
      countryOf(type, guardianType, currency) ?? context.country ?? (/\p{Script=Cyrillic}/u.test(`${given}${family}`) ? 'BG' : 'RO');
    const parts = partsOf(birth);
    const said = { observedOn: from, schoolYear: null, grade: null };
    const assertions: RowAssertion[] = [{ ...said, claim: 'RECEIVES_BENEFIT', date: from, detail: benefit }];
    if (birth) assertions.push({ ...said, claim: 'BORN', date: birth, detail: null });
    return {
      country,
      naturalKey: [caseNo, benefit, ...childKey(id, [given, patronymic, family], birth ?? '')],
      values: [country, caseNo, benefit, from, to, amount, currency, guardianName, settlement, address],
      feature: {
        source: 'assistance',
        givenName: given,
        patronymic,
        familyName: family,
        birthYear: parts.year,
        birthMonth: parts.month,
        birthDay: parts.day,
        sex: null,
        settlement: null,
        settlementText: settlement,
        municipality: null,
        schoolId: null,
      },
      id,
      assertions,
      guardians: guardianId || guardianName ? [{ relation: 'guardian', name: guardianName, id: guardianId }] : [],
    };
  },
};

import { childKey, nationalId, optionalCode, optionalDate, optionalText, partsOf } from '../../intake/cells.ts';
import type { FeedFormat, RowAssertion } from '../../intake/feed-format.ts';

type Cells = readonly [
  cnp: string,
  family: string,
  given: string,
  birth: string,
  notified: string,
  departs: string,
  destination: string,
  both: string,
  carer: string,
  carerCnp: string,
  ruling: string,
  siruta: string,
  address: string,
];

/** Notices of parents who leave Romania to work and whose child stays (Law 272/2004, art. 104 and 105): at least 40 days before, with the carer named. */
export const parentsAbroadFormat: FeedFormat = {
  kind: 'parents-abroad',
  encoding: 'utf-8',
  layout: 'csv',
  columns: [
    'cnp_copil',
    'nume',
    'prenume',
    'data_nasterii',
    'data_notificarii',
    'data_plecarii',
    'tara',
    'ambii_parinti',
    'ingrijitor_nume',
    'ingrijitor_cnp',
    'hotarare',
    'siruta',
    'adresa',
  ],
  table: {
    name: 'assistance.parent_abroad_notice',
    columns: [
      ['notified_on', 'date'],
      ['departs_on', 'date'],
      ['destination_country', 'text'],
      ['both_parents', 'boolean'],
      ['carer_name', 'text'],
      ['carer_named', 'boolean'],
      ['court_decision', 'text'],
      ['settlement', 'text'],
      ['address', 'text'],
    ],
  },
  parse(cells, context) {
    const c = cells as Cells;
    const id = nationalId(3, c[0]);
    const [family, given] = [optionalText(c[1]), optionalText(c[2])];
    const birth = optionalDate(c[3], 'data_nasterii');
    const notified = optionalDate(c[4], 'data_notificarii');
    const departs = optionalDate(c[5], 'data_plecarii');
    const destination = optionalText(c[6]);
    const both = optionalCode(c[7], 'ambii_parinti', ['DA', 'NU']);
    const carer = optionalText(c[8]);
    const carerId = nationalId(3, c[9]);
    const settlement = optionalText(c[11]);
    const parts = partsOf(birth);
    const said = { observedOn: notified, schoolYear: null, grade: null };
    const assertions: RowAssertion[] = [{ ...said, claim: 'PARENT_ABROAD', date: departs ?? notified, detail: destination }];
    if (birth) assertions.push({ ...said, claim: 'BORN', date: birth, detail: null });
    return {
      country: 'RO',
      naturalKey: [...childKey(id, [given, family], birth ?? ''), departs ?? '', id ? '' : (settlement ?? '')],
      values: [
        notified,
        departs,
        destination,
        both === null ? null : both === 'DA',
        carer,
        carer !== null,
        optionalText(c[10]),
        settlement,
        optionalText(c[12]),
      ],
      feature: {
        source: 'assistance',
        givenName: given,
        patronymic: null,
        familyName: family,
        birthYear: parts.year,
        birthMonth: parts.month,
        birthDay: parts.day,
        sex: null,
        settlement,
        settlementText: null,
        municipality: context.municipalities.get(`RO:${settlement}`) ?? null,
        schoolId: null,
      },
      id,
      assertions,
      guardians: carer || carerId ? [{ relation: 'carer', name: carer, id: carerId }] : [],
    };
  },
};

import type { Country, EvidenceGrade, IsoDate } from '../../kernel/brands.ts';
import { isoDate } from '../../kernel/dates.ts';
import {
  countryOfIdType,
  type IdType,
  idType,
  NO_DATE,
  nationalId,
  optionalCode,
  optionalInteger,
  optionalText,
  type PartialDate,
  partialDate,
  requiredCode,
  requiredDate,
  requiredText,
} from '../../intake/cells.ts';
import type { FeedFormat, RowAssertion } from '../../intake/feed-format.ts';
import { RowRefused } from '../../intake/row-refused.ts';

/** What a team met at the door. */
export const VISIT_OUTCOMES = [
  'FOUND_SPOKE_PARENT',
  'FOUND_CHILD_ONLY',
  'NOT_AT_HOME',
  'NOT_FOUND',
  'ADDRESS_NONEXISTENT',
  'MOVED_IN_BG',
  'ABROAD_STATED_BY_RELATIVE',
  'ABROAD_STATED_BY_NEIGHBOUR',
  'ENROLLED_ELSEWHERE',
  'FOREIGN_SCHOOL_CLAIMED',
  'HOME_EDUCATION_CLAIMED',
  'REFUSED',
  'UNSAFE',
  'DECEASED_STATED',
  'PROTECTION_CONCERN',
] as const;
export type VisitOutcome = (typeof VISIT_OUTCOMES)[number];
export const EVIDENCE_GRADES = ['A', 'B', 'C', 'D', 'E'] as const satisfies readonly EvidenceGrade[];

export const VISIT_CLAIMS: Partial<Record<VisitOutcome, string>> = {
  ABROAD_STATED_BY_RELATIVE: 'ABROAD_STATED',
  ABROAD_STATED_BY_NEIGHBOUR: 'ABROAD_STATED',
  FOREIGN_SCHOOL_CLAIMED: 'FOREIGN_SCHOOL_CLAIMED',
  ENROLLED_ELSEWHERE: 'ENROLLED_ELSEWHERE_STATED',
  MOVED_IN_BG: 'MOVED_IN_COUNTRY',
  DECEASED_STATED: 'DECEASED_STATED',
};

type Cells = readonly [
  team: string,
  visitedOn: string,
  attempt: string,
  settlement: string,
  address: string,
  idType: string,
  id: string,
  given: string,
  patronymic: string,
  family: string,
  birthDate: string,
  birthYear: string,
  sex: string,
  mother: string,
  outcome: string,
  grade: string,
  protocol: string,
  met: string,
  note: string,
];

/** A team is named after its municipality: `SOF46-LYULIN-2`, `96003-2`. */
const TEAM = /^(?:([A-Z]{3}\d{2})|(\d{4,6}))-/;

function countryOf(type: IdType, team: string, text: string): Country | null {
  const code = TEAM.exec(team);
  if (countryOfIdType(type)) return countryOfIdType(type);
  if (code) return code[1] ? 'BG' : 'RO';
  return /\p{Script=Cyrillic}/u.test(text) ? 'BG' : null;
}

function birthOf(dateCell: string, yearCell: string): PartialDate {
  const birth = partialDate(dateCell, 'child.birthDate');
  const year = optionalInteger(yearCell, 'child.birthYear', 1900, 2199);
  return birth.year === null && year !== null ? { ...NO_DATE, year } : birth;
}

function bornClaim({ year, month, day }: PartialDate, visitedOn: IsoDate): RowAssertion | null {
  if (year === null) return null;
  const said = { claim: 'BORN', observedOn: visitedOn, schoolYear: null, grade: null };
  if (month !== null && day !== null) return { ...said, date: isoDate(year, month, day), detail: null };
  return { ...said, date: null, detail: month === null ? String(year) : `${year}-${String(month).padStart(2, '0')}` };
}

/** Protocols of visits by outreach teams. What is known of the child may be little: a name and a year. */
export const visitsFormat: FeedFormat = {
  kind: 'visits',
  encoding: 'utf-8',
  layout: 'ndjson',
  columns: [
    'team',
    'visitedOn',
    'attempt',
    'settlement',
    'address',
    'child.idType',
    'child.id',
    'child.givenName',
    'child.patronymic',
    'child.familyName',
    'child.birthDate',
    'child.birthYear',
    'child.sex',
    'child.motherName',
    'outcome',
    'evidenceGrade',
    'protocolNo',
    'metWith',
    'note',
  ],
  childObject: 'child',
  table: {
    name: 'outreach.visit',
    columns: [
      ['team', 'text'],
      ['visited_on', 'date'],
      ['attempt', 'integer'],
      ['settlement_text', 'text'],
      ['address', 'text'],
      ['outcome', 'text'],
      ['evidence_grade', 'text'],
      ['protocol_no', 'text'],
      ['met_with', 'text'],
      ['note', 'text'],
    ],
  },
  parse(cells, context) {
    const c = cells as Cells;
    const team = requiredText(c[0], 'team');
    const visitedOn = requiredDate(c[1], 'visitedOn');
    const attempt = optionalInteger(c[2], 'attempt', 1, 99);
    const [settlement, address] = [optionalText(c[3]), optionalText(c[4])];
    const type = idType(c[5], 'child.idType');
    const id = nationalId(type, c[6]);
    const [given, patronymic, family] = [optionalText(c[7]), optionalText(c[8]), optionalText(c[9])];
    if (!id && !given && !patronymic && !family) throw new RowRefused('MISSING_CHILD', 'child', 'an id or a name');
    const birth = birthOf(c[10], c[11]);
    const sex = optionalCode(c[12], 'child.sex', ['M', 'F']);
    const mother = optionalText(c[13]);
    const outcome = requiredCode(c[14], 'outcome', VISIT_OUTCOMES);
    const grade = requiredCode(c[15], 'evidenceGrade', EVIDENCE_GRADES);
    const protocol = requiredText(c[16], 'protocolNo');
    const municipality = TEAM.exec(team);
    const assertions: RowAssertion[] = [
      { claim: VISIT_CLAIMS[outcome] ?? 'VISITED', observedOn: visitedOn, schoolYear: null, date: visitedOn, detail: outcome, grade },
    ];
    const born = bornClaim(birth, visitedOn);
    if (born) assertions.push(born);
    return {
      country: countryOf(type, team, `${settlement}${family}`) ?? context.country ?? 'RO',
      // Teams number their protocols each for itself.
      naturalKey: [team, protocol],
      values: [team, visitedOn, attempt, settlement, address, outcome, grade, protocol, optionalText(c[17]), optionalText(c[18])],
      feature: {
        source: 'outreach',
        givenName: given,
        patronymic,
        familyName: family,
        birthYear: birth.year,
        birthMonth: birth.month,
        birthDay: birth.day,
        sex,
        settlement: null,
        settlementText: settlement,
        municipality: municipality?.[1] ?? municipality?.[2] ?? null,
        schoolId: null,
      },
      id,
      assertions,
      guardians: mother ? [{ relation: 'mother', name: mother, id: null }] : [],
    };
  },
};

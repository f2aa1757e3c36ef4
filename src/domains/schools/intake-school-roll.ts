import {
  idType,
  knownSchool,
  nationalId,
  optionalCode,
  optionalDate,
  optionalInteger,
  optionalText,
  requiredCode,
  requiredInteger,
} from '../../intake/cells.ts';
import type { FeedFormat } from '../../intake/feed-format.ts';
import { ENROLMENT_TABLE, parsedRollRow, type RollStatus } from './intake-roll-row.ts';

const STATUS_CODES = ['1', '2', '3', '4'] as const;
const STATUS: Record<(typeof STATUS_CODES)[number], RollStatus> = { '1': 'ENROLLED', '2': 'MOVED', '3': 'DISCHARGED', '4': 'NOT_FOUND' };
/** The four pre-school groups, in order, then the classes. */
const CLASSES = ['-4', '-3', '-6', '-1', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'] as const;

type Cells = readonly [
  year: string,
  school: string,
  id: string,
  type: string,
  given: string,
  patronymic: string,
  family: string,
  birth: string,
  sex: string,
  form: string,
  basicClass: string,
  status: string,
  enrolled: string,
  discharged: string,
  reason: string,
  mother: string,
];

/** A Bulgarian school's roll, as the ministry and the Social Assistance Agency exchange it. */
export const schoolRollFormat: FeedFormat = {
  kind: 'school-roll',
  encoding: 'windows-1251',
  layout: 'pipe',
  columns: [
    'SchoolYear',
    'SchoolID',
    'IDNumber',
    'intIDType',
    'Name 1',
    'Name 2',
    'Name 3',
    'BirthDate',
    'Sex',
    'EdForm',
    'BasicClass',
    'Status',
    'EnrolledOn',
    'DischargedOn',
    'DischargeReason',
    'MotherName',
  ],
  table: ENROLMENT_TABLE,
  schoolsOf: 'BG',
  parse(cells, context) {
    const c = cells as Cells;
    return parsedRollRow({
      country: 'BG',
      schoolYear: requiredInteger(c[0], 'SchoolYear', 1990, 2199),
      school: knownSchool(c[1], 'SchoolID', 'BG', context),
      id: nationalId(idType(c[3], 'intIDType'), c[2]),
      givenName: optionalText(c[4]),
      patronymic: optionalText(c[5]),
      familyName: optionalText(c[6]),
      birth: optionalDate(c[7], 'BirthDate'),
      sex: optionalCode(c[8], 'Sex', ['M', 'F']),
      // Some forty forms, which the ministry adds to: a number, not a closed list.
      edForm: optionalInteger(c[9], 'EdForm', 0, 999)?.toString() ?? null,
      basicClass: optionalCode(c[10], 'BasicClass', CLASSES),
      status: STATUS[requiredCode(c[11], 'Status', STATUS_CODES)],
      enrolledOn: optionalDate(c[12], 'EnrolledOn'),
      dischargedOn: optionalDate(c[13], 'DischargedOn'),
      reason: optionalText(c[14]),
      motherName: optionalText(c[15]),
    });
  },
};

import { knownSchool, nationalId, optionalCode, optionalDate, optionalText, requiredCode, requiredText } from '../../intake/cells.ts';
import type { FeedFormat } from '../../intake/feed-format.ts';
import { RowRefused } from '../../intake/row-refused.ts';
import { ENROLMENT_TABLE, parsedRollRow, type RollStatus } from './intake-roll-row.ts';

const STATUS_CODES = ['INSCRIS', 'TRANSFERAT', 'RETRAS', 'EXMATRICULAT', 'ABANDON'] as const;
const STATUS: Record<(typeof STATUS_CODES)[number], RollStatus> = {
  INSCRIS: 'ENROLLED',
  TRANSFERAT: 'MOVED',
  RETRAS: 'DISCHARGED',
  EXMATRICULAT: 'DISCHARGED',
  ABANDON: 'DISCHARGED',
};

type Cells = readonly [
  year: string,
  school: string,
  cnp: string,
  family: string,
  given: string,
  birth: string,
  sex: string,
  schoolClass: string,
  form: string,
  status: string,
  enrolled: string,
  discharged: string,
  reason: string,
  mother: string,
];

/** `2026-2027` → 2026. @throws RowRefused */
function schoolYear(cell: string): number {
  const m = /^(\d{4})-(\d{4})$/.exec(requiredText(cell, 'an_scolar'));
  if (!m) throw new RowRefused('NOT_A_NUMBER', 'an_scolar', 'a school year such as 2026-2027');
  if (Number(m[2]) !== Number(m[1]) + 1) throw new RowRefused('IMPOSSIBLE_RANGE', 'an_scolar', 'two years that follow each other');
  return Number(m[1]);
}

/** An export of the Romanian school register SIIIR. */
export const siiirRollFormat: FeedFormat = {
  kind: 'siiir-roll',
  encoding: 'utf-8',
  layout: 'csv',
  columns: [
    'an_scolar',
    'cod_unitate',
    'cnp',
    'nume',
    'prenume',
    'data_nasterii',
    'sex',
    'clasa',
    'forma',
    'status',
    'data_inscrierii',
    'data_retragerii',
    'motiv',
    'prenume_mama',
  ],
  table: ENROLMENT_TABLE,
  schoolsOf: 'RO',
  parse(cells, context) {
    const c = cells as Cells;
    return parsedRollRow({
      country: 'RO',
      schoolYear: schoolYear(c[0]),
      school: knownSchool(c[1], 'cod_unitate', 'RO', context),
      id: nationalId(3, c[2]),
      givenName: optionalText(c[4]),
      patronymic: null,
      familyName: optionalText(c[3]),
      birth: optionalDate(c[5], 'data_nasterii'),
      sex: optionalCode(c[6], 'sex', ['M', 'F']),
      edForm: optionalText(c[8]),
      basicClass: optionalText(c[7]),
      status: STATUS[requiredCode(c[9], 'status', STATUS_CODES)],
      enrolledOn: optionalDate(c[10], 'data_inscrierii'),
      dischargedOn: optionalDate(c[11], 'data_retragerii'),
      reason: optionalText(c[12]),
      motherName: optionalText(c[13]),
    });
  },
};

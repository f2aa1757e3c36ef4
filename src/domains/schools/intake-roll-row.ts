import type { Country, IsoDate } from '../../kernel/brands.ts';
import type { NationalId } from '../../kernel/national-id.ts';
import { childKey, partsOf } from '../../intake/cells.ts';
import type { ColumnType, KnownSchool, ParsedRow, RowAssertion } from '../../intake/feed-format.ts';

/** What a roll says of a pupil's standing; the codes of both countries come down to these. */
export const ROLL_STATUSES = ['ENROLLED', 'MOVED', 'DISCHARGED', 'NOT_FOUND'] as const;
export type RollStatus = (typeof ROLL_STATUSES)[number];

export const ENROLMENT_TABLE: { readonly name: string; readonly columns: readonly (readonly [string, ColumnType])[] } = {
  name: 'school.enrolment',
  columns: [
    ['school_year', 'integer'],
    ['school_id', 'text'],
    ['ed_form', 'text'],
    ['basic_class', 'text'],
    ['status', 'text'],
    ['enrolled_on', 'date'],
    ['discharged_on', 'date'],
    ['discharge_reason', 'text'],
    ['mother_name', 'text'],
  ],
};

/** A row of either country's roll, read. */
export interface RollRow {
  readonly country: Country;
  readonly schoolYear: number;
  readonly school: KnownSchool & { readonly id: string };
  readonly id: NationalId | null;
  readonly givenName: string | null;
  readonly patronymic: string | null;
  readonly familyName: string | null;
  readonly birth: IsoDate | null;
  readonly sex: string | null;
  readonly edForm: string | null;
  readonly basicClass: string | null;
  readonly status: RollStatus;
  readonly enrolledOn: IsoDate | null;
  readonly dischargedOn: IsoDate | null;
  readonly reason: string | null;
  readonly motherName: string | null;
}

const CLAIM = { ENROLLED: 'ON_ROLL', MOVED: 'MOVED', DISCHARGED: 'DISCHARGED', NOT_FOUND: 'NOT_FOUND' } as const satisfies Record<
  RollStatus,
  string
>;

function assertionsOf(row: RollRow): RowAssertion[] {
  const date = row.status === 'ENROLLED' ? row.enrolledOn : (row.dischargedOn ?? row.enrolledOn);
  const said = { observedOn: row.dischargedOn ?? row.enrolledOn, schoolYear: row.schoolYear, grade: null };
  const list: RowAssertion[] = [
    { ...said, claim: CLAIM[row.status], date, detail: row.status === 'DISCHARGED' ? row.reason : row.school.id },
  ];
  if (row.birth) list.push({ ...said, claim: 'BORN', date: row.birth, detail: null });
  return list;
}

/** Record, feature and assertions of a roll row. The pupil's municipality is taken to be the school's. @throws RowRefused MISSING_NAME */
export function parsedRollRow(row: RollRow): ParsedRow {
  const parts = partsOf(row.birth);
  return {
    country: row.country,
    naturalKey: [
      String(row.schoolYear),
      row.school.id,
      ...childKey(row.id, [row.givenName, row.patronymic, row.familyName], row.birth ?? ''),
    ],
    values: [
      row.schoolYear,
      row.school.id,
      row.edForm,
      row.basicClass,
      row.status,
      row.enrolledOn,
      row.dischargedOn,
      row.reason,
      row.motherName,
    ],
    feature: {
      source: 'school',
      givenName: row.givenName,
      patronymic: row.patronymic,
      familyName: row.familyName,
      birthYear: parts.year,
      birthMonth: parts.month,
      birthDay: parts.day,
      sex: row.sex,
      settlement: row.school.settlement,
      settlementText: null,
      municipality: row.school.municipality,
      schoolId: row.school.id,
    },
    id: row.id,
    assertions: assertionsOf(row),
    guardians: row.motherName ? [{ relation: 'mother', name: row.motherName, id: null }] : [],
  };
}

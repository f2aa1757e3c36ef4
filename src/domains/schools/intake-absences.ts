import { daysInMonth, isoDate } from '../../kernel/dates.ts';
import {
  childKey,
  idType,
  knownSchool,
  nationalId,
  optionalCode,
  optionalInteger,
  optionalText,
  requiredInteger,
} from '../../intake/cells.ts';
import type { FeedFormat } from '../../intake/feed-format.ts';
import { RowRefused } from '../../intake/row-refused.ts';

/** Unexcused absences above which a family allowance is stopped: more than five hours for pupils, more than three days in pre-school (Family Allowances for Children Act, art. 7). */
export const ABSENCE_THRESHOLD = { hours: 5, days: 3 } as const;
const STATUSES = ['0', '1', '2'] as const;

type Cells = readonly [
  year: string,
  month: string,
  school: string,
  id: string,
  type: string,
  given: string,
  patronymic: string,
  family: string,
  hours: string,
  days: string,
  asp: string,
  mon: string,
  hoursCorrection: string,
  daysCorrection: string,
];

function codeNumber(cell: string, column: string): number | null {
  const code = optionalCode(cell, column, STATUSES);
  return code === null ? null : Number(code);
}

function monthNumber(cell: string): number {
  const month = requiredInteger(cell, 'Month', 0, 99);
  if (month < 1 || month > 12) throw new RowRefused('IMPOSSIBLE_DATE', 'Month', 'a month from 1 to 12');
  return month;
}

/** A month's unexcused absences, as schools report them for the session with the Social Assistance Agency. A correction replaces the count. */
export const absencesFormat: FeedFormat = {
  kind: 'absences',
  encoding: 'windows-1251',
  layout: 'pipe',
  columns: [
    'Year',
    'Month',
    'SchoolID',
    'IDNumber',
    'intIDType',
    'Name 1',
    'Name 2',
    'Name 3',
    'AbsenceCount',
    'DaysCount',
    'ASPStatus',
    'MONStatus',
    'AbsenceCorrection',
    'DaysCorrection',
  ],
  table: {
    name: 'school.absence_month',
    columns: [
      ['year', 'integer'],
      ['month', 'integer'],
      ['school_id', 'text'],
      ['hours', 'integer'],
      ['days', 'integer'],
      ['asp_status', 'integer'],
      ['mon_status', 'integer'],
      ['hours_correction', 'integer'],
      ['days_correction', 'integer'],
      ['hours_effective', 'integer'],
      ['days_effective', 'integer'],
      ['over_threshold', 'boolean'],
    ],
  },
  schoolsOf: 'BG',
  parse(cells, context) {
    const c = cells as Cells;
    const year = requiredInteger(c[0], 'Year', 1990, 2199);
    const month = monthNumber(c[1]);
    const school = knownSchool(c[2], 'SchoolID', 'BG', context);
    const id = nationalId(idType(c[4], 'intIDType'), c[3]);
    const [given, patronymic, family] = [optionalText(c[5]), optionalText(c[6]), optionalText(c[7])];
    const hours = optionalInteger(c[8], 'AbsenceCount', 0, 999);
    const days = optionalInteger(c[9], 'DaysCount', 0, 31);
    const hoursCorrection = optionalInteger(c[12], 'AbsenceCorrection', 0, 999);
    const daysCorrection = optionalInteger(c[13], 'DaysCorrection', 0, 31);
    const hoursEffective = hoursCorrection ?? hours;
    const daysEffective = daysCorrection ?? days;
    const over = (hoursEffective ?? 0) > ABSENCE_THRESHOLD.hours || (daysEffective ?? 0) > ABSENCE_THRESHOLD.days;
    return {
      country: 'BG',
      naturalKey: [String(year), String(month), school.id, ...childKey(id, [given, patronymic, family], '')],
      values: [
        year,
        month,
        school.id,
        hours,
        days,
        codeNumber(c[10], 'ASPStatus'),
        codeNumber(c[11], 'MONStatus'),
        hoursCorrection,
        daysCorrection,
        hoursEffective,
        daysEffective,
        over,
      ],
      feature: {
        source: 'school',
        givenName: given,
        patronymic,
        familyName: family,
        birthYear: null,
        birthMonth: null,
        birthDay: null,
        sex: null,
        settlement: school.settlement,
        settlementText: null,
        municipality: school.municipality,
        schoolId: school.id,
      },
      id,
      assertions: [
        {
          claim: 'ABSENT_HOURS',
          observedOn: isoDate(year, month, daysInMonth(year, month)),
          // A month's report is of the school year that has begun in its September.
          schoolYear: month >= 9 ? year : year - 1,
          date: null,
          detail: school.id,
          grade: null,
        },
      ],
      guardians: [],
    };
  },
};

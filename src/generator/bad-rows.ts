import type { FeedKind } from '../kernel/brands.ts';
import { type FeedLayout, headerOf, lineOf } from './feed-layouts.ts';
import { encodeWindows1251 } from './windows-1251.ts';
import { withWrongCheckDigit } from './wrong-id.ts';

/** `reject` must never become a record, `skip-or-reject` may also be passed over, `either` may go in with a warning. */
export type Expectation = 'reject' | 'skip-or-reject' | 'either';

/** A way in which a good row is spoilt. */
export interface BadRow {
  readonly code: string;
  readonly expect: Expectation;
  readonly reason: string;
  /** It is a row of some child still, not a line about nobody. */
  readonly ofChild: boolean;
  /** The spoilt line; null when this row cannot be spoilt so. */
  make(cells: readonly string[], layout: FeedLayout): string | Buffer | null;
}

const bad = (code: string, reason: string, make: BadRow['make'], expect: Expectation = 'reject', ofChild = true): BadRow => ({
  code,
  expect,
  reason,
  ofChild,
  make,
});
const put = (cells: readonly string[], layout: FeedLayout, column: string, value: string): string[] => {
  const at = layout.columns.indexOf(column);
  if (at < 0) throw new RangeError(`${layout.kind} has no column ${column}`);
  return cells.with(at, value);
};
const cell = (code: string, column: string, value: string, reason: string, expect: Expectation = 'reject'): BadRow =>
  bad(code, reason, (cells, layout) => lineOf(layout, put(cells, layout, column, value)), expect);

const fewer = (missing: number): BadRow =>
  bad('too-few-cells', `${missing} cells missing at the end of the row`, (cells, layout) => lineOf(layout, cells.slice(0, -missing)));
const EMPTY = bad('empty-line', 'an empty line', () => '', 'skip-or-reject', false);
const HEADER = bad(
  'duplicate-header',
  'the header line once more inside the file',
  (_, layout) => headerOf(layout),
  'skip-or-reject',
  false,
);
const nul = (column: string): BadRow =>
  bad('nul-byte', 'a NUL byte inside the row', (cells, layout) =>
    lineOf(layout, put(cells, layout, column, 'x\0y')).replace('\\u0000', '\0'),
  );

const MARK = '\uE000';
/** A row whose cell holds these bytes as they are. */
const bytesIn = (column: string, bytes: () => Buffer, reason: string): BadRow =>
  bad('wrong-encoding', reason, (cells, layout) => {
    const [before = '', after = ''] = lineOf(layout, put(cells, layout, column, MARK)).split(MARK);
    const encode = (text: string) => (layout.encoding === 'utf-8' ? Buffer.from(text) : encodeWindows1251(text));
    return Buffer.concat([encode(before), bytes(), encode(after)]);
  });
const cp1251In = (column: string): BadRow =>
  bytesIn(column, () => encodeWindows1251('Иванова'), 'a name in windows-1251 bytes inside a UTF-8 file (invalid UTF-8)');
const undefinedByteIn = (column: string): BadRow =>
  bytesIn(column, () => Buffer.from([0xc8, 0xe2, 0x98, 0xed]), 'byte 0x98, which windows-1251 does not define, in a name');
const utf8In = (column: string): BadRow =>
  bytesIn(column, () => Buffer.from('Илияна'), 'a name in UTF-8 bytes inside a windows-1251 file (holds byte 0x98)');

const wrongCheck = (idColumn: string, type: (cells: readonly string[], layout: FeedLayout) => string): BadRow =>
  bad(
    'invalid-checksum',
    `the check digit of ${idColumn} is wrong`,
    (cells, layout) => {
      const id = withWrongCheckDigit(Number(type(cells, layout)) as 0 | 1 | 3, cells[layout.columns.indexOf(idColumn)] ?? '');
      return id === null ? null : lineOf(layout, put(cells, layout, idColumn, id));
    },
    'either',
  );
const typeIn = (column: string) => (cells: readonly string[], layout: FeedLayout) => cells[layout.columns.indexOf(column)] ?? '';

/** Which bad rows a file of each kind holds. */
export const BAD_ROWS: Readonly<Record<FeedKind, readonly BadRow[]>> = {
  schools: [fewer(3)],
  population: [
    fewer(3),
    nul('given_name'),
    HEADER,
    fewer(1),
    EMPTY,
    cell('impossible-date', 'birth_date', '2014-02-30', 'birth_date is no date'),
    cp1251In('given_name'),
    cell('impossible-date', 'deceased_on', '2025-13-01', 'deceased_on is no date'),
  ],
  'school-roll': [
    fewer(2),
    cell('unknown-school', 'SchoolID', '9999999', 'the school id is in no list of schools'),
    wrongCheck('IDNumber', typeIn('intIDType')),
    cell('impossible-date', 'BirthDate', '2013-06-31', 'BirthDate is no date'),
    EMPTY,
    cell('unknown-code', 'Status', '7', 'Status 7 is in no code list'),
    utf8In('Name 3'),
    bad('too-many-cells', '2 cells too many', (cells, layout) => lineOf(layout, [...cells, '', ''])),
    HEADER,
    undefinedByteIn('Name 1'),
    nul('Name 1'),
    cell('impossible-date', 'EnrolledOn', '15.09.26', 'EnrolledOn is no date'),
  ],
  absences: [
    cell('not-a-number', 'AbsenceCount', 'пет', 'AbsenceCount is no number'),
    EMPTY,
    wrongCheck('IDNumber', typeIn('intIDType')),
    cell('unknown-school', 'SchoolID', '9999999', 'the school id is in no list of schools'),
    HEADER,
    cell('not-a-number', 'DaysCount', '-2', 'negative DaysCount'),
    fewer(4),
    cell('impossible-date', 'Month', '13', 'month 13'),
  ],
  assistance: [
    fewer(5),
    undefinedByteIn('Name 1'),
    wrongCheck('IDNumber', typeIn('intIDType')),
    cell('impossible-date', 'GrantedFrom', '2024-02-31', 'GrantedFrom is no date'),
    cell('not-a-number', 'Amount', '4,5,6', 'Amount is no number'),
    nul('Name 3'),
    EMPTY,
    cell('impossible-date', 'BirthDate', '2012-00-10', 'BirthDate is no date'),
  ],
  'foreign-aggregate': [
    cell('impossible-range', 'age_from', '19', 'age_from above age_to'),
    cell('not-a-number', 'count', '-3', 'negative count'),
    cell('unknown-school', 'school_id', '9999999', 'the school id is in no list of schools'),
  ],
  visits: [
    cell('unknown-code', 'evidenceGrade', 'F', 'evidenceGrade is in no code list'),
    bad('malformed-json', 'an array, not an object', () => '["visit"]', 'reject', false),
    EMPTY,
    nul('note'),
    cell('unknown-code', 'outcome', 'ABROAD_MAYBE', 'outcome is in no code list'),
    bad('missing-child', 'no child in the visit', (cells, layout) =>
      lineOf(
        layout,
        cells.map((value, i) => (i >= 5 && i <= 13 ? '' : value)),
      ),
    ),
    cp1251In('familyName'),
    cell('impossible-date', 'visitedOn', '2026-09-31', 'visitedOn is no date'),
    bad('malformed-json', 'the line breaks off', (cells, layout) => lineOf(layout, cells).slice(0, 90)),
  ],
  'siiir-roll': [
    cell('unknown-code', 'status', 'PLECAT', 'status PLECAT is in no code list'),
    HEADER,
    cell('impossible-date', 'data_nasterii', '2015-04-31', 'data_nasterii is no date'),
    cp1251In('prenume'),
    wrongCheck('cnp', () => '3'),
    cell('unknown-school', 'cod_unitate', '9999999999', 'the school id is in no list of schools'),
    EMPTY,
    nul('prenume'),
    fewer(4),
  ],
  'parents-abroad': [
    EMPTY,
    cell('unknown-settlement', 'siruta', '999999', 'the SIRUTA code is in no classifier', 'either'),
    fewer(6),
    nul('prenume'),
    cell('impossible-date', 'data_notificarii', '2026-02-30', 'data_notificarii is no date'),
    cp1251In('nume'),
  ],
};

/** Why a line was kept aside: the closed list that receipts and the quarantine use. */
export const ROW_CODES = {
  EMPTY_LINE: 'the line is empty',
  DUPLICATE_HEADER: 'the header line once more inside the file',
  LINE_TOO_LONG: 'the line is longer than 1 MiB; only its beginning is kept',
  NUL_BYTE: 'a NUL byte or escape inside the line',
  WRONG_ENCODING: 'bytes that the encoding of this kind does not allow',
  UNBALANCED_QUOTE: 'a quoted cell does not end where a cell may end',
  MALFORMED_QUOTE: 'a quotation mark inside a cell that is not quoted',
  TOO_FEW_CELLS: 'fewer cells than the kind has columns',
  TOO_MANY_CELLS: 'more cells than the kind has columns',
  MALFORMED_JSON: 'the line is not one JSON object of this kind',
  MISSING_CHILD: 'the row names no child',
  MISSING_NAME: 'neither a name nor an id is given',
  MISSING_KEY: 'a cell that identifies the row is empty',
  IMPOSSIBLE_DATE: 'there is no such day',
  IMPOSSIBLE_RANGE: 'the beginning lies after the end',
  NOT_A_NUMBER: 'not a number that this column can hold',
  UNKNOWN_CODE: 'the value is in no code list of this column',
  UNKNOWN_SCHOOL: 'the school is in no list of schools handed in so far',
} as const satisfies Record<string, string>;
export type RowCode = keyof typeof ROW_CODES;

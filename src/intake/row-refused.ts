import { ROW_CODES, type RowCode } from './row-codes.ts';

/** One line cannot become a record. The message names the column and what was expected there, never the value. */
export class RowRefused extends Error {
  readonly code: RowCode;
  constructor(code: RowCode, column?: string, expected?: string) {
    const what = expected ? `expected ${expected}` : ROW_CODES[code];
    super(column ? `${column}: ${what}` : what);
    this.name = 'RowRefused';
    this.code = code;
  }
}

import type { FeedKind } from '../kernel/brands.ts';
import type { RowCode } from './row-codes.ts';

/** One line kept aside. The message names the column and what was expected, never the value. */
export interface QuarantinedLine {
  readonly line: number;
  readonly code: RowCode;
  readonly message: string;
}

/** What became of one file: `accepted + unchanged + quarantined.length = rows`. */
export interface Receipt {
  readonly file: string;
  readonly kind: FeedKind;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Every line after the header; a quoted line break does not begin a new one. */
  readonly rows: number;
  readonly accepted: number;
  readonly unchanged: number;
  readonly quarantined: readonly QuarantinedLine[];
}

import type { ParsedRow } from './feed-format.ts';
import type { RowRefused } from './row-refused.ts';

/** A good line on its way to a record. */
export interface StagedRow {
  readonly line: number;
  readonly parsed: ParsedRow;
  readonly contentMac: Buffer;
  readonly occurrence: number;
  readonly naturalMac: Buffer;
}
/** A bad line on its way to the quarantine; the bytes are sealed already. */
export interface AsideRow {
  readonly line: number;
  readonly refused: RowRefused;
  readonly sealed: Buffer;
}
/** The place of a new record among the versions of its row. */
export interface Versioned extends StagedRow {
  readonly version: number;
  readonly previous: string | null;
}
export interface DeliveryIdentity {
  readonly deliveryId: string;
  readonly supplier: string;
  readonly fileName: string;
}

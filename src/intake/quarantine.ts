import type { Vault } from '../db/vault.ts';
import type { FeedKind } from '../kernel/brands.ts';
import type { IntakeDb } from './intake-db.ts';
import type { RowCode } from './row-codes.ts';

/** One line kept aside, opened for the operator who is to mend it. */
export interface QuarantinedRow {
  readonly deliveryId: string;
  readonly kind: FeedKind;
  readonly supplier: string;
  readonly file: string;
  readonly receivedAt: Date;
  readonly line: number;
  readonly code: RowCode;
  readonly message: string;
  /** The bytes as they came; of a line that was too long, its beginning. */
  readonly raw: Buffer;
}

export interface QuarantineFilter {
  readonly deliveryId?: string;
  readonly kind?: FeedKind;
  readonly file?: string;
  readonly supplier?: string;
  readonly code?: RowCode;
  /** At most this many, the newest deliveries first; 1,000 when not given. */
  readonly limit?: number;
}

/**
 * Reads lines back from the quarantine; for the local command line only: the bytes may hold a national id.
 * Under the role `intake`, since the role `operator` may read no sealed value.
 */
export async function readQuarantine(
  deps: { readonly db: IntakeDb; readonly vault: Vault },
  filter: QuarantineFilter = {},
): Promise<QuarantinedRow[]> {
  const { rows } = await deps.db.transaction('intake', (sql) =>
    sql.query<{
      delivery_id: string;
      kind: FeedKind;
      supplier: string;
      file_name: string;
      received_at: Date;
      line: number;
      code: RowCode;
      message: string;
      raw_enc: Buffer;
    }>(
      `select d.delivery_id, d.kind, d.supplier, d.file_name, d.received_at, q.line, q.code, q.message, q.raw_enc
       from hub.quarantined_row q join hub.delivery d using (delivery_id)
       where ($1::bigint is null or d.delivery_id = $1) and ($2::text is null or d.kind = $2) and ($3::text is null or d.file_name = $3)
         and ($4::text is null or d.supplier = $4) and ($5::text is null or q.code = $5)
       order by d.delivery_id desc, q.line limit $6`,
      [
        filter.deliveryId ?? null,
        filter.kind ?? null,
        filter.file ?? null,
        filter.supplier ?? null,
        filter.code ?? null,
        filter.limit ?? 1000,
      ],
    ),
  );
  return rows.map((row) => ({
    deliveryId: row.delivery_id,
    kind: row.kind,
    supplier: row.supplier,
    file: row.file_name,
    receivedAt: row.received_at,
    line: row.line,
    code: row.code,
    message: row.message,
    raw: deps.vault.open('quarantine', row.raw_enc),
  }));
}

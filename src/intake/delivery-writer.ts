import type { Sql } from '../db/sql.ts';
import type { Vault } from '../db/vault.ts';
import { arrayLiteral } from './array-literal.ts';
import type { FeedFormat } from './feed-format.ts';
import { type Insertion, insertionOf } from './insert-rows.ts';
import { RecordSet } from './record-set.ts';
import type { AsideRow, DeliveryIdentity, StagedRow, Versioned } from './staged-row.ts';

interface EarlierRecord {
  readonly record_id: string;
  readonly natural: string;
  readonly version: number;
  readonly line: number;
}
/**
 * Writes one delivery in batches of rows, each batch by a handful of statements over arrays; all inside the caller's transaction.
 *
 * A content that already stands as a current record of this kind and supplier is unchanged. A new content whose natural key stands in a record of an earlier delivery,
 * that no line of this delivery confirms, is the next version of that record; of several the one on the nearest line.
 */
export class DeliveryWriter {
  accepted = 0;
  unchanged = 0;
  readonly #sql: Sql;
  readonly #vault: Vault;
  readonly #format: FeedFormat;
  readonly #identity: DeliveryIdentity;
  readonly #confirmed = new RecordSet();
  /** Earlier records whose key came again with another content, and that no new record has replaced one for one. */
  readonly #left = new Set<string>();
  #hasEarlier = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(sql: Sql, vault: Vault, format: FeedFormat, identity: DeliveryIdentity) {
    this.#sql = sql;
    this.#vault = vault;
    this.#format = format;
    this.#identity = identity;
  }

  async begin(): Promise<void> {
    const { rows } = await this.#sql.query<{ found: boolean }>(
      'select exists (select 1 from hub.delivery where kind = $1 and supplier = $2 and delivery_id <> $3::bigint) as found',
      [this.#format.kind, this.#identity.supplier, this.#identity.deliveryId],
    );
    this.#hasEarlier = rows[0]?.found === true;
    // Statements that are used once a batch are not worth compiling.
    await this.#sql.query('set local jit = off');
  }

  /** Waits for the batch before this one, and begins to write this one. */
  async write(rows: readonly StagedRow[], aside: readonly AsideRow[]): Promise<void> {
    // With nothing to compare with, the statement is made while the batch before is still being written.
    const ready =
      this.#hasEarlier || rows.length === 0 ? null : this.#insertion(rows.map((row) => ({ ...row, version: 1, previous: null })));
    await this.#writing;
    this.#writing = this.#writeBatch(rows, ready).then(() => this.#writeAside(aside));
    // Its failure is met by the next `await`; until then it must not count as unhandled.
    this.#writing.catch(() => {});
  }

  #insertion(rows: readonly Versioned[]): Insertion {
    return insertionOf(this.#vault, this.#format, this.#identity, rows);
  }

  async #writeBatch(rows: readonly StagedRow[], ready: Insertion | null): Promise<void> {
    if (ready) {
      this.accepted += rows.length;
      await this.#sql.query(ready.text, ready.values);
      return;
    }
    if (rows.length === 0) return;
    const fresh = await this.#withoutUnchanged(rows);
    this.unchanged += rows.length - fresh.length;
    this.accepted += fresh.length;
    if (fresh.length === 0) return;
    const { text, values } = this.#insertion(await this.#versions(fresh));
    await this.#sql.query(text, values);
  }

  async #writeAside(rows: readonly AsideRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.#sql.query(
      `insert into hub.quarantined_row (delivery_id, line, code, message, raw_enc)
       select $1::bigint, * from unnest($2::integer[], $3::text[], $4::text[], $5::bytea[])`,
      [
        this.#identity.deliveryId,
        arrayLiteral(rows.map((row) => row.line)),
        arrayLiteral(rows.map((row) => row.refused.code)),
        arrayLiteral(rows.map((row) => row.refused.message)),
        arrayLiteral(rows.map((row) => row.sealed)),
      ],
    );
  }

  /** No statement of this transaction may run on behind its rollback. */
  async settle(): Promise<void> {
    await this.#writing.catch(() => {});
  }

  /** After the last batch: what was replaced without a successor of its own stands no longer. */
  async end(): Promise<void> {
    await this.#writing;
    const replaced = [...this.#left].filter((record) => !this.#confirmed.has(record));
    for (let i = 0; i < replaced.length; i += 5000) await this.#retire(replaced.slice(i, i + 5000));
  }

  async #withoutUnchanged(rows: readonly StagedRow[]): Promise<readonly StagedRow[]> {
    const found = await this.#sql.query<{ record_id: string; n: string }>(
      // `offset 0`, and nothing but the hash to search by: with stale statistics the planner takes any other condition for the better way in.
      `select r.record_id, t.n from unnest($1::bytea[], $2::integer[]) with ordinality as t (mac, occurrence, n) cross join lateral (
         select s.record_id from hub.source_record s
         where s.content_mac = t.mac and s.occurrence = t.occurrence and s.is_current offset 0) r`,
      [arrayLiteral(rows.map((row) => row.contentMac)), arrayLiteral(rows.map((row) => row.occurrence))],
    );
    const unchanged = new Set<number>();
    for (const { record_id, n } of found.rows) {
      unchanged.add(Number(n) - 1);
      this.#confirmed.add(record_id);
    }
    return rows.filter((_, i) => !unchanged.has(i));
  }

  async #versions(rows: readonly StagedRow[]): Promise<readonly Versioned[]> {
    const earlier = await this.#earlier(rows);
    const retired: string[] = [];
    const versioned = rows.map((row) => {
      const standing = earlier.get(row.naturalMac.toString('hex'));
      if (!standing || standing.length === 0) return { ...row, version: 1, previous: null };
      const nearest = standing.reduce((a, b) => (Math.abs(b.line - row.line) < Math.abs(a.line - row.line) ? b : a));
      standing.splice(standing.indexOf(nearest), 1);
      retired.push(nearest.record_id);
      return { ...row, version: nearest.version + 1, previous: nearest.record_id };
    });
    for (const record of retired) this.#left.delete(record);
    for (const standing of earlier.values()) for (const record of standing) this.#left.add(record.record_id);
    await this.#retire(retired);
    return versioned;
  }

  async #earlier(rows: readonly StagedRow[]): Promise<Map<string, EarlierRecord[]>> {
    const keys = new Map(rows.map((row) => [row.naturalMac.toString('hex'), row.naturalMac]));
    const { rows: found } = await this.#sql.query<EarlierRecord>(
      `select r.record_id, encode(t.mac, 'hex') as natural, r.version, r.line from unnest($1::bytea[]) as t (mac) cross join lateral (
         select s.record_id, s.version, s.line from hub.source_record s
         where s.natural_mac = t.mac and s.is_current and s.delivery_id <> $2::bigint offset 0) r order by r.line`,
      [arrayLiteral([...keys.values()]), this.#identity.deliveryId],
    );
    const earlier = new Map<string, EarlierRecord[]>();
    for (const record of found) {
      if (this.#confirmed.has(record.record_id)) continue;
      const list = earlier.get(record.natural);
      if (list) list.push(record);
      else earlier.set(record.natural, [record]);
    }
    return earlier;
  }

  async #retire(records: readonly string[]): Promise<void> {
    if (records.length === 0) return;
    const ids = arrayLiteral(records);
    const tables = [
      this.#format.table.name,
      'hub.link_feature',
      'hub.child_identifier',
      'hub.assertion',
      'hub.guardian_claim',
      'hub.source_record',
    ];
    // Table names come from the format, not from the file.
    for (const table of tables)
      await this.#sql.query(`update ${table} set is_current = false where record_id = any($1::bigint[]) and is_current`, [ids]);
  }
}

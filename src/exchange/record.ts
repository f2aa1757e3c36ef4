import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '../db/db.ts';
import type { Sql } from '../db/sql.ts';
import { HubError } from '../kernel/errors.ts';
import type { DecisionGroup } from './decision-log.ts';

/** What the ledger keeps of one request. Never a value; subjects are keyed hashes of children. */
export interface DisclosureEntry {
  disclosureId: string;
  decidedAt: Date;
  clientId: string;
  agencyId: string;
  agencyKind: string;
  actor: string | null;
  purpose: string;
  caseReference: string | null;
  legalBasis: string;
  instrument: string;
  operationHash: Buffer;
  operationName: string | null;
  policyHash: string;
  consentEpoch: string;
  subjects: readonly Buffer[];
  subjectGroup: readonly number[];
  groups: readonly DecisionGroup[];
  rowCount: number;
  reason: string | null;
}

const COLUMNS = [
  'disclosure_id',
  'month',
  'writer',
  'seq',
  'decided_at',
  'client_id',
  'agency_id',
  'agency_kind',
  'actor',
  'purpose',
  'case_reference',
  'legal_basis',
  'instrument',
  'operation_hash',
  'operation_name',
  'policy_hash',
  'consent_epoch',
  'subjects',
  'subject_group',
  'groups',
  'row_count',
  'reason',
] as const;
const MAX_BATCH = 64;
const texts = new Map<number, string>();
function insertText(entries: number): string {
  let text = texts.get(entries);
  if (!text) {
    const row = (n: number) => `(${COLUMNS.map((_, i) => `$${n * COLUMNS.length + i + 1}`).join(', ')})`;
    text = `insert into ledger.disclosure (${COLUMNS.join(', ')}) values ${Array.from({ length: entries }, (_, n) => row(n)).join(', ')}`;
    texts.set(entries, text);
  }
  return text;
}
const bytes = (list: readonly Buffer[]) => `{${list.map((each) => `"\\\\x${each.toString('hex')}"`).join(',')}}`;

function valuesOf(entry: DisclosureEntry, writer: string, seq: number): unknown[] {
  return [
    entry.disclosureId,
    `${entry.decidedAt.toISOString().slice(0, 7)}-01`,
    writer,
    seq,
    entry.decidedAt,
    entry.clientId,
    entry.agencyId,
    entry.agencyKind,
    entry.actor,
    entry.purpose,
    entry.caseReference,
    entry.legalBasis,
    entry.instrument,
    entry.operationHash,
    entry.operationName,
    entry.policyHash,
    entry.consentEpoch,
    bytes(entry.subjects),
    `{${entry.subjectGroup.join()}}`,
    JSON.stringify(entry.groups),
    entry.rowCount,
    entry.reason,
  ];
}

interface Waiting {
  entry: DisclosureEntry;
  done: () => void;
  failed: (error: unknown) => void;
}

/**
 * Writes disclosure entries by group commit: all requests that wait are one statement and one commit, so the disk is asked once for many.
 * An answer leaves only after its entry is durable; a crash between the two reports too much, never too little.
 */
export class Recorder {
  readonly #db: Db;
  readonly #writer: string;
  readonly #limitMs: number;
  #seq = 0;
  #waiting: Waiting[] = [];
  #running: Promise<void> | null = null;
  #month = '';

  /** @param writer this process's name in the ledger, never used twice. */
  constructor(db: Db, writer: string, limitMs = 5000) {
    this.#db = db;
    this.#writer = writer;
    this.#limitMs = limitMs;
  }

  /** Resolves when the entry is durable. @throws HubError LEDGER_UNAVAILABLE when it is not within the limit. */
  async record(entry: DisclosureEntry): Promise<void> {
    const timer = new AbortController();
    const written = new Promise<void>((done, failed) => {
      this.#waiting.push({ entry, done, failed });
    });
    this.#running ??= this.#drain();
    const late = pause(this.#limitMs, undefined, { signal: timer.signal, ref: false }).then(() => {
      throw new HubError('LEDGER_UNAVAILABLE');
    });
    late.catch(() => undefined);
    try {
      await Promise.race([written, late]);
    } catch (error) {
      throw new HubError('LEDGER_UNAVAILABLE', undefined, { cause: error });
    } finally {
      timer.abort();
    }
  }

  /** Writes an entry inside a mutation's own transaction, under the ledger's role. */
  async recordWithin(sql: (text: string, values: readonly unknown[]) => Promise<unknown>, entry: DisclosureEntry): Promise<void> {
    try {
      await this.#ensureMonth(entry);
      await sql(insertText(1), valuesOf(entry, this.#writer, this.#next()));
    } catch (error) {
      throw new HubError('LEDGER_UNAVAILABLE', undefined, { cause: error });
    }
  }

  #next(): number {
    this.#seq += 1;
    return this.#seq;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MAX_BATCH);
      try {
        for (const { entry } of batch) await this.#ensureMonth(entry);
        await this.#db.transaction('ledger', (sql) => this.#insert(sql, batch));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#running = null;
  }

  async #insert(sql: Sql, batch: readonly Waiting[]): Promise<void> {
    await sql.query(
      insertText(batch.length),
      batch.flatMap(({ entry }) => valuesOf(entry, this.#writer, this.#next())),
    );
  }

  async #ensureMonth(entry: DisclosureEntry): Promise<void> {
    const day = entry.decidedAt.toISOString().slice(0, 10);
    if (day.slice(0, 7) === this.#month) return;
    await this.#db.transaction('ledger', (sql) => sql.query('select ledger.ensure_partition($1::date)', [day]));
    this.#month = day.slice(0, 7);
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.#running;
  }
}

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { Sql } from '../db/sql.ts';
import type { Vault } from '../db/vault.ts';
import type { Country, FeedKind } from '../kernel/brands.ts';
import { HubError } from '../kernel/errors.ts';
import { checkFile, SAMPLE_BYTES } from './check-file.ts';
import { DeliveryWriter } from './delivery-writer.ts';
import type { FeedFormat, RowContext } from './feed-format.ts';
import type { IntakeDb } from './intake-db.ts';
import { KeyedHash } from './keyed-hash.ts';
import { loadKnownPlaces } from './known-places.ts';
import { LineSplitter } from './line-splitter.ts';
import { OccurrenceCounter } from './occurrence-counter.ts';
import type { QuarantinedLine, Receipt } from './receipt.ts';
import { RowIntake } from './row-intake.ts';
import type { AsideRow, StagedRow } from './staged-row.ts';

/** Lines a batch: as many as die young. Larger batches are no faster here, and each doubling costs some 40 MB. */
const BATCH_ROWS = 128;
/** A receipt names each line kept aside; a file with more of them than this is not of its kind. */
export const MAX_QUARANTINED = 1_000_000;

export interface ImportDeps {
  readonly db: IntakeDb;
  readonly vault: Vault;
  readonly formats: Readonly<Record<FeedKind, FeedFormat>>;
}
export interface ImportProgress {
  readonly bytes: number;
  readonly rows: number;
}
export interface ImportRequest {
  readonly kind: FeedKind;
  /** The agency that hands the file in: rows are compared with what the same supplier handed in before. */
  readonly supplier: string;
  readonly clientId: string | null;
  /** The supplier's country, for rows that do not say by themselves. */
  readonly country?: Country;
  /** Called at least once a second, and at the end. */
  readonly onProgress?: (progress: ImportProgress) => void;
}

class FeedImport {
  readonly #deps: ImportDeps;
  readonly #request: ImportRequest & { readonly fileName: string };
  readonly #format: FeedFormat;
  readonly #hash = createHash('sha256');
  readonly #quarantined: QuarantinedLine[] = [];
  /** Messages are few and their lines may be many. */
  readonly #messages = new Map<string, string>();
  readonly #occurrences = new OccurrenceCounter();
  #staged: StagedRow[] = [];
  #aside: AsideRow[] = [];
  #bytes = 0;
  #rows = 0;

  constructor(deps: ImportDeps, request: ImportRequest & { readonly fileName: string }) {
    this.#deps = deps;
    this.#request = request;
    this.#format = deps.formats[request.kind];
  }

  async run(chunks: AsyncIterator<Buffer>): Promise<Receipt> {
    const head: Buffer[] = [];
    let size = 0;
    let complete = false;
    while (size < SAMPLE_BYTES && !complete) {
      const next = await chunks.next();
      if (next.done) complete = true;
      else {
        head.push(next.value);
        size += next.value.length;
      }
    }
    const { country } = checkFile(Buffer.concat(head), complete, this.#format, Object.values(this.#deps.formats));
    const timer = setInterval(() => this.#progress(), 500);
    try {
      const receipt = await this.#deps.db.transaction('intake', (sql) =>
        this.#within(sql, this.#request.country ?? country, head, complete ? null : chunks),
      );
      this.#progress();
      return receipt;
    } finally {
      clearInterval(timer);
    }
  }

  #progress(): void {
    this.#request.onProgress?.({ bytes: this.#bytes, rows: this.#rows });
  }

  async #within(sql: Sql, country: Country | null, head: readonly Buffer[], rest: AsyncIterator<Buffer> | null): Promise<Receipt> {
    const { kind, supplier, clientId, fileName } = this.#request;
    // Two files of one kind and supplier at a time would each take the other's rows for new.
    await sql.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`intake/${kind}/${supplier}`]);
    const made = await sql.query<{ delivery_id: string }>(
      `insert into hub.delivery (kind, supplier, client_id, file_name, sha256) values ($1, $2, $3, $4, '') returning delivery_id`,
      [kind, supplier, clientId, fileName],
    );
    const deliveryId = made.rows[0]?.delivery_id as string;
    const writer = new DeliveryWriter(sql, this.#deps.vault, this.#format, { deliveryId, supplier, fileName });
    await writer.begin();
    const intake = this.#intake({ ...(await loadKnownPlaces(sql)), country });
    await this.#readAll(intake, writer, head, rest);
    await writer.end();
    const sha256 = this.#hash.digest();
    const counts = [this.#rows, writer.accepted, writer.unchanged, this.#quarantined.length];
    await sql.query(
      'update hub.delivery set sha256 = $2, rows = $3, accepted = $4, unchanged = $5, quarantined = $6 where delivery_id = $1',
      [deliveryId, sha256, ...counts],
    );
    const { accepted, unchanged } = writer;
    this.#quarantined.sort((a, b) => a.line - b.line);
    return { file: fileName, kind, sha256: sha256.toString('hex'), rows: this.#rows, accepted, unchanged, quarantined: this.#quarantined };
  }

  #intake(context: RowContext): RowIntake {
    const vault = this.#deps.vault;
    const content = new KeyedHash(vault, 'content');
    const natural = new KeyedHash(vault, 'natural');
    // Kind and supplier are part of what is hashed: a hash alone finds a row among those it may be compared with.
    const whose = `${this.#format.kind}\0${this.#request.supplier}\0`;
    return new RowIntake(this.#format, context, {
      good: (line, cells, parsed) => {
        this.#rows += 1;
        // Cells hold no NUL, so that joining them with it tells any two rows apart.
        const contentMac = content.of(`${whose}${cells.join('\0')}`);
        const naturalMac = natural.of(`${whose}${parsed.naturalKey.join('\0')}`);
        this.#staged.push({ line, parsed, contentMac, occurrence: this.#occurrences.next(contentMac), naturalMac });
      },
      bad: (line, raw, refused) => {
        this.#rows += 1;
        if (this.#quarantined.length >= MAX_QUARANTINED)
          throw new HubError(
            'FEED_REFUSED',
            `more than ${MAX_QUARANTINED} lines cannot be read as ${this.#format.kind}. Nothing was taken in.`,
          );
        const message = this.#messages.get(refused.message) ?? refused.message;
        if (this.#messages.size < 1000) this.#messages.set(message, message);
        this.#quarantined.push({ line, code: refused.code, message });
        this.#aside.push({ line, refused, sealed: vault.seal('quarantine', raw) });
      },
    });
  }

  async #readAll(intake: RowIntake, writer: DeliveryWriter, head: readonly Buffer[], rest: AsyncIterator<Buffer> | null): Promise<void> {
    const splitter = new LineSplitter();
    const flush = async () => {
      const [staged, aside] = [this.#staged, this.#aside];
      this.#staged = [];
      this.#aside = [];
      await writer.write(staged, aside);
    };
    const take = async (chunk: Buffer) => {
      this.#bytes += chunk.length;
      this.#hash.update(chunk);
      for (const line of splitter.push(chunk)) {
        intake.push(line);
        if (this.#staged.length + this.#aside.length >= BATCH_ROWS) await flush();
      }
    };
    try {
      for (const chunk of head) await take(chunk);
      for (let next = await rest?.next(); next && !next.done; next = await rest?.next()) await take(next.value);
      for (const line of splitter.end()) intake.push(line);
      intake.end();
      await flush();
    } finally {
      await writer.settle();
    }
  }
}

async function* buffers(stream: AsyncIterable<Uint8Array | string>): AsyncGenerator<Buffer> {
  for await (const chunk of stream)
    yield typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

/**
 * Takes in one file as it arrives, in one transaction under the role `intake`: all of it or, when anything fails on the way, nothing.
 * Memory does not grow with the file. Bad lines are kept aside, sealed; the good ones go in.
 * @throws HubError FEED_REFUSED when the file as a whole is in another encoding or is not of its kind.
 */
export async function importStream(
  deps: ImportDeps,
  request: ImportRequest & { readonly fileName: string; readonly stream: AsyncIterable<Uint8Array | string> },
): Promise<Receipt> {
  const chunks = buffers(request.stream);
  try {
    return await new FeedImport(deps, request).run(chunks);
  } finally {
    await chunks.return(undefined).catch(() => {});
  }
}

/** Takes in one file from disk; `fileName` is the last part of its path unless another is given. @throws HubError FEED_REFUSED; Error when the file cannot be read */
export function importFile(
  deps: ImportDeps,
  request: ImportRequest & { readonly path: string; readonly fileName?: string },
): Promise<Receipt> {
  const stream = createReadStream(request.path, { highWaterMark: 1 << 18 });
  return importStream(deps, { ...request, fileName: request.fileName ?? basename(request.path), stream });
}

import { decodeLine } from './decode-line.ts';
import type { FeedFormat } from './feed-format.ts';
import { jsonCells } from './json-cells.ts';
import type { RawLine } from './line-splitter.ts';
import { QuotedCells } from './quoted-cells.ts';
import type { RowCode } from './row-codes.ts';
import { RowRefused } from './row-refused.ts';

/** Where rows go. Every line handed in after the header ends in exactly one of the two, or is a further line of a quoted cell. */
export interface RowSink {
  /** `raw` is a view: use or copy it at once. */
  row(line: number, cells: readonly string[], raw: Buffer): void;
  refuse(line: number, raw: Buffer, refused: RowRefused): void;
}

/** An open quotation mark is given up after so many lines or bytes: it must not swallow the rest of the file. */
export const MAX_QUOTED_LINES = 20;
export const MAX_QUOTED_BYTES = 65_536;
const NEWLINE = Buffer.from('\n');
const UTF8_BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** The line without a UTF-8 byte order mark. */
export function withoutMark(bytes: Buffer): Buffer {
  return bytes.subarray(0, 3).equals(UTF8_BOM) ? bytes.subarray(3) : bytes;
}

/** Makes rows of lines: decoding, cells, header repeated, empty lines, quoted line breaks. Pure but for what it holds of an open quotation. */
export class RowReader {
  readonly #format: FeedFormat;
  readonly #sink: RowSink;
  readonly #header: string | null;
  #first = true;
  #pending: RawLine[] = [];
  #pendingBytes = 0;
  #quoted: QuotedCells | null = null;

  constructor(format: FeedFormat, sink: RowSink) {
    this.#format = format;
    this.#sink = sink;
    this.#header = format.layout === 'ndjson' ? null : format.columns.join(format.layout === 'csv' ? ',' : '|');
  }

  push(line: RawLine): void {
    if (this.#first) {
      this.#first = false;
      // The header itself is checked on the sample, before anything is read.
      if (this.#header !== null) return;
      line = { ...line, bytes: withoutMark(line.bytes) };
    }
    this.#take(line);
  }

  end(): void {
    while (this.#pending.length > 0) this.#giveUp();
  }

  #refuse(line: RawLine, code: RowCode): void {
    this.#sink.refuse(line.number, line.bytes, new RowRefused(code));
  }

  #take(line: RawLine): void {
    if (this.#quoted) {
      this.#continueQuoted(line, this.#quoted);
      return;
    }
    const text = this.#text(line);
    if (text === null) return;
    if (this.#format.layout === 'ndjson') this.#json(line, text);
    else if (this.#format.layout === 'pipe') this.#cells(line, text.split('|'));
    else if (text.includes('"')) this.#continueQuoted(line, new QuotedCells(), text);
    else this.#cells(line, text.split(','));
  }

  /** The text of a line that may begin a row; null when it was refused. */
  #text(line: RawLine): string | null {
    const text = line.tooLong || line.bytes.includes(0) ? null : decodeLine(line.bytes, this.#format.encoding);
    let code: RowCode;
    if (line.tooLong) code = 'LINE_TOO_LONG';
    else if (line.bytes.includes(0)) code = 'NUL_BYTE';
    else if (text === null) code = 'WRONG_ENCODING';
    else if (text.trim() === '') code = 'EMPTY_LINE';
    else if (text === this.#header) code = 'DUPLICATE_HEADER';
    else return text;
    this.#refuse(line, code);
    return null;
  }

  #continueQuoted(line: RawLine, quoted: QuotedCells, known?: string): void {
    const text = known ?? (line.tooLong || line.bytes.includes(0) ? null : decodeLine(line.bytes, this.#format.encoding));
    const state = text === null ? 'malformed' : quoted.push(text);
    const first = this.#pending[0];
    if (state === 'complete' && (!first || quoted.cells.length === this.#format.columns.length)) {
      const raw = first ? Buffer.concat([...this.#pending, line].flatMap(({ bytes }) => [bytes, NEWLINE])) : line.bytes;
      this.#forget();
      this.#cells(first ?? line, quoted.cells, raw);
    } else if (state === 'malformed' && !first) {
      this.#refuse(line, text?.includes(',"') || text?.startsWith('"') ? 'UNBALANCED_QUOTE' : 'MALFORMED_QUOTE');
    } else {
      this.#quoted = quoted;
      // A copy: what is pending outlives its chunk.
      this.#pending.push({ ...line, bytes: Buffer.from(line.bytes) });
      this.#pendingBytes += line.bytes.length;
      const exhausted = this.#pending.length > MAX_QUOTED_LINES || this.#pendingBytes > MAX_QUOTED_BYTES;
      if (state !== 'open' || exhausted || quoted.cells.length > this.#format.columns.length) this.#giveUp();
    }
  }

  #forget(): void {
    this.#quoted = null;
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  /** The first pending line is kept aside; those after it are read again, each as a line of its own. */
  #giveUp(): void {
    const [first, ...rest] = this.#pending;
    this.#forget();
    if (first) this.#refuse(first, 'UNBALANCED_QUOTE');
    for (const line of rest) this.#take(line);
  }

  #cells(line: RawLine, cells: readonly string[], raw = line.bytes): void {
    const wanted = this.#format.columns.length;
    if (cells.length === wanted) {
      this.#sink.row(line.number, cells, raw);
      return;
    }
    const code = cells.length < wanted ? 'TOO_FEW_CELLS' : 'TOO_MANY_CELLS';
    this.#sink.refuse(line.number, raw, new RowRefused(code, undefined, `${wanted} cells, found ${cells.length}`));
  }

  #json(line: RawLine, text: string): void {
    try {
      this.#sink.row(line.number, jsonCells(text, this.#format), line.bytes);
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error;
      this.#sink.refuse(line.number, line.bytes, error);
    }
  }
}

/** One physical line without its line end. */
export interface RawLine {
  /** Counted from 1. */
  readonly number: number;
  /** For a line that is too long: its beginning. */
  readonly bytes: Buffer;
  readonly tooLong: boolean;
}

export const MAX_LINE_BYTES = 1 << 20;
/** How much of a line that is too long is kept. */
export const KEPT_OF_TOO_LONG = 4096;

/** Cuts a stream of bytes at LF or CRLF. Holds at most one line of 1 MiB; of a longer one only the beginning. */
export class LineSplitter {
  #number = 0;
  #parts: Buffer[] = [];
  #held = 0;
  #tooLong = false;

  #line(tail: Buffer): RawLine {
    const total = this.#held + tail.length;
    let bytes = this.#parts.length === 0 ? tail : Buffer.concat([...this.#parts, tail]);
    let tooLong = this.#tooLong;
    if (!tooLong && total > MAX_LINE_BYTES) tooLong = true;
    if (tooLong) bytes = Buffer.from(bytes.subarray(0, KEPT_OF_TOO_LONG));
    else if (bytes.length > 0 && bytes[bytes.length - 1] === 0x0d) bytes = bytes.subarray(0, -1);
    this.#parts = [];
    this.#held = 0;
    this.#tooLong = false;
    this.#number += 1;
    return { number: this.#number, bytes, tooLong };
  }

  #hold(rest: Buffer): void {
    if (this.#tooLong || rest.length === 0) return;
    // A chunk may be reused by its stream; what outlives it is copied.
    this.#parts.push(Buffer.from(rest));
    this.#held += rest.length;
    if (this.#parts.length >= 64) this.#parts = [Buffer.concat(this.#parts)];
    if (this.#held > MAX_LINE_BYTES) {
      this.#parts = [Buffer.from(Buffer.concat(this.#parts).subarray(0, KEPT_OF_TOO_LONG))];
      this.#held = KEPT_OF_TOO_LONG;
      this.#tooLong = true;
    }
  }

  /** The lines that end in this chunk. Their bytes are views of it: use or copy them before the next chunk. */
  *push(chunk: Buffer): Generator<RawLine> {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, from)) {
      yield this.#line(chunk.subarray(from, end));
      from = end + 1;
    }
    this.#hold(chunk.subarray(from));
  }

  /** A last line without a line end. */
  *end(): Generator<RawLine> {
    if (this.#held > 0) yield this.#line(Buffer.alloc(0));
  }
}

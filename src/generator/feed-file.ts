import { closeSync, openSync, writeSync } from 'node:fs';
import { encodeWindows1251 } from './windows-1251.ts';

const CHUNK = 1 << 18;

/** A text file that is written line by line in one encoding; counts its lines. */
export class FeedFile {
  readonly name: string;
  lines = 0;
  readonly #handle: number;
  readonly #encode: (text: string) => Buffer;
  readonly #end: string;
  #text: string[] = [];
  #held = 0;

  /** @param path must not exist yet. */
  constructor(path: string, name: string, encoding: 'utf-8' | 'windows-1251', end: '\r\n' | '\n') {
    this.name = name;
    this.#handle = openSync(path, 'wx');
    this.#encode = encoding === 'utf-8' ? (text) => Buffer.from(text, 'utf8') : encodeWindows1251;
    this.#end = end;
  }

  /** Writes one line, given as text or as bytes that are no text of this encoding. Returns its number, counted from 1. */
  write(line: string | Buffer): number {
    if (typeof line === 'string') {
      this.#text.push(line);
      this.#held += line.length + 2;
      if (this.#held > CHUNK) this.#flush();
    } else {
      this.#flush();
      writeAll(this.#handle, Buffer.concat([line, Buffer.from(this.#end)]));
    }
    this.lines += 1;
    return this.lines;
  }

  #flush(): void {
    if (this.#text.length === 0) return;
    writeAll(this.#handle, this.#encode(this.#text.join(this.#end) + this.#end));
    this.#text = [];
    this.#held = 0;
  }

  close(): void {
    this.#flush();
    closeSync(this.#handle);
  }
}

function writeAll(handle: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
}

import { join } from 'node:path';
import { type BadRow, BAD_ROWS } from './bad-rows.ts';
import type { Child } from './child.ts';
import { FeedFile } from './feed-file.ts';
import { type FeedLayout, headerOf, lineOf } from './feed-layouts.ts';
import type { Random } from './random.ts';
import type { Truth } from './truth.ts';

/** Rows of one family must not stand together in a file: so many wait and are written in a drawn order. */
const WAITING = 1000;

export interface Row {
  readonly cells: readonly string[];
  /** Null: a row about no child (schools, aggregates). */
  readonly child: Child | null;
  readonly errors: readonly string[];
  readonly flags: readonly string[];
}

// Rows hold their child and its family, too much to keep while they wait.
interface WaitingLine {
  readonly line: string | Buffer;
  /** The truth of a record; null where the line is none. */
  readonly record: { readonly about: string; readonly errors: readonly string[] } | null;
  readonly bad: BadRow | null;
  /** Whom a bad row was copied from. */
  readonly copiedFrom: string;
}

/** Writes one feed, in a drawn order, with bad rows planted, and tells the truth of each line. */
export class FeedWriter {
  readonly layout: FeedLayout;
  readonly #file: FeedFile;
  readonly #truth: Truth;
  readonly #random: Random;
  readonly #bad: BadRow[];
  readonly #shuffled: boolean;
  readonly #waiting: WaitingLine[] = [];
  #untilBad: number;
  #good = 0;
  #badWritten = 0;

  /** @param badKinds how many of the kind's bad rows are planted; `shuffled` false keeps the order of writing. */
  constructor(folder: string, name: string, layout: FeedLayout, truth: Truth, random: Random, badKinds: number, shuffled = true) {
    this.layout = layout;
    this.#file = new FeedFile(join(folder, name), name, layout.encoding, layout.separator === 'json' ? '\n' : '\r\n');
    this.#truth = truth;
    this.#random = random;
    this.#bad = BAD_ROWS[layout.kind].slice(0, badKinds);
    this.#untilBad = random.between(3, 12);
    this.#shuffled = shuffled;
    const header = headerOf(layout);
    if (header !== null) this.#file.write(header);
  }

  /** Writes a row, and now and then a spoilt copy of it. Returns how many of them are records of the child. */
  write(row: Row): number {
    const about = row.child ? aboutOf(row.child, row.flags) : null;
    this.#push({
      line: lineOf(this.layout, row.cells),
      record: about === null ? null : { about, errors: row.errors },
      bad: null,
      copiedFrom: '',
    });
    this.#untilBad -= 1;
    const bad = this.#untilBad <= 0 ? this.#bad[0] : undefined;
    const line = bad?.make(row.cells, this.layout) ?? null;
    if (!bad || line === null) return 1;
    this.#bad.shift();
    this.#untilBad = this.#random.between(4, 60);
    const isRecord = bad.expect === 'either' && about !== null;
    this.#push({
      line,
      record: isRecord ? { about, errors: [...row.errors, bad.code] } : null,
      bad,
      copiedFrom: bad.ofChild ? (row.child?.ref ?? '') : '',
    });
    return isRecord ? 2 : 1;
  }

  #push(line: WaitingLine): void {
    if (!this.#shuffled) this.#emit(line);
    else if (this.#waiting.length < WAITING) this.#waiting.push(line);
    else {
      const at = this.#random.below(WAITING);
      this.#emit(this.#waiting[at] as WaitingLine);
      this.#waiting[at] = line;
    }
  }

  #emit({ line, record, bad, copiedFrom }: WaitingLine): void {
    const number = this.#file.write(line);
    if (bad) this.#truth.badRow(this.#file.name, number, this.layout.kind, bad, copiedFrom);
    if (bad) this.#badWritten += 1;
    else this.#good += 1;
    if (record) this.#truth.record(this.#file.name, number, this.layout.kind, record.about, record.errors);
  }

  close(): void {
    for (let left = this.#waiting.length; left > 0; left -= 1) {
      const at = this.#random.below(left);
      this.#emit(this.#waiting[at] as WaitingLine);
      this.#waiting[at] = this.#waiting[left - 1] as WaitingLine;
    }
    this.#waiting.length = 0;
    this.#file.close();
    this.#truth.file(this.#file.name, this.layout.kind, {
      lines: this.#file.lines - (headerOf(this.layout) === null ? 0 : 1),
      good: this.#good,
      bad: this.#badWritten,
    });
  }
}

/** The columns child, household, twin and flags of a record's truth. */
const aboutOf = (child: Child, flags: readonly string[]): string =>
  `${child.ref},${child.household.ref},${child.twin ? 1 : 0},${[...child.flags, ...flags].join(' ')}`;

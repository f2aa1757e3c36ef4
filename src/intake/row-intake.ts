import type { FeedFormat, ParsedRow, RowContext } from './feed-format.ts';
import type { RawLine } from './line-splitter.ts';
import { RowReader } from './row-reader.ts';
import { RowRefused } from './row-refused.ts';

/** What each line of a file comes to. */
export interface LineOutcome {
  good(line: number, cells: readonly string[], parsed: ParsedRow): void;
  bad(line: number, raw: Buffer, refused: RowRefused): void;
}

/** Reads lines of one kind into parsed rows and refusals. No I/O. */
export class RowIntake {
  readonly #format: FeedFormat;
  readonly #context: RowContext;
  readonly #outcome: LineOutcome;
  readonly #reader: RowReader;
  #listChecked = false;

  constructor(format: FeedFormat, context: RowContext, outcome: LineOutcome) {
    this.#format = format;
    this.#context = context;
    this.#outcome = outcome;
    this.#reader = new RowReader(format, {
      row: (line, cells, raw) => this.#row(line, cells, raw),
      refuse: (line, raw, refused) => outcome.bad(line, raw, refused),
    });
  }

  push(line: RawLine): void {
    this.#reader.push(line);
  }

  end(): void {
    this.#reader.end();
  }

  #row(line: number, cells: readonly string[], raw: Buffer): void {
    let parsed: ParsedRow;
    try {
      parsed = this.#format.parse(cells, this.#context);
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error;
      this.#outcome.bad(line, raw, this.#explained(error));
      return;
    }
    this.#outcome.good(line, cells, parsed);
  }

  #hasList(): boolean {
    const country = this.#format.schoolsOf;
    for (const school of this.#context.schools.values()) if (!country || school.country === country) return true;
    return false;
  }

  /** Without a list of the country's schools each row of a roll is refused: said once, so that the supplier knows what to do. */
  #explained(refused: RowRefused): RowRefused {
    if (refused.code !== 'UNKNOWN_SCHOOL' || this.#listChecked) return refused;
    this.#listChecked = true;
    if (this.#hasList()) return refused;
    return new RowRefused(
      'UNKNOWN_SCHOOL',
      undefined,
      'a list of schools, and none has been handed in yet: hand in `schools` first, then this file again',
    );
  }
}

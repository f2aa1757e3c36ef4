import { checkFile, SAMPLE_BYTES } from '../../src/intake/check-file.ts';
import type { FeedFormat, KnownSchool, ParsedRow, RowContext } from '../../src/intake/feed-format.ts';
import { placesOf } from '../../src/intake/known-places.ts';
import { LineSplitter } from '../../src/intake/line-splitter.ts';
import type { RowCode } from '../../src/intake/row-codes.ts';
import { RowIntake } from '../../src/intake/row-intake.ts';
import { FORMATS } from './formats.ts';

export interface ReadBytes {
  readonly good: { readonly line: number; readonly cells: readonly string[]; readonly parsed: ParsedRow }[];
  readonly bad: { readonly line: number; readonly code: RowCode; readonly message: string; readonly raw: Buffer }[];
}

/** A whole file read as the importer reads it, without a database; cut into chunks of the given sizes, in turn. */
export function readBytes(
  bytes: Buffer,
  format: FeedFormat,
  schools: Iterable<readonly [string, KnownSchool]> = [],
  cuts: readonly number[] = [65_536],
): ReadBytes {
  const { country } = checkFile(bytes.subarray(0, SAMPLE_BYTES), bytes.length <= SAMPLE_BYTES, format, Object.values(FORMATS));
  const context: RowContext = { ...placesOf(schools), country };
  const read: ReadBytes = { good: [], bad: [] };
  const intake = new RowIntake(format, context, {
    good: (line, cells, parsed) => read.good.push({ line, cells, parsed }),
    bad: (line, raw, { code, message }) => read.bad.push({ line, code, message, raw: Buffer.from(raw) }),
  });
  const splitter = new LineSplitter();
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = Math.max(1, cuts[turn % cuts.length] ?? 65_536);
    for (const line of splitter.push(Buffer.from(bytes.subarray(at, at + size)))) intake.push(line);
    at += size;
  }
  for (const line of splitter.end()) intake.push(line);
  intake.end();
  return read;
}

/** The schools that a list of schools gives, as later files know them. */
export function schoolsOf(list: ReadBytes): [string, KnownSchool][] {
  return list.good.map(({ parsed }) => {
    const [id, , settlement, municipality, district] = parsed.values as (string | null)[];
    return [
      id as string,
      { country: parsed.country, settlement: settlement ?? null, municipality: municipality ?? null, district: district ?? null },
    ];
  });
}

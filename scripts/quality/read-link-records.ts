import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFile, SAMPLE_BYTES } from '../../src/intake/check-file.ts';
import type { KnownSchool, ParsedRow } from '../../src/intake/feed-format.ts';
import { placesOf } from '../../src/intake/known-places.ts';
import { LineSplitter } from '../../src/intake/line-splitter.ts';
import { RowIntake } from '../../src/intake/row-intake.ts';
import type { FeedKind } from '../../src/kernel/brands.ts';
import type { NationalId } from '../../src/kernel/national-id.ts';
import type { LinkRecord } from '../../src/linkage/engine.ts';
import { QUALITY_FORMATS } from './feed-formats.ts';

/** The records of a place as linkage sees them. */
export interface ReadPlace {
  /** Named `<kind>:<file>:<line>`. */
  readonly records: readonly LinkRecord[];
  /** The row of each record, for looking at. */
  readonly rows: ReadonlyMap<string, string>;
}
interface Row {
  readonly line: number;
  readonly cells: readonly string[];
  readonly parsed: ParsedRow;
}

function readRows(path: string, kind: FeedKind, schools: Iterable<readonly [string, KnownSchool]>): Row[] {
  const bytes = readFileSync(path);
  const format = QUALITY_FORMATS[kind];
  const { country } = checkFile(bytes.subarray(0, SAMPLE_BYTES), bytes.length <= SAMPLE_BYTES, format, Object.values(QUALITY_FORMATS));
  const rows: Row[] = [];
  const intake = new RowIntake(
    format,
    { ...placesOf(schools), country },
    { good: (line, cells, parsed) => void rows.push({ line, cells, parsed }), bad: () => {} },
  );
  const splitter = new LineSplitter();
  for (const line of splitter.push(bytes)) intake.push(line);
  for (const line of splitter.end()) intake.push(line);
  intake.end();
  return rows;
}

function schoolsOf(rows: readonly Row[]): [string, KnownSchool][] {
  return rows.map(({ parsed }) => {
    const [id, , settlement, municipality, district] = parsed.values as (string | null)[];
    const school = {
      country: parsed.country,
      settlement: settlement ?? null,
      municipality: municipality ?? null,
      district: district ?? null,
    };
    return [id as string, school];
  });
}

const mac = (id: NationalId | null | undefined): string | null =>
  id ? createHmac('sha256', 'measuring').update(`${id.scheme}:${id.digits}`).digest('hex') : null;

function recordOf(record: string, kind: FeedKind, { feature, id, guardians, country, values }: ParsedRow): LinkRecord | null {
  if (!feature) return null;
  const { birthYear: year, birthMonth: month, birthDay: day, ...rest } = feature;
  const guardian = (relation: string): string | null => {
    const found = guardians.find((one) => one.relation === relation)?.id;
    return found?.valid ? mac(found) : null;
  };
  const columns = QUALITY_FORMATS[kind].table.columns;
  return {
    ...rest,
    record,
    kind,
    country,
    ids: id ? [{ scheme: id.scheme, mac: mac(id) as string, valid: id.valid }] : [],
    birth: year === null ? null : { year, month, day },
    addresses: columns.flatMap(([column], i) => (column.endsWith('address') ? ((values[i] as string | null) ?? []) : [])),
    motherName: guardians.find(({ relation }) => relation === 'mother')?.name ?? null,
    motherMac: guardian('mother'),
    fatherMac: guardian('father'),
    guardianMac: guardian('guardian') ?? guardian('carer'),
  };
}

/** Reads the files of a place without a database. `files` in the order in which they must come in, lists of schools first. */
export function readLinkRecords(directory: string, files: readonly { readonly file: string; readonly kind: FeedKind }[]): ReadPlace {
  const schools: [string, KnownSchool][] = [];
  const records: LinkRecord[] = [];
  const rows = new Map<string, string>();
  for (const { file, kind } of files) {
    const read = readRows(join(directory, file), kind, schools);
    if (kind === 'schools') schools.push(...schoolsOf(read));
    for (const { line, cells, parsed } of read) {
      const record = recordOf(`${kind}:${file}:${line}`, kind, parsed);
      if (!record) continue;
      records.push(record);
      rows.set(record.record, cells.join('|'));
    }
  }
  return { records, rows };
}

import { createHmac } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { checkFile, SAMPLE_BYTES } from '../../src/intake/check-file.ts';
import type { KnownSchool, ParsedRow } from '../../src/intake/feed-format.ts';
import { placesOf } from '../../src/intake/known-places.ts';
import { LineSplitter } from '../../src/intake/line-splitter.ts';
import { RowIntake } from '../../src/intake/row-intake.ts';
import type { FeedKind } from '../../src/kernel/brands.ts';
import type { NationalId } from '../../src/kernel/national-id.ts';
import { nationalIdCorrections } from '../../src/kernel/national-id-corrections.ts';
import { statedByNationalId } from '../../src/kernel/national-id-stated.ts';
import type { LinkId, LinkRecord } from '../../src/linkage/engine.ts';
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

const CHUNK = 1 << 20;

/** Reads the good rows of a file, which may be larger than memory. */
function eachRow(path: string, kind: FeedKind, schools: Iterable<readonly [string, KnownSchool]>, onRow: (row: Row) => void): void {
  const format = QUALITY_FORMATS[kind];
  const file = openSync(path, 'r');
  try {
    const sample = Buffer.alloc(SAMPLE_BYTES);
    const sampled = readSync(file, sample, 0, SAMPLE_BYTES, 0);
    const whole = sampled === fstatSync(file).size;
    const { country } = checkFile(sample.subarray(0, sampled), whole, format, Object.values(QUALITY_FORMATS));
    const intake = new RowIntake(
      format,
      { ...placesOf(schools), country },
      { good: (line, cells, parsed) => onRow({ line, cells, parsed }), bad: () => {} },
    );
    const splitter = new LineSplitter();
    const chunk = Buffer.alloc(CHUNK);
    for (let at = 0, read = 1; read > 0; at += read) {
      read = readSync(file, chunk, 0, CHUNK, at);
      for (const line of splitter.push(chunk.subarray(0, read))) intake.push(line);
    }
    for (const line of splitter.end()) intake.push(line);
    intake.end();
  } finally {
    closeSync(file);
  }
}

function schoolOf({ parsed }: Row): [string, KnownSchool] {
  const [id, , settlement, municipality, district] = parsed.values as (string | null)[];
  const school = {
    country: parsed.country,
    settlement: settlement ?? null,
    municipality: municipality ?? null,
    district: district ?? null,
  };
  return [id as string, school];
}

const mac = ({ scheme, digits }: Pick<NationalId, 'scheme' | 'digits'>): string =>
  createHmac('sha256', 'measuring').update(`${scheme}:${digits}`).digest('hex');
const linkId = (id: NationalId): LinkId => ({
  scheme: id.scheme,
  mac: mac(id),
  valid: id.valid,
  ...statedByNationalId(id),
  corrections: nationalIdCorrections(id.scheme, id.digits).map((digits) => mac({ scheme: id.scheme, digits })),
});

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
    ids: id ? [linkId(id)] : [],
    birth: year === null ? null : { year, month, day },
    addresses: columns.flatMap(([column], i) => (column.endsWith('address') ? ((values[i] as string | null) ?? []) : [])),
    motherName: guardians.find(({ relation }) => relation === 'mother')?.name ?? null,
    motherMac: guardian('mother'),
    fatherMac: guardian('father'),
    guardianMac: guardian('guardian') ?? guardian('carer'),
  };
}

type Files = readonly { readonly file: string; readonly kind: FeedKind }[];

/** Reads the files of a place without a database, one record at a time. `files` in the order in which they must come in, lists of schools first. */
export function eachLinkRecord(directory: string, files: Files, onRecord: (record: LinkRecord, cells: readonly string[]) => void): void {
  const schools: [string, KnownSchool][] = [];
  for (const { file, kind } of files) {
    eachRow(join(directory, file), kind, kind === 'schools' ? [] : schools, (row) => {
      if (kind === 'schools') schools.push(schoolOf(row));
      const record = recordOf(`${kind}:${file}:${row.line}`, kind, row.parsed);
      if (record) onRecord(record, row.cells);
    });
  }
}

/** The same, all in memory. */
export function readLinkRecords(directory: string, files: Files): ReadPlace {
  const records: LinkRecord[] = [];
  const rows = new Map<string, string>();
  eachLinkRecord(directory, files, (record, cells) => {
    records.push(record);
    rows.set(record.record, cells.join('|'));
  });
  return { records, rows };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { CoverageStatus } from '../../src/coverage/status.ts';
import type { FeedKind } from '../../src/kernel/brands.ts';
import type { BadRow } from './bad-rows.ts';
import type { TrueChild, TrueRecord } from './score.ts';

export interface Truth {
  readonly records: readonly TrueRecord[];
  readonly children: readonly TrueChild[];
  readonly badRows: readonly BadRow[];
  /** The files in the order in which they must come in, lists of schools first. */
  readonly files: readonly { readonly file: string; readonly kind: FeedKind; readonly dataLines: number }[];
}

const ORDER: readonly FeedKind[] = [
  'schools',
  'population',
  'school-roll',
  'siiir-roll',
  'absences',
  'assistance',
  'parents-abroad',
  'foreign-aggregate',
  'visits',
];

/** Reads `<directory>/truth/`. @throws when a file is missing. */
export function readTruth(directory: string): Truth {
  const table = (name: string): Record<string, string>[] =>
    parse(readFileSync(join(directory, 'truth', name)), { columns: true, bom: true });
  return {
    records: table('records.csv').map((row) => ({
      record: row.record ?? '',
      kind: row.kind ?? '',
      child: row.child ?? '',
      flags: words(row.flags),
      errors: words(row.errors),
    })),
    children: table('children.csv').map((row) => ({
      child: row.child ?? '',
      accepted: [...words(row.expected_status), ...words(row.also_acceptable)] as CoverageStatus[],
      detail: row.detail ?? '',
    })),
    badRows: table('bad-rows.csv').map((row) => ({
      file: row.file ?? '',
      line: Number(row.line),
      code: row.code ?? '',
      expect: row.expect as BadRow['expect'],
    })),
    files: readFiles(directory),
  };
}

/** The feeds of a place in the order in which they must come in, lists of schools first. */
export function readFiles(directory: string): Truth['files'] {
  const counts = JSON.parse(readFileSync(join(directory, 'truth', 'counts.json'), 'utf8')) as {
    files: Record<string, { kind: FeedKind; dataLines: number }>;
  };
  return Object.entries(counts.files)
    .map(([file, { kind, dataLines }]) => ({ file, kind, dataLines }))
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (a.file < b.file ? -1 : 1));
}

const words = (cell: string | undefined): string[] => (cell ?? '').split(/[\s;|]+/).filter((word) => word !== '');

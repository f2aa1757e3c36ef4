import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readLines } from '../speed/read-lines.ts';

/** Whose a record truly is, and what was planted in it. */
export interface TrueRecord {
  readonly child: string;
  readonly household: string;
  readonly twin: boolean;
  readonly flags: readonly string[];
  readonly errors: readonly string[];
}

const words = (cell: string | undefined): string[] => (cell ?? '').split(/[\s;|]+/).filter((word) => word !== '');

/** `truth/records.csv` of a place, by record name `<kind>:<file>:<line>`. */
export function readTrueRecords(directory: string): ReadonlyMap<string, TrueRecord> {
  const rows = parse(readFileSync(join(directory, 'truth', 'records.csv')), { columns: true, bom: true }) as Record<string, string>[];
  return new Map(
    rows.map(({ record = '', child = '', household = '', twin, flags, errors }) => [
      record,
      { child, household, twin: twin === '1', flags: words(flags), errors: words(errors) },
    ]),
  );
}

/** Whose a line is, in numbers: those in the names of children and households. */
export interface TrueLine {
  readonly child: number;
  readonly household: number;
  readonly twin: boolean;
}
const numberIn = (ref: string): number => Number(/\d+$/.exec(ref)?.[0] ?? Number.NaN);

/** The same for a place of a million lines, as a question by record name: a few bytes a line. */
export function readTrueLines(directory: string): (record: string) => TrueLine | null {
  const indices = new Map<string, number>();
  const numbers: number[] = [];
  let header = true;
  for (const line of readLines(join(directory, 'truth', 'records.csv'))) {
    if (header) {
      header = false;
      continue;
    }
    const [record = '', , , , child = '', household = '', twin] = line.split(',');
    indices.set(record, numbers.length);
    numbers.push(numberIn(child), numberIn(household) * 2 + Number(twin === '1'));
  }
  return (record) => {
    const at = indices.get(record);
    if (at === undefined) return null;
    const [child, home] = [numbers[at] as number, numbers[at + 1] as number];
    return { child, household: home >> 1, twin: home % 2 === 1 };
  };
}

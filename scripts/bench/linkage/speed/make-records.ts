/**
 * A process of its own: `make-records <folder> <records> <seed>` draws feeds of both countries by the product's own generator, reads them as intake does,
 * and writes as many records as asked, with their truth.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from '../../../../src/generator/generate.ts';
import { eachLinkRecord } from '../../../quality/read-link-records.ts';
import { readFiles } from '../../../quality/read-truth.ts';
import { readTrueLines } from '../sets/true-records.ts';
import { LineWriter } from './line-writer.ts';
import { lineOfRecord } from './record-line.ts';
import { speedFiles, writeNumbers } from './speed-files.ts';

/** A child has about 2.6 records; so many fewer are drawn that there are always enough. */
const RECORDS_PER_CHILD = 2.4;

export interface MadeRecords {
  readonly records: number;
  readonly children: number;
}

/** Drops records evenly, so that all files of both countries stay in the same shares. */
export async function makeRecords(folder: string, wanted: number, seed: number): Promise<MadeRecords> {
  const out = join(folder, 'feeds');
  const made = await generate({ children: Math.max(100, Math.ceil(wanted / RECORDS_PER_CHILD)), seed, country: 'both', out });
  const all = made.reduce((sum, { records }) => sum + records, 0);
  const files = speedFiles(folder);
  const writer = new LineWriter(files.records);
  const [child, household, twin] = [new Int32Array(all), new Int32Array(all), new Int32Array(all)];
  let [read, kept] = [0, 0];
  const share = Math.min(1, wanted / all);
  made.forEach(({ folder: place }, country) => {
    const truth = readTrueLines(place);
    eachLinkRecord(place, readFiles(place), (record) => {
      const true_ = truth(record.record);
      read += 1;
      if (!true_ || Math.floor(read * share) === Math.floor((read - 1) * share)) return;
      // Odd numbers for one country, even ones for the other.
      child[kept] = true_.child * 2 + country;
      household[kept] = true_.household * 2 + country;
      twin[kept] = Number(true_.twin);
      writer.write(lineOfRecord({ ...record, record: String(kept + 1) }));
      kept += 1;
    });
  });
  writer.close();
  writeNumbers(files.child, child.subarray(0, kept));
  writeNumbers(files.household, household.subarray(0, kept));
  writeNumbers(files.twin, twin.subarray(0, kept));
  rmSync(out, { recursive: true, force: true });
  return { records: kept, children: new Set(child.subarray(0, kept)).size };
}

if (import.meta.main) {
  const [folder = '', records, seed] = process.argv.slice(2);
  console.log(JSON.stringify(await makeRecords(folder, Number(records), Number(seed))));
}

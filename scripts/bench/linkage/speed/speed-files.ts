import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a speed run, in one folder. */
export const speedFiles = (folder: string) => ({
  records: join(folder, 'records.tsv'),
  child: join(folder, 'true-child.i32'),
  household: join(folder, 'true-household.i32'),
  twin: join(folder, 'true-twin.i32'),
  auto: join(folder, 'auto.i32'),
  likely: join(folder, 'likely.i32'),
  /** Two numbers of records per pair. */
  review: join(folder, 'review.i32'),
  model: join(folder, 'model.json'),
  rivalColumns: join(folder, 'rival.tsv'),
  rivalShape: join(folder, 'rival.json'),
});

/** In the byte order of this machine. */
export const writeNumbers = (path: string, numbers: Int32Array): void =>
  writeFileSync(path, new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
export function readNumbers(path: string): Int32Array {
  const bytes = readFileSync(path);
  return new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

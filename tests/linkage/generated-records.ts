import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLinkRecords } from '../../scripts/quality/read-link-records.ts';
import { readFiles } from '../../scripts/quality/read-truth.ts';
import { generate } from '../../src/generator/generate.ts';
import type { LinkRecord } from '../../src/linkage/engine.ts';

/** Records of generated children of both countries, numbered in the order in which their feeds come in. */
export async function generatedRecords(children: number, seed: number): Promise<LinkRecord[]> {
  const home = mkdtempSync(join(tmpdir(), 'obhvat-records-'));
  try {
    await generate({ children, seed, country: 'both', out: join(home, 'place') });
    const records = ['bg', 'ro'].flatMap((country) => {
      const folder = join(home, 'place', country);
      return readLinkRecords(folder, readFiles(folder)).records;
    });
    return records.map((record, i) => ({ ...record, record: String(i + 1) }));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * A process of its own: `link-file <folder>` links the records of a file, everything included: reading, normalising, learning, blocking, scoring, clustering;
 * it writes the clusters for others to judge, and prints its times and its peak memory.
 */
import { writeFileSync } from 'node:fs';
import { childSchema } from '../../../../src/linkage/child-schema.ts';
import type { LinkRecord } from '../../../../src/linkage/engine.ts';
import { type Linkage, linkAll } from '../../../../src/linkage/link-all.ts';
import { readLines } from './read-lines.ts';
import { recordOfLine } from './record-line.ts';
import { speedFiles, writeNumbers } from './speed-files.ts';

export interface LinkedFile {
  /** From the first byte read to the last cluster, and by stage. */
  readonly seconds: number;
  readonly stages: Readonly<Record<string, number>>;
  readonly records: number;
  readonly pairs: number;
  /** Peak resident memory of the process, bytes. */
  readonly peak: number;
  readonly estimate: Linkage['estimate'];
}

function* recordsOf(path: string): Generator<LinkRecord> {
  for (const line of readLines(path)) yield recordOfLine(line);
}

async function linkFile(folder: string): Promise<LinkedFile> {
  const files = speedFiles(folder);
  const started = performance.now();
  const linkage = await linkAll<LinkRecord>(childSchema, recordsOf(files.records), {
    threads: 2,
    onProgress: (stage, done) => void process.stderr.write(`${stage}: ${done}\n`),
  });
  const seconds = (performance.now() - started) / 1000;
  const peak = process.resourceUsage().maxRSS * 1024;
  // Worked out when asked for: the product does without.
  const { auto, likely, review, estimate, figures, model } = linkage;
  writeNumbers(files.auto, auto);
  writeNumbers(files.likely, likely);
  writeNumbers(files.review, Int32Array.from(review.flatMap(({ a, b }) => [a, b])));
  writeFileSync(files.model, JSON.stringify(model));
  return {
    seconds,
    stages: figures.seconds,
    records: figures.records,
    pairs: figures.pairs,
    peak,
    estimate: { auto: estimate.auto, likely: estimate.likely },
  };
}

console.log(JSON.stringify(await linkFile(process.argv[2] ?? '')));

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figuresOf } from '../measure-set.ts';
import { median } from '../metrics/median.ts';
import { type Line, linesOf } from '../report.ts';
import type { LinkedFile } from './link-file.ts';
import type { MadeRecords } from './make-records.ts';
import type { RivalFile } from './rival-file.ts';
import { runProcess } from './run-process.ts';
import { readNumbers, speedFiles } from './speed-files.ts';
import { SELF_KNOWLEDGE, type Target } from '../sets/bench-set.ts';

export interface SpeedOptions {
  readonly records: number;
  readonly seed?: number;
  /** How often each of the two is run; the median counts. */
  readonly runs?: number;
  onLine(line: Line): void;
  onSkipped(what: string): void;
  onProgress(text: string): void;
}

const MILLION = 1_000_000;
const GB = 1e9;
/** Of a linking process: short-lived strings die young in a large nursery. */
const LINK_ARGS = ['--max-semi-space-size=32'];

const medianOf = <T>(runs: readonly T[], value: (run: T) => number): number => median(runs.map(value));
/** The median of each stage by itself. */
const stagesOf = (runs: readonly { readonly stages: Readonly<Record<string, number>> }[]): [string, number][] =>
  Object.keys(runs[0]?.stages ?? {}).map((stage) => [stage, medianOf(runs, ({ stages }) => stages[stage] ?? 0)]);

async function hasRival(): Promise<boolean> {
  try {
    await import('@duckdb/node-api');
    return true;
  } catch {
    return false;
  }
}

/** Links the records of the product's own generator from a file, in processes with clean heaps, and lets DuckDB do the same pairs in turn; nothing stays on disk. */
export async function measureSpeed(options: SpeedOptions): Promise<void> {
  const { records, seed = 1, runs = 3, onProgress } = options;
  const folder = mkdtempSync(join(tmpdir(), 'obhvat-link-bench-'));
  try {
    onProgress(`drawing ${records} records`);
    const made = await runProcess<MadeRecords>('make-records', [folder, String(records), String(seed)]);
    const rival = await hasRival();
    if (!rival) options.onSkipped('the rival: @duckdb/node-api is not installed');
    const [ours, theirs]: [LinkedFile[], RivalFile[]] = [[], []];
    // In turn, so that what else the machine does falls on both.
    for (let run = 1; run <= runs; run += 1) {
      onProgress(`linking ${made.records} records, run ${run} of ${runs}`);
      ours.push(await runProcess<LinkedFile>('link-file', [folder], { nodeArgs: LINK_ARGS, onProgress }));
      if (!rival) continue;
      if (run === 1) await runProcess('rival-columns', [folder]);
      onProgress(`the rival, run ${run} of ${runs}`);
      theirs.push(await runProcess<RivalFile>('rival-file', [folder]));
    }
    for (const line of linesOf(`own generator, ${made.records}`, figures(folder, ours, theirs), targets(made.records, rival)))
      options.onLine(line);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Times and memory are promised for a million records; for fewer they are shown only. */
const targets = (records: number, rival: boolean): Target[] => [
  ...(records >= MILLION
    ? [
        { figure: 'seconds', most: 15 },
        { figure: 'peak memory, GB', most: 1.5 },
      ]
    : []),
  ...(rival && records >= MILLION ? [{ figure: 'DuckDB seconds / ours', least: 1 }] : []),
  { figure: 'auto: precision', least: 0.9999 },
  { figure: 'auto: recall', least: 0.985 },
  SELF_KNOWLEDGE,
];

function figures(folder: string, ours: readonly LinkedFile[], theirs: readonly RivalFile[]): ReadonlyMap<string, number> {
  const files = speedFiles(folder);
  const [truth, household, twin] = [readNumbers(files.child), readNumbers(files.household), readNumbers(files.twin)];
  const asked = readNumbers(files.review);
  const review = Array.from({ length: asked.length / 2 }, (_, i) => ({ a: asked[2 * i] as number, b: asked[2 * i + 1] as number }));
  const { estimate, pairs } = ours[0] as LinkedFile;
  const seconds = medianOf(ours, (run) => run.seconds);
  const quality = figuresOf(
    { truth, source: null, homes: { household, twin }, subgroups: new Map() },
    { auto: readNumbers(files.auto), likely: readNumbers(files.likely), review, estimate, figures: { pairs } },
    seconds,
  );
  const rivalSeconds = theirs.length > 0 ? medianOf(theirs, (run) => run.seconds) : null;
  const made: [string, number][] = [
    ...stagesOf(ours).map(([stage, time]): [string, number] => [`seconds: ${stage}`, time]),
    ['peak memory, GB', medianOf(ours, ({ peak }) => peak) / GB],
    ...(rivalSeconds === null ? [] : rivalFigures(theirs, rivalSeconds, seconds)),
  ];
  return new Map([...quality, ...made]);
}

const rivalFigures = (theirs: readonly RivalFile[], rivalSeconds: number, seconds: number): [string, number][] => [
  ['DuckDB candidate pairs', theirs[0]?.pairs ?? 0],
  ['DuckDB seconds', rivalSeconds],
  ...stagesOf(theirs).map(([stage, time]): [string, number] => [`DuckDB seconds: ${stage}`, time]),
  ['DuckDB peak memory, GB', medianOf(theirs, ({ peak }) => peak) / GB],
  ['DuckDB seconds / ours', rivalSeconds / seconds],
];

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ModelRefused } from '../../../src/linkage/model-refused.ts';
import { measureRefusal } from './measure-refusal.ts';
import { measureSet } from './measure-set.ts';
import { type Line, linesOf } from './report.ts';
import type { BenchSet } from './sets/bench-set.ts';
import { collapseSets } from './sets/collapse.ts';
import { febrlSets } from './sets/febrl.ts';
import { feedsSet } from './sets/feeds.ts';
import { fake1000, historical } from './sets/other-public.ts';
import { measureSpeed } from './speed/measure-speed.ts';

export interface LinkBenchOptions {
  /** Folder with `linkage/` and `feeds/`. */
  readonly data: string;
  /** Records of the speed run; 0: none. */
  readonly records: number;
  /** Only sets whose name contains this. */
  readonly only?: string;
  onLine(line: Line): void;
  onSkipped(what: string): void;
  onProgress(text: string): void;
}
export interface LinkBenchResult {
  readonly missed: number;
  readonly skipped: number;
}

// Loaded one after the other: no set stays in memory while the next is measured.
function allSets(data: string): (() => BenchSet<never>)[] {
  const [linkage, feeds] = [join(data, 'linkage'), join(data, 'feeds')];
  const { febrl1, febrl2, febrl3, febrl4, febrl4names } = febrlSets(linkage);
  const sets: (readonly [string, (() => BenchSet<never>) | undefined])[] = [
    [linkage, febrl1 as never],
    [linkage, febrl2 as never],
    [linkage, febrl3 as never],
    [linkage, febrl4 as never],
    [linkage, febrl4names as never],
    [linkage, (() => fake1000(linkage)) as never],
    [linkage, (() => historical(linkage)) as never],
    ...['sofia', 'iasi'].map((place) => [join(feeds, place), (() => feedsSet(`feeds ${place}`, join(feeds, place))) as never] as const),
  ];
  return sets.flatMap(([folder, read]) => (read && existsSync(folder) ? [read] : []));
}

/** Measures the engine on sets with a known truth, on sets that must be refused, and for speed; none of them shows the truth to the engine. */
export async function linkBench(options: LinkBenchOptions): Promise<LinkBenchResult> {
  const { records, only = '' } = options;
  const data = resolve(options.data);
  let [missed, skipped] = [0, 0];
  const tell = (line: Line): void => {
    if (line.met === false) missed += 1;
    options.onLine(line);
  };
  const skip = (what: string): void => {
    skipped += 1;
    options.onSkipped(what);
  };
  for (const folder of ['linkage', 'feeds'].map((name) => join(data, name))) if (!existsSync(folder)) skip(`${folder} is not there`);
  for (const read of allSets(data)) {
    const set = read();
    if (!set.name.includes(only)) continue;
    options.onProgress(`${set.name}: ${set.records.length} records`);
    try {
      for (const line of linesOf(set.name, await measureSet(set), set.targets)) tell(line);
    } catch (error) {
      if (!(error instanceof ModelRefused)) throw error;
      tell({ set: set.name, figure: 'learning', target: 'accepted', measured: error.message, met: false });
    }
  }
  for (const set of collapseSets()) if (set.name.includes(only)) tell(await measureRefusal(set));
  if (records > 0 && 'own generator'.includes(only))
    await measureSpeed({ records, onLine: tell, onSkipped: skip, onProgress: options.onProgress });
  return { missed, skipped };
}

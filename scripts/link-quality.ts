/**
 * Links the feeds of places with truth, without a database and without looking at the truth, and then compares:
 * `node scripts/link-quality.ts ../shared/data/feeds/sofia [--show]`. `--show` prints the rows behind each false link and each part that was lost.
 */
import { deterministicEngine } from '../src/linkage/deterministic-engine.ts';
import { readTrueLinks, scoreLinks } from './quality/link-score.ts';
import { readLinkRecords } from './quality/read-link-records.ts';
import { readTruth } from './quality/read-truth.ts';

/** Planted, but no hindrance by themselves. */
const HARMLESS = /:(?:duplicate|patronymic-missing|no-diacritics|settlement-homonym)$/;

function tally(names: readonly string[]): string {
  return [...Map.groupBy(names, (name) => name)]
    .sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
    .map(([name, all]) => `  ${String(all.length).padStart(5)}  ${name}`)
    .join('\n');
}

function measure(directory: string, show: boolean): void {
  const { records, rows } = readLinkRecords(directory, readTruth(directory).files);
  const truth = readTrueLinks(directory);
  const started = performance.now();
  const clusters = deterministicEngine.cluster(records, { cannotLink: [] });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const score = scoreLinks(clusters, truth);
  const causes = score.lost.map(({ errors }) => errors.filter((error) => !HARMLESS.test(error)).join(' + ') || 'nothing planted');
  console.log(`${directory}: ${records.length} records, ${clusters.length} clusters, ${seconds} s`);
  console.log(
    `pairwise precision ${score.precision.toFixed(5)} (${score.falsePairs} false), recall ${score.recall.toFixed(5)} (${score.missedPairs} missed)`,
  );
  console.log(`parts lost ${score.lost.length}; clusters that hold a twin and another child of its household ${score.twinsLinked}`);
  console.log(`rules:\n${tally(clusters.flatMap(({ links }) => links.map(({ rule }) => rule)))}`);
  console.log(`false links by rule:\n${tally(score.falseLinks.map(({ rule }) => rule))}`);
  console.log(`parts lost, by planted errors:\n${tally(causes)}`);
  if (!show) return;
  const row = (record: string): string => `${record} ${truth.get(record)?.child ?? '?'} ${rows.get(record) ?? ''}`;
  for (const { a, b, rule, because } of score.falseLinks) console.log(`\nFALSE ${rule} [${because.join(', ')}]\n  ${row(a)}\n  ${row(b)}`);
  for (const { child, part, main } of score.lost)
    console.log(`\nLOST ${child}\n  ${part.map(row).join('\n  ')}\n but\n  ${main.map(row).join('\n  ')}`);
}

for (const directory of process.argv.slice(2).filter((argument) => !argument.startsWith('--')))
  measure(directory, process.argv.includes('--show'));

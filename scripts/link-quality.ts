/**
 * Links the feeds of places with truth, without a database and without looking at the truth, and then compares:
 * `node scripts/link-quality.ts ../shared/data/feeds/sofia [--show]`. `--show` prints the rows behind each false link and each part that was lost.
 */
import { childSchema } from '../src/linkage/child-schema.ts';
import type { Cluster } from '../src/linkage/engine.ts';
import { type Linkage, linkAll } from '../src/linkage/link-all.ts';
import { membersOf } from './bench/linkage/metrics/labels.ts';
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

/** The clusters of the auto band, with the edges that made them: their weight in bits, and the level of each field. */
function clustersOf({ auto, tree, edges, model, levelsOf }: Linkage, names: readonly string[]): Cluster[] {
  const name = (i: number | undefined): string => names[i as number] as string;
  const links = Map.groupBy(tree, (edge) => auto[edges.a[edge] as number] as number);
  return membersOf(auto).map((records) => ({
    records: records.map(name),
    links: (links.get(auto[records[0] as number] as number) ?? []).map((edge) => ({
      a: name(edges.a[edge]),
      b: name(edges.b[edge]),
      rule: `${Math.floor((edges.weight[edge] as number) / 5) * 5} bits`,
      because: [...levelsOf(edge)].flatMap((level, f) => {
        const field = model.fields[f];
        const at = Number.parseInt(level, 36);
        return field && at > 0 ? [`${field.name}:${field.levels[at - 1]}`] : [];
      }),
    })),
  }));
}

async function measure(directory: string, show: boolean): Promise<void> {
  const { records, rows } = readLinkRecords(directory, readTruth(directory).files);
  const truth = readTrueLinks(directory);
  const started = performance.now();
  const linkage = await linkAll(childSchema, records);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const clusters = clustersOf(
    linkage,
    records.map(({ record }) => record),
  );
  const score = scoreLinks(clusters, truth);
  const causes = score.lost.map(({ errors }) => errors.filter((error) => !HARMLESS.test(error)).join(' + ') || 'nothing planted');
  console.log(
    `${directory}: ${records.length} records, ${clusters.length} clusters, ${linkage.review.length} pairs for review, ${seconds} s`,
  );
  console.log(
    `pairwise precision ${score.precision.toFixed(5)} (${score.falsePairs} false), recall ${score.recall.toFixed(5)} (${score.missedPairs} missed)`,
  );
  console.log(`parts lost ${score.lost.length}; clusters that hold a twin and another child of its household ${score.twinsLinked}`);
  console.log(`links by weight:\n${tally(clusters.flatMap(({ links }) => links.map(({ rule }) => rule)))}`);
  console.log(`for review:\n${tally(linkage.review.map(({ reason }) => reason))}`);
  console.log(`parts lost, by planted errors:\n${tally(causes)}`);
  if (!show) return;
  const row = (record: string): string => `${record} ${truth.get(record)?.child ?? '?'} ${rows.get(record) ?? ''}`;
  for (const { a, b, rule, because } of score.falseLinks) console.log(`\nFALSE ${rule} [${because.join(', ')}]\n  ${row(a)}\n  ${row(b)}`);
  for (const { child, part, main } of score.lost)
    console.log(`\nLOST ${child}\n  ${part.map(row).join('\n  ')}\n but\n  ${main.map(row).join('\n  ')}`);
}

for (const directory of process.argv.slice(2).filter((argument) => !argument.startsWith('--')))
  await measure(directory, process.argv.includes('--show'));

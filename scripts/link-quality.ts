/** Links the feeds of a place without a database and without looking at the truth, then compares: `node scripts/link-quality.ts ../shared/data/feeds/sofia [--show]`. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { NationalId } from '../src/kernel/national-id.ts';
import { deterministicEngine } from '../src/linkage/deterministic-engine.ts';
import type { LinkRecord } from '../src/linkage/engine.ts';
import { FORMATS } from '../tests/intake/formats.ts';
import { readBytes, schoolsOf } from '../tests/intake/read-bytes.ts';
import { readTruth } from './quality/read-truth.ts';

const mac = (id: NationalId | null): string | null =>
  id ? createHmac('sha256', 'measuring').update(`${id.scheme}:${id.digits}`).digest('hex') : null;

interface ReadPlace {
  readonly records: LinkRecord[];
  readonly raw: ReadonlyMap<string, string>;
}

function readPlace(directory: string): ReadPlace {
  const { files } = readTruth(directory);
  const schools = schoolsOf(readBytes(readFileSync(join(directory, 'schools.csv')), FORMATS.schools));
  const records: LinkRecord[] = [];
  const raw = new Map<string, string>();
  for (const { file, kind } of files) {
    for (const { line, cells, parsed } of readBytes(readFileSync(join(directory, file)), FORMATS[kind], schools).good) {
      const { feature, id, guardians, country } = parsed;
      if (!feature) continue;
      const { birthYear: year, birthMonth: month, birthDay: day, ...rest } = feature;
      const valid = (relation: string) => {
        const found = guardians.find((one) => one.relation === relation)?.id ?? null;
        return found?.valid ? mac(found) : null;
      };
      const record = `${kind}:${file}:${line}`;
      raw.set(record, cells.join('|'));
      records.push({
        ...rest,
        record,
        kind,
        country,
        ids: id ? [{ scheme: id.scheme, mac: mac(id) as string, valid: id.valid }] : [],
        birth: year === null ? null : { year, month, day },
        motherName: guardians.find(({ relation }) => relation === 'mother')?.name ?? null,
        motherMac: valid('mother'),
        fatherMac: valid('father'),
        addresses: FORMATS[kind].table.columns.flatMap(([column], index) =>
          column.endsWith('address') ? ((parsed.values[index] as string | null) ?? []) : [],
        ),
        guardianMac: valid('guardian') ?? valid('carer'),
      });
    }
  }
  return { records, raw };
}

const choose2 = (n: number): number => (n * (n - 1)) / 2;
const countBy = (names: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};
const table = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([name, count]) => `  ${String(count).padStart(5)}  ${name}`)
    .join('\n');

function measure(directory: string, show: boolean): void {
  const { records, raw } = readPlace(directory);
  const truthRows = parse(readFileSync(join(directory, 'truth', 'records.csv')), { columns: true }) as Record<string, string>[];
  const truth = new Map(truthRows.map((row) => [row.record as string, row]));
  const childOf = (record: string) => truth.get(record)?.child ?? `?${record}`;
  const started = performance.now();
  const clusters = deterministicEngine.cluster(records, { cannotLink: [] });
  const seconds = (performance.now() - started) / 1000;

  let linked = 0;
  let right = 0;
  const wrongRules = new Map<string, number>();
  const rules = new Map<string, number>();
  const wrong: string[] = [];
  let twins = 0;
  for (const cluster of clusters) {
    linked += choose2(cluster.records.length);
    for (const count of countBy(cluster.records.map(childOf)).values()) right += choose2(count);
    const children = new Set(cluster.records.map(childOf));
    if (children.size > 1 && cluster.records.filter((record) => truth.get(record)?.twin === '1').length > 1) {
      const households = new Set(cluster.records.map((record) => truth.get(record)?.household));
      if (households.size < children.size) twins += 1;
    }
    for (const { a, b, rule, because } of cluster.links) {
      rules.set(rule, (rules.get(rule) ?? 0) + 1);
      if (childOf(a) === childOf(b)) continue;
      wrongRules.set(rule, (wrongRules.get(rule) ?? 0) + 1);
      wrong.push(`${rule} [${because.join(', ')}]\n      ${a} ${childOf(a)} ${raw.get(a)}\n      ${b} ${childOf(b)} ${raw.get(b)}`);
    }
  }
  const all = countBy(records.map(({ record }) => childOf(record)));
  let pairs = 0;
  for (const count of all.values()) pairs += choose2(count);
  const clusterOf = new Map(clusters.flatMap((cluster, index) => cluster.records.map((record) => [record, index] as const)));
  const lost = new Map<string, number>();
  const shown: string[] = [];
  let splits = 0;
  for (const [child, some] of Map.groupBy(records, ({ record }) => childOf(record))) {
    const parts = [...Map.groupBy(some, ({ record }) => clusterOf.get(record))].sort((a, b) => b[1].length - a[1].length);
    if (parts.length < 2) continue;
    splits += parts.length - 1;
    for (const [, part] of parts.slice(1)) {
      const errors = new Set(
        part.flatMap(({ record }) =>
          (truth.get(record)?.errors ?? '')
            .split(/[\s;|]+/)
            .filter(Boolean)
            .map((error) => `${truth.get(record)?.kind}:${error}`),
        ),
      );
      const causes = [...errors]
        .filter(
          (error) =>
            !error.endsWith(':duplicate') &&
            !error.endsWith(':patronymic-missing') &&
            !error.endsWith('-homonym') &&
            !error.endsWith('no-diacritics'),
        )
        .sort()
        .join(' + ');
      lost.set(causes || 'none', (lost.get(causes || 'none') ?? 0) + 1);
      shown.push(
        `${child} (${causes})\n   alone: ${part.map(({ record }) => `${record} ${raw.get(record)}`).join('\n          ')}\n   child: ${(parts[0]?.[1] ?? []).map(({ record }) => `${record} ${raw.get(record)}`).join('\n          ')}`,
      );
    }
  }
  console.log(`${directory}: ${records.length} records, ${clusters.length} clusters (truth ${all.size}), ${seconds.toFixed(1)} s`);
  console.log(
    `pairwise precision ${(right / linked).toFixed(5)} (${linked - right} false), recall ${(right / pairs).toFixed(5)} (${pairs - right} missed); parts lost ${splits}; clusters that hold two children of one household ${twins}`,
  );
  console.log(`rules:\n${table(rules)}\nfalse links by rule:\n${table(wrongRules)}\nparts lost, by planted errors:\n${table(lost)}`);
  if (show) console.log(`\nFALSE LINKS\n${wrong.join('\n')}\n\nLOST\n${shown.join('\n')}`);
}

for (const directory of process.argv.slice(2).filter((argument) => !argument.startsWith('--')))
  measure(directory, process.argv.includes('--show'));

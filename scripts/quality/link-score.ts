import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Cluster, Link } from '../../src/linkage/engine.ts';

/** Whose a record truly is, and what was planted in it. */
export interface TrueLink {
  readonly child: string;
  readonly household: string;
  readonly isTwin: boolean;
  /** `kind:error`. */
  readonly errors: readonly string[];
}
/** Records of one child that were left apart from most of its records. */
export interface LostPart {
  readonly child: string;
  readonly part: readonly string[];
  readonly main: readonly string[];
  readonly errors: readonly string[];
}
export interface LinkScore {
  /** Of the pairs linked, those of one child; of the pairs of one child, those linked. */
  readonly precision: number;
  readonly recall: number;
  readonly falsePairs: number;
  readonly missedPairs: number;
  /** Clusters that hold two children of one household, one of them a twin. */
  readonly twinsLinked: number;
  readonly falseLinks: readonly Link[];
  readonly lost: readonly LostPart[];
}

export function readTrueLinks(directory: string): ReadonlyMap<string, TrueLink> {
  const rows = parse(readFileSync(join(directory, 'truth', 'records.csv')), { columns: true, bom: true }) as Record<string, string>[];
  return new Map(
    rows.map((row) => {
      const errors = (row.errors ?? '').split(/[\s;|]+/).filter((error) => error !== '');
      const link = {
        child: row.child ?? '',
        household: row.household ?? '',
        isTwin: row.twin === '1',
        errors: errors.map((error) => `${row.kind}:${error}`),
      };
      return [row.record ?? '', link];
    }),
  );
}

const pairsOf = (n: number): number => (n * (n - 1)) / 2;

/** Compares clusters with the truth. Records of which the truth knows nothing are children of their own. */
export function scoreLinks(clusters: readonly Cluster[], truth: ReadonlyMap<string, TrueLink>): LinkScore {
  const childOf = (record: string): string => truth.get(record)?.child ?? `?${record}`;
  const falseLinks: Link[] = [];
  const parts = new Map<string, (readonly string[])[]>();
  let [linked, right, twinsLinked] = [0, 0, 0];
  for (const { records, links } of clusters) {
    linked += pairsOf(records.length);
    const children = Map.groupBy(records, childOf);
    for (const [child, part] of children) {
      right += pairsOf(part.length);
      parts.set(child, [...(parts.get(child) ?? []), part]);
    }
    const households = new Set(records.map((record) => truth.get(record)?.household ?? record));
    if (households.size < children.size && records.some((record) => truth.get(record)?.isTwin)) twinsLinked += 1;
    falseLinks.push(...links.filter(({ a, b }) => childOf(a) !== childOf(b)));
  }
  let all = 0;
  const lost: LostPart[] = [];
  for (const [child, some] of parts) {
    all += pairsOf(some.reduce((sum, part) => sum + part.length, 0));
    const [main = [], ...rest] = [...some].sort((a, b) => b.length - a.length);
    for (const part of rest)
      lost.push({ child, part, main, errors: [...new Set(part.flatMap((record) => truth.get(record)?.errors ?? []))].sort() });
  }
  return {
    precision: right / linked,
    recall: right / all,
    falsePairs: linked - right,
    missedPairs: all - right,
    twinsLinked,
    falseLinks,
    lost,
  };
}

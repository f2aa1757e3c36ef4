import { hash } from 'node:crypto';
import type { ChildEngine } from '../../src/linkage/child-engine.ts';
import { type Cluster, compareRecords, type Link, type LinkRecord } from '../../src/linkage/engine.ts';
import { SHIPPED_MODEL } from '../../src/linkage/shipped-model.ts';
import type { PairScore } from '../../src/linkage/pair.ts';

const number = (text: string): bigint => BigInt.asIntN(64, BigInt(`0x${hash('sha256', text).slice(0, 16)}`));

/**
 * An engine small enough to be seen through, for what storage does with one: the words of the family name are the keys, chance as drawn from the two given names is the score,
 * clusters are components along the strongest pairs, parted where a human says so.
 */
export function tinyEngine(id = 'tiny'): ChildEngine {
  const scoreOf = (a: LinkRecord, b: LinkRecord): PairScore => {
    const [x, y] = compareRecords(a.record, b.record) < 0 ? [a, b] : [b, a];
    const drawn = Number(BigInt.asUintN(10, number([x.givenName, y.givenName].sort().join(' '))));
    const band = drawn < 40 ? 'AUTO' : drawn < 110 ? 'REVIEW' : 'NONE';
    return { a: x.record, b: y.record, weight: (500 - drawn) / 7, band, reason: band === 'REVIEW' ? 'WEAK' : null, levels: '1' };
  };
  const engine: ChildEngine = {
    model: { ...SHIPPED_MODEL, id, autoBits: 69.5 },
    keys: ({ familyName }) => (familyName ?? '').split(' ').map((word) => String(number(word))),
    score: (records, pairs) => pairs.map(([i, j]) => scoreOf(records[i] as LinkRecord, records[j] as LinkRecord)),
    cluster({ records, scores, decisions }) {
      const heads = new Map(records.map(({ record }) => [record, [record]]));
      const links = new Map<string, Link[]>();
      const parted = (x: string[], y: string[]) =>
        decisions.some(
          ({ a, b, verdict }) => verdict === 'DIFFERENT' && ((x.includes(a) && y.includes(b)) || (x.includes(b) && y.includes(a))),
        );
      const join = (a: string, b: string, rule: string) => {
        const [x, y] = [heads.get(a) as string[], heads.get(b) as string[]];
        if (x === y || parted(x, y)) return false;
        const all = [...x, ...y].sort(compareRecords);
        links.set(all[0] as string, [
          ...(links.get(x[0] as string) ?? []),
          ...(links.get(y[0] as string) ?? []),
          { a, b, rule, because: [] },
        ]);
        for (const record of all) heads.set(record, all);
        return true;
      };
      for (const { a, b, verdict } of decisions) if (verdict === 'SAME') join(a, b, 'SAME');
      const review: PairScore[] = [];
      const ordered = [...scores].sort((p, q) => q.weight - p.weight || compareRecords(p.a, q.a) || compareRecords(p.b, q.b));
      for (const score of ordered) if (score.band === 'REVIEW' || !join(score.a, score.b, 'AUTO')) review.push(score);
      const clusters: Cluster[] = [...new Set(heads.values())].map((all) => ({ records: all, links: links.get(all[0] as string) ?? [] }));
      return { clusters, review: review.filter(({ a, b }) => heads.get(a) !== heads.get(b)) };
    },
    explain: () => {
      throw new Error('nothing to explain');
    },
  };
  return engine;
}

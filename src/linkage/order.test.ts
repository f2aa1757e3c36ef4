import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { generatedRecords } from '../../tests/linkage/generated-records.ts';
import { Increments } from '../../tests/linkage/increments.ts';
import { childEngine } from './child-engine.ts';
import { childSchema } from './child-schema.ts';
import type { LinkRecord } from './engine.ts';
import { type Linkage, linkAll } from './link-all.ts';
import type { LinkModel } from './link-model.ts';

/** Clusters as texts of record names, whatever the order in which the records came. */
function partition({ auto }: Linkage, records: readonly LinkRecord[]): string[] {
  const clusters = Map.groupBy(records.keys(), (i) => auto[i] as number).values();
  return clusters
    .map((members) =>
      members
        .map((i) => (records[i] as LinkRecord).record)
        .sort()
        .join(' '),
    )
    .toArray()
    .sort();
}
const questions = ({ review }: Linkage, records: readonly LinkRecord[]): string[] =>
  review.map(({ a, b, weight, reason }) => `${[records[a]?.record, records[b]?.record].sort().join(' ')} ${weight} ${reason}`).sort();

let records: LinkRecord[];
let model: LinkModel;
let expected: string[];
let asked: string[];
beforeAll(async () => {
  records = await generatedRecords(80, 5);
  ({ model } = await linkAll(childSchema, await generatedRecords(400, 6), { threads: 1 }));
  const linkage = await linkAll(childSchema, records, { model });
  expected = partition(linkage, records);
  asked = questions(linkage, records);
});

const orders = () => fc.shuffledSubarray(records, { minLength: records.length });

describe('the order of records', () => {
  it('is there to be told: children of several records, and questions', () => {
    expect(records.length).toBeGreaterThan(180);
    expect(expected.filter((cluster) => cluster.split(' ').length >= 3).length).toBeGreaterThan(20);
    expect(asked.length).toBeGreaterThan(0);
  });

  it('is of no account in 1,000 orders: the same children, and the same questions', async () => {
    await fc.assert(
      fc.asyncProperty(orders(), async (shuffled) => {
        const linkage = await linkAll(childSchema, shuffled, { model });
        expect(partition(linkage, shuffled)).toEqual(expected);
        expect(questions(linkage, shuffled)).toEqual(asked);
      }),
      { seed: 7, numRuns: 1000, endOnFailure: true },
    );
  }, 120_000);

  it('is of no account when records come one at a time, and only what they touch is clustered again', () => {
    fc.assert(
      fc.property(orders(), (shuffled) => {
        const increments = new Increments(childEngine(model));
        for (const record of shuffled) increments.add(record);
        expect(increments.partition()).toEqual(expected);
        expect(increments.largest).toBeLessThan(shuffled.length / 4);
      }),
      { seed: 8, numRuns: 10, endOnFailure: true },
    );
  });

  it('is of no account to the engine that storage asks, given all scores at once', () => {
    const increments = new Increments(childEngine(model));
    for (const record of records) increments.add(record);
    const { clusters, review } = childEngine(model).cluster({ records, scores: increments.scores(), decisions: [] });
    expect(clusters.map(({ records: all }) => [...all].sort().join(' ')).sort()).toEqual(expected);
    expect(review.map(({ a, b, weight, reason }) => `${[a, b].sort().join(' ')} ${weight} ${reason}`).sort()).toEqual(asked);
    for (const { records: all, links } of clusters) expect(links).toHaveLength(all.length - 1);
  });
});

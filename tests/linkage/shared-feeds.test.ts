import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { answeredReview, reviewPerThousand } from '../../scripts/bench/linkage/metrics/answered-review.ts';
import { labelsOf, membersOf } from '../../scripts/bench/linkage/metrics/labels.ts';
import { pairwise } from '../../scripts/bench/linkage/metrics/pairwise.ts';
import { twinScore } from '../../scripts/bench/linkage/metrics/twins.ts';
import { readTrueLinks } from '../../scripts/quality/link-score.ts';
import { readLinkRecords } from '../../scripts/quality/read-link-records.ts';
import { readFiles } from '../../scripts/quality/read-truth.ts';
import { childSchema } from '../../src/linkage/child-schema.ts';
import type { LinkRecord } from '../../src/linkage/engine.ts';
import { type Linkage, linkAll } from '../../src/linkage/link-all.ts';

const FEEDS = fileURLToPath(new URL('../../../shared/data/feeds/', import.meta.url));
const places = existsSync(FEEDS) ? readdirSync(FEEDS) : [];
if (places.length === 0) console.warn('skipped: no feeds beside this repository in ../shared/data/feeds');

describe.skipIf(places.length === 0).each(places)('the feeds of %s, linked without looking at the truth', (place) => {
  const { records } = readLinkRecords(FEEDS + place, readFiles(FEEDS + place));
  const links = readTrueLinks(FEEDS + place);
  const of = (read: (record: string) => string | undefined) => labelsOf(records.map(({ record }) => read(record) ?? `?${record}`));
  const truth = of((record) => links.get(record)?.child);
  let linkage: Linkage;
  beforeAll(async () => {
    linkage = await linkAll(childSchema, records);
  });

  it('hold no false pair in ten thousand, and few are missed', () => {
    const { precision, recall } = pairwise(linkage.auto, truth);
    expect(precision).toBeGreaterThanOrEqual(0.9999);
    expect(recall).toBeGreaterThanOrEqual(0.985);
  });

  it('miss hardly a pair once a human has answered the questions, of which there are few', () => {
    const { precision, recall } = pairwise(answeredReview(linkage.auto, truth, linkage.review), truth);
    expect(precision).toBeGreaterThanOrEqual(0.9999);
    expect(recall).toBeGreaterThanOrEqual(0.998);
    expect(reviewPerThousand(linkage.review.length, records.length)).toBeLessThanOrEqual(25);
  });

  it('hold no twin linked to another child of the household', () => {
    const household = of((record) => links.get(record)?.household);
    const twin = records.map(({ record }) => (links.get(record)?.isTwin ? 1 : 0));
    const score = twinScore(linkage.auto, truth, { household, twin });
    expect(score.twins).toBeGreaterThan(0);
    expect(score.falseClusters).toBe(0);
    expect(score.falsePairs).toBe(0);
  });

  it('are estimated as they are, within a point', () => {
    const { precision, recall } = pairwise(linkage.auto, truth);
    expect(Math.abs(linkage.estimate.auto.precision - precision)).toBeLessThan(0.01);
    expect(Math.abs(linkage.estimate.auto.recall - recall)).toBeLessThan(0.01);
  });

  it('hold two register entries in one cluster only where both have one name and day', () => {
    for (const members of membersOf(linkage.auto)) {
      const entries = members.map((i) => records[i] as LinkRecord).filter(({ source }) => source === 'registry');
      expect(new Set(entries.map(({ givenName, birth }) => JSON.stringify([givenName, birth]))).size).toBeLessThanOrEqual(1);
    }
  });

  it('are linked alike by one model when they come in another order', async () => {
    const { model } = linkage;
    const [there, back] = [await linkAll(childSchema, records, { model }), await linkAll(childSchema, [...records].reverse(), { model })];
    const clusters = (labels: Int32Array, name: (i: number) => string | undefined) =>
      membersOf(labels)
        .map((members) => members.map(name).sort().join(' '))
        .sort();
    expect(clusters(back.auto, (i) => records.at(-1 - i)?.record)).toEqual(clusters(there.auto, (i) => records[i]?.record));
  });
});

import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readTrueLinks, scoreLinks } from '../../scripts/quality/link-score.ts';
import { readLinkRecords } from '../../scripts/quality/read-link-records.ts';
import { readTruth } from '../../scripts/quality/read-truth.ts';
import { deterministicEngine } from '../../src/linkage/deterministic-engine.ts';
import type { LinkRecord } from '../../src/linkage/engine.ts';

const FEEDS = fileURLToPath(new URL('../../../shared/data/feeds/', import.meta.url));
const places = existsSync(FEEDS) ? readdirSync(FEEDS) : [];
if (places.length === 0) console.warn('skipped: no feeds beside this repository in ../shared/data/feeds');

describe.skipIf(places.length === 0).each(places)('the feeds of %s', (place) => {
  const { records } = readLinkRecords(FEEDS + place, readTruth(FEEDS + place).files);
  const clusters = deterministicEngine.cluster(records, { cannotLink: [] });

  it('are linked with hardly a false pair, no twin’s, and few pairs missed', () => {
    const score = scoreLinks(clusters, readTrueLinks(FEEDS + place));
    expect(score.precision).toBeGreaterThanOrEqual(0.999);
    expect(score.recall).toBeGreaterThanOrEqual(0.985);
    expect(score.twinsLinked).toBe(0);
  });

  it('hold two register entries in one cluster only where both have one name and day', () => {
    const byRecord = new Map(records.map((record) => [record.record, record]));
    for (const { records: members } of clusters) {
      const entries = members.map((record) => byRecord.get(record) as LinkRecord).filter(({ source }) => source === 'registry');
      expect(new Set(entries.map(({ givenName, birth }) => JSON.stringify([givenName, birth]))).size).toBeLessThanOrEqual(1);
    }
  });

  it('are linked alike when they come in another order', () => {
    const reversed = deterministicEngine.cluster([...records].reverse(), { cannotLink: [] });
    expect(reversed).toEqual(clusters);
  });
});

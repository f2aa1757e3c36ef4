import { describe, expect, it } from 'vitest';
import { GOLD_SHARE, goldAfter, qualityOf } from './gold.ts';

const given = (seed: string, reviewer: string, count: number) =>
  Array.from({ length: count }, (_, n) => goldAfter(seed, reviewer, String(n), String(n + 1))).filter((due) => due !== null);

describe('gold questions', () => {
  it('are one in twenty of what Elena is given, half of them SAME, spread over all records', () => {
    const due = given('1', 'elena', 40_000);
    const share = due.length / (40_000 + due.length);
    expect(share).toBeGreaterThan(GOLD_SHARE - 0.005);
    expect(share).toBeLessThan(GOLD_SHARE + 0.005);
    const same = due.filter(({ verdict }) => verdict === 'SAME').length / due.length;
    expect(same).toBeGreaterThan(0.45);
    expect(same).toBeLessThan(0.55);
    expect(due.every(({ at }) => at >= 0 && at < 1)).toBe(true);
    const late = due.filter(({ at }) => at >= 0.5).length / due.length;
    expect(late).toBeGreaterThan(0.45);
    expect(late).toBeLessThan(0.55);
  });

  it('are the same each time for one seed and reviewer, and others for another', () => {
    expect(given('1', 'elena', 2000)).toEqual(given('1', 'elena', 2000));
    expect(given('1', 'elena', 2000)).not.toEqual(given('2', 'elena', 2000));
    expect(given('1', 'elena', 2000)).not.toEqual(given('1', 'petar', 2000));
  });

  it('measure a reviewer: the share answered right, with its count; UNSURE is not right', () => {
    const answers = [
      { reviewer: 'petar', verdict: 'SAME', expected: 'SAME' },
      { reviewer: 'petar', verdict: 'SAME', expected: 'DIFFERENT' },
      { reviewer: 'petar', verdict: 'UNSURE', expected: 'DIFFERENT' },
      { reviewer: 'petar', verdict: 'DIFFERENT', expected: 'DIFFERENT' },
      { reviewer: 'elena', verdict: 'SAME', expected: 'SAME' },
    ] as const;
    expect(qualityOf(answers)).toEqual([
      { reviewer: 'elena', count: 1, right: 1, unsure: 0, share: 1 },
      { reviewer: 'petar', count: 4, right: 2, unsure: 1, share: 0.5 },
    ]);
    expect(qualityOf([])).toEqual([]);
  });
});

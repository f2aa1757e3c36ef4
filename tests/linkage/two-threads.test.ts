import { describe, expect, it } from 'vitest';
import { childSchema } from '../../src/linkage/child-schema.ts';
import { type Linkage, linkAll } from '../../src/linkage/link-all.ts';
import { generatedRecords } from './generated-records.ts';

describe('two threads', () => {
  it('learn the same model and link the same children as one', async () => {
    const records = await generatedRecords(7800, 41);
    // From 20,000 records on a second thread is started.
    expect(records.length).toBeGreaterThan(20_000);
    const [one, two] = [await linkAll(childSchema, records, { threads: 1 }), await linkAll(childSchema, records, { threads: 2 })];
    expect(two.model).toEqual(one.model);
    expect(two.figures.pairs).toBe(one.figures.pairs);
    expect(Buffer.from(two.auto.buffer).equals(Buffer.from(one.auto.buffer))).toBe(true);
    expect(Buffer.from(two.likely.buffer).equals(Buffer.from(one.likely.buffer))).toBe(true);
    const questions = ({ review }: Linkage) =>
      review.map(({ a, b, weight, reason }) => `${Math.min(a, b)} ${Math.max(a, b)} ${weight} ${reason}`).sort();
    expect(questions(two)).toEqual(questions(one));
    expect(two.estimate.auto.precision).toBeCloseTo(one.estimate.auto.precision, 9);
    expect(two.estimate.auto.recall).toBeCloseTo(one.estimate.auto.recall, 9);
  }, 120_000);
});

import { describe, expect, it } from 'vitest';
import { entropyOf, probabilityOf, type ReviewSide, reviewValue } from './review-value.ts';

const side = (changes: Partial<ReviewSide> = {}): ReviewSide => ({ records: 2, outOfSchool: false, openCase: false, ...changes });
const value = (weight: number, left = side(), right = side(), reason: 'WEAK' | 'POSSIBLE_TWIN' = 'WEAK') =>
  reviewValue({ weight, reason, left, right });

describe('what asking a human is worth', () => {
  it('is most where the odds are even, and falls to both sides alike', () => {
    expect([probabilityOf(0), entropyOf(0.5), entropyOf(0), entropyOf(1)]).toEqual([0.5, 1, 0, 0]);
    expect(value(0)).toBeGreaterThan(value(3));
    expect(value(3)).toBeCloseTo(value(-3), 12);
    expect(value(3)).toBeGreaterThan(value(8));
  });

  it('is more for Ani, who would be out of school, and for Boris, on whom a case is open', () => {
    const plain = value(1);
    expect(value(1, side({ outOfSchool: true }))).toBe(4 * plain);
    expect(value(1, side(), side({ openCase: true }))).toBe(3 * plain);
    expect(value(1, side({ outOfSchool: true, openCase: true }))).toBe(6 * plain);
  });

  it('grows with the records that would move: those of the smaller side', () => {
    expect(value(1, side({ records: 3 }), side({ records: 8 }))).toBe(3 * value(1, side({ records: 1 }), side({ records: 8 })));
    expect(value(1, side({ records: 3 }), side({ records: 8 }))).toBe(value(1, side({ records: 8 }), side({ records: 3 })));
  });

  it('does not vanish for a pair that fits beyond doubt and is held back by something else', () => {
    expect(value(40)).toBeLessThan(1e-6);
    expect(value(40, side(), side(), 'POSSIBLE_TWIN')).toBe(1);
    expect(Number.isFinite(value(-999))).toBe(true);
  });
});

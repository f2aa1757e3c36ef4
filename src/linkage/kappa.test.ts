import { describe, expect, it } from 'vitest';
import { kappaOf } from './kappa.ts';

const times = (count: number, one: string, other: string) => Array.from({ length: count }, () => [one, other] as const);

describe('the agreement of two reviewers', () => {
  it('is .40 where Elena and Petar agree on 35 of 50 and chance would give half', () => {
    const { count, observed, expected, kappa } = kappaOf([
      ...times(20, 'SAME', 'SAME'),
      ...times(5, 'SAME', 'DIFFERENT'),
      ...times(10, 'DIFFERENT', 'SAME'),
      ...times(15, 'DIFFERENT', 'DIFFERENT'),
    ]);
    expect(count).toBe(50);
    expect(observed).toBeCloseTo(0.7, 12);
    expect(expected).toBeCloseTo(0.5, 12);
    expect(kappa).toBeCloseTo(0.4, 12);
  });

  it('is 1 when they agree in everything, and below 0 when each says the other’s opposite', () => {
    expect(kappaOf([...times(3, 'SAME', 'SAME'), ...times(2, 'UNSURE', 'UNSURE')]).kappa).toBe(1);
    expect(kappaOf([...times(2, 'SAME', 'DIFFERENT'), ...times(2, 'DIFFERENT', 'SAME')]).kappa).toBe(-1);
  });

  it('says nothing when both always say the same word, or nothing was asked of both', () => {
    expect(kappaOf(times(9, 'SAME', 'SAME'))).toEqual({ count: 9, observed: 1, expected: 1, kappa: null });
    expect(kappaOf([])).toEqual({ count: 0, observed: null, expected: null, kappa: null });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from './edit-distance.ts';

/** Optimal string alignment by its definition, for words short enough. */
function defined(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [restA, restB] = [a.slice(0, -1), b.slice(0, -1)];
  let least = Math.min(defined(restA, b) + 1, defined(a, restB) + 1, defined(restA, restB) + (a.at(-1) === b.at(-1) ? 0 : 1));
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1))
    least = Math.min(least, defined(a.slice(0, -2), b.slice(0, -2)) + 1);
  return least;
}

describe('the edit distance', () => {
  it.each([
    ['kitten', 'sitting', 3],
    ['saturday', 'sunday', 3],
    ['mladenova', 'mlaednova', 1],
    ['ca', 'abc', 3],
    ['', 'ana', 3],
    ['ana', 'ana', 0],
  ])('of %j and %j is %i', (a, b, apart) => expect(editDistance(a, b, 9)).toBe(apart));

  it('is that of optimal string alignment, cut one above the limit, and the same from either side', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abc'), maxLength: 6 });
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 4 }), (a, b, limit) => {
        expect(editDistance(a, b, limit)).toBe(Math.min(defined(a, b), limit + 1));
        expect(editDistance(b, a, limit)).toBe(editDistance(a, b, limit));
      }),
      { seed: 1, numRuns: 400 },
    );
  });
});

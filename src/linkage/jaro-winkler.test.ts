import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jaroWinkler } from './jaro-winkler.ts';

describe('the Jaro–Winkler similarity', () => {
  // Winkler 1990, as reprinted by Winkler 2006 ("Overview of record linkage"), table of string comparators.
  it.each([
    ['MARTHA', 'MARHTA', 0.961],
    ['DWAYNE', 'DUANE', 0.84],
    ['DIXON', 'DICKSONX', 0.813],
    ['SHACKLEFORD', 'SHACKELFORD', 0.982],
    ['NICHLESON', 'NICHULSON', 0.956],
    ['JERALDINE', 'GERALDINE', 0.926],
    ['JONES', 'JOHNSON', 0.832],
    ['ABROMS', 'ABRAMS', 0.922],
  ])('of %s and %s is the published one', (a, b, published) => expect(jaroWinkler(a, b)).toBeCloseTo(published, 3));

  it('is 1 for one word, 0 for words without a common letter and for nothing', () => {
    expect(jaroWinkler('ana', 'ana')).toBe(1);
    expect(jaroWinkler('ana', 'petko')).toBe(0);
    expect(jaroWinkler('', 'ana')).toBe(0);
  });

  it('lies between 0 and 1, and counts four letters of a common beginning at most', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcde'), minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const similarity = jaroWinkler(a, b);
        expect(similarity).toBeGreaterThanOrEqual(0);
        expect(similarity).toBeLessThanOrEqual(1);
      }),
      { seed: 1, numRuns: 500 },
    );
    // Four letters of five or five of six, and .1 of what is missing for each of four.
    expect(jaroWinkler('abcdx', 'abcdy')).toBeCloseTo(0.8667 + 0.4 * (1 - 0.8667), 3);
    expect(jaroWinkler('abcdex', 'abcdey')).toBeCloseTo(0.8889 + 0.4 * (1 - 0.8889), 3);
  });
});

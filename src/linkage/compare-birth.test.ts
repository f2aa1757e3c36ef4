import { describe, expect, it } from 'vitest';
import { compareBirth } from './compare-birth.ts';

const birth = (text: string) => {
  const [year, month, day] = text.split('-').map(Number);
  return { year: year as number, month: month ?? null, day: day ?? null };
};

describe('birth dates', () => {
  it.each([
    ['2013-03-04', '2013-03-04', 'day'],
    ['2013-03-04', '2013-03', 'month'],
    ['2013-03-04', '2013', 'year'],
    ['2013-03-04', '2013-01-01', 'year'],
    ['2013-03-04', '2013-04-03', 'near'],
    ['2013-03-04', '2013-03-14', 'near'],
    ['2013-03-04', '2013-09-04', 'near'],
    ['2013-03-04', '2014-03-04', 'near'],
    ['2013-03-04', '2014', 'near-year'],
    ['2013-03-04', '2016-03-04', 'differ'],
    ['2013-03-04', '2013-05-06', 'differ'],
    ['2013', '2016', 'differ'],
  ])('%s and %s: %s', (a, b, level) => {
    expect(compareBirth(birth(a), birth(b))).toBe(level);
    expect(compareBirth(birth(b), birth(a))).toBe(level);
  });
  it('not given on one side says nothing', () => expect(compareBirth(null, birth('2013'))).toBe('unknown'));
});

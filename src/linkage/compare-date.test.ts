import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDate, DATE_LEVELS, dateLevel } from './compare-date.ts';

/** Level of two dates as it is called; a text with itself is asked as the dataset asks it. */
function level(a: string, b: string): string {
  const [x, y] = [compareDate.parse(a) as string, compareDate.parse(b) as string];
  return DATE_LEVELS[(a === b ? compareDate.same(x) : compareDate.compare(x, y)) - 1] as string;
}

describe('birth dates', () => {
  it.each([
    ['20140506', '20140506', 'exact'],
    ['20140506', '20140605', 'slip'],
    ['20140506', '20140507', 'slip'],
    ['20140512', '20140521', 'slip'],
    ['20140506', '20410506', 'slip'],
    ['20140506', '20150507', 'two-slips'],
    ['20140506', '20141123', 'two-slips'],
    ['20140506', '20050506', 'two-slips'],
    ['20140506', '20151123', 'differ'],
    ['20140506', '20140000', 'year'],
    ['20140506', '20140101', 'year'],
    ['20140101', '20140000', 'year'],
    ['20140101', '20140101', 'year'],
    ['20140101', '20140101i', 'by-id'],
    ['20140506', '20150000', 'year-near'],
    ['20140506', '20130101', 'year-near'],
    ['20140506', '20160000', 'year-differ'],
    ['20140506', '20140500', 'month'],
    ['20140506', '20140600', 'month-differ'],
    ['20140506', '20140506i', 'by-id'],
    ['20140507', '20140506i', 'by-id-near'],
    ['20140000', '20140506i', 'by-id-near'],
    ['20140500', '20140506i', 'by-id-near'],
    ['20151123', '20140506i', 'by-id-differ'],
    ['20140506i', '20140506i', 'by-id'],
    ['20140000', '20140000', 'year'],
    ['20140500', '20140500', 'month'],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(level(a, b)).toBe(expected);
    expect(level(b, a)).toBe(expected);
  });

  it('that are no dates say nothing', () => {
    expect(compareDate.parse('2014-05-06')).toBeNull();
    expect(compareDate.parse('')).toBeNull();
  });
  it('have a level whatever they are, the same from either side', () => {
    const digits = fc.stringMatching(/^(201[0-9])(0[0-9]|1[0-2])([0-2][0-9])i?$/);
    fc.assert(
      fc.property(digits, digits, (a, b) => {
        expect(DATE_LEVELS).toContain(level(a, b));
        expect(level(a, b)).toBe(level(b, a));
      }),
      { seed: 1, numRuns: 500 },
    );
  });
  it('have chances that add up to one within each group of levels', () => {
    for (const group of compareDate.groups ?? [])
      expect(group.reduce((sum, at) => sum + (compareDate.prior[at - 1] as number), 0)).toBeCloseTo(1, 6);
    expect((compareDate.groups ?? []).flat().sort((a, b) => a - b)).toEqual(DATE_LEVELS.map((name) => dateLevel(name)));
  });
});

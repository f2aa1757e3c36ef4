import { describe, expect, it } from 'vitest';
import { childKey, nationalId, optionalAmount, optionalCode, optionalDate, optionalInteger, partialDate } from './cells.ts';
import { RowRefused } from './row-refused.ts';

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof RowRefused) return error.code;
  }
  return 'taken';
}

describe('cells', () => {
  it('takes only days that exist', () => {
    expect(optionalDate('2024-02-29', 'BirthDate')).toBe('2024-02-29');
    expect(optionalDate('', 'BirthDate')).toBeNull();
    for (const cell of ['2023-02-29', '2015-13-08', '2014-00-12', '31.04.2012', '2026-2-1', '20260201']) {
      expect(
        refusal(() => optionalDate(cell, 'BirthDate')),
        cell,
      ).toBe('IMPOSSIBLE_DATE');
    }
  });

  it('takes a birth date of which only the year or month is known', () => {
    expect(partialDate('2018', 'birthDate')).toEqual({ year: 2018, month: null, day: null });
    expect(partialDate('2018-04', 'birthDate')).toEqual({ year: 2018, month: 4, day: null });
    expect(refusal(() => partialDate('2018-13', 'birthDate'))).toBe('IMPOSSIBLE_DATE');
  });

  it('takes only numbers within bounds, and amounts with two places', () => {
    expect(optionalInteger('5', 'AbsenceCount')).toBe(5);
    for (const cell of ['-2', 'много', '1.5', '1e3', '99999999999'])
      expect(
        refusal(() => optionalInteger(cell, 'AbsenceCount')),
        cell,
      ).toBe('NOT_A_NUMBER');
    expect(optionalAmount('50.00', 'Amount')).toBe('50.00');
    for (const cell of ['12,3,4', '-5', '1.234', '50 лв'])
      expect(
        refusal(() => optionalAmount(cell, 'Amount')),
        cell,
      ).toBe('NOT_A_NUMBER');
  });

  it('says which column and what was expected, never the value', () => {
    expect(() => optionalCode('X', 'Sex', ['M', 'F'])).toThrow(/^Sex: expected one of M, F$/);
    expect(() => optionalInteger('Стоянка', 'AbsenceCount', 0, 999)).toThrow(/^AbsenceCount: expected a whole number from 0 to 999$/);
  });

  it('knows a child by its id, but not by an id that a spreadsheet has rounded', () => {
    expect(childKey(nationalId(0, '2041080306'), ['Михаил', 'Киров'], '2020-01-08')).toEqual(['EGN', '2041080306']);
    expect(childKey(nationalId(0, '2.04E+09'), ['Михаил', 'Киров'], '2020-01-08')).toEqual(['', 'михаил', 'киров', '2020-01-08']);
    expect(refusal(() => childKey(null, [null, null], '2020-01-08'))).toBe('MISSING_NAME');
  });
});

import { describe, expect, it } from 'vitest';
import type { RowContext } from '../../intake/feed-format.ts';
import { foreignAggregateFormat } from './intake.ts';

const context: RowContext = {
  schools: new Map([['2200289', { country: 'BG', settlement: '68134', municipality: 'SOF46', district: 'Лозенец' }]]),
  municipalities: new Map(),
  country: null,
};
const cell = (text: string) => foreignAggregateFormat.parse(text.split(','), context);

describe('a cell of a foreign school', () => {
  it('gives a count and no child', () => {
    expect(cell('2200289,2026-2027/1,11,13,5-7,EU,Лозенец,6')).toMatchObject({
      country: 'BG',
      values: ['2200289', '2026-2027/1', 11, 13, '5-7', 'EU', 'Лозенец', 6],
      feature: null,
      id: null,
      assertions: [],
    });
  });

  it.each([
    ['9999999,2026-2027/1,11,13,5-7,EU,Лозенец,6', 'UNKNOWN_SCHOOL'],
    ['2200289,2026-2027/1,18,4,5-7,EU,Лозенец,6', 'IMPOSSIBLE_RANGE'],
    ['2200289,2026-2027/1,11,13,5-7,EU,Лозенец,-3', 'NOT_A_NUMBER'],
    ['2200289,2026-2027/1,11,13,5-7,XX,Лозенец,3', 'UNKNOWN_CODE'],
    ['2200289,autumn,11,13,5-7,EU,Лозенец,3', 'UNKNOWN_CODE'],
  ])('%s is refused: %s', (text, code) => {
    expect(() => cell(text)).toThrow(expect.objectContaining({ code }));
  });
});

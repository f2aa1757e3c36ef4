import { describe, expect, it } from 'vitest';
import { assignChildren } from './link-assign.ts';

const held = (pairs: Record<string, string>) => new Map(Object.entries(pairs));
const registry =
  (...records: string[]) =>
  (record: string) =>
    records.includes(record);
const clusters = (...lists: string[][]) => lists.map((records) => ({ records }));

describe('which child number a cluster keeps', () => {
  it('a new cluster gets a new one', () => {
    expect(assignChildren(clusters(['1', '2']), { held: held({}), isRegistry: registry() })).toEqual([null]);
  });

  it('a child that is parted keeps its number on the side of the register entry', () => {
    expect(
      assignChildren(clusters(['1', '2'], ['3', '9']), { held: held({ 1: '7', 2: '7', 3: '7', 9: '7' }), isRegistry: registry('9') }),
    ).toEqual([null, '7']);
  });

  it('without a register entry the oldest record keeps it, by number and not by text', () => {
    expect(assignChildren(clusters(['10', '11'], ['9']), { held: held({ 9: '7', 10: '7', 11: '7' }), isRegistry: registry() })).toEqual([
      null,
      '7',
    ]);
  });

  it('of two children that turn out to be one, the registered one stays', () => {
    expect(assignChildren(clusters(['1', '2', '8']), { held: held({ 1: '5', 2: '5', 8: '6' }), isRegistry: registry('8') })).toEqual(['6']);
  });

  it('gives no number to two clusters', () => {
    const assigned = assignChildren(clusters(['1'], ['2'], ['3']), { held: held({ 1: '5', 2: '5', 3: '5' }), isRegistry: registry() });
    expect(assigned).toEqual(['5', null, null]);
  });
});

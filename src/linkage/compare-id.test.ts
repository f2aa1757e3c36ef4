import { describe, expect, it } from 'vitest';
import { compareId, ID_LEVELS, type IdValue } from './compare-id.ts';

const id = (text: string): IdValue => compareId.parse(text) as IdValue;
function level(a: string, b: string): string | undefined {
  const found = a === b ? compareId.same(id(a)) : compareId.compare(id(a), id(b));
  return found === 0 ? undefined : ID_LEVELS[found - 1];
}

describe('national ids', () => {
  it.each([
    ['EGN|a|v|', 'EGN|a|v|', 'same'],
    ['EGN|a|d|', 'EGN|a|v|', 'same-doubtful'],
    ['EGN|a|d|', 'EGN|a|d|', 'same-doubtful'],
    ['EGN|x|i|a,b', 'EGN|x|i|a,b', 'same-doubtful'],
    ['EGN|x|i|a,b', 'EGN|b|v|', 'near'],
    ['EGN|x|i|a,b', 'EGN|c|v|', 'differ-doubtful'],
    ['EGN|a|d|', 'EGN|b|v|', 'differ-doubtful'],
    ['EGN|a|v|', 'EGN|b|v|', 'differ'],
    ['CNP|a|v|', 'CNP|b|v|', 'differ'],
    ['EGN|a|v|', 'LNCH|a|v|', undefined],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(level(a, b)).toBe(expected);
    expect(level(b, a)).toBe(expected);
  });

  it('are told apart by their classes as by comparing', () => {
    const all = ['EGN|a|v|', 'EGN|b|v|', 'LNCH|a|v|', 'CNP|c|v|', 'EGN|d|d|', 'EGN|e|i|a'];
    const { classes } = compareId;
    if (!classes) throw new Error('ids have classes');
    for (const a of all)
      for (const b of all) {
        const [p, q] = [classes.of(id(a)), classes.of(id(b))];
        if (a === b || p === 0 || q === 0) continue;
        expect(compareId.compare(id(a), id(b))).toBe(p === q ? classes.differ : 0);
      }
  });
});

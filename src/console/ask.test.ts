import { describe, expect, it } from 'vitest';
import { readToken } from './ask.ts';

describe('a pasted token', () => {
  it('is taken bare, with its scheme, as a whole header, and broken over lines by a terminal', () => {
    for (const pasted of ['eyJh.eyJp.c2ln', ' Bearer eyJh.eyJp.c2ln\n', 'authorization: bearer eyJh.eyJp.c2ln', 'eyJh.eyJp\n  .c2ln']) {
      expect(readToken(pasted)).toBe('eyJh.eyJp.c2ln');
    }
  });

  it('is none when it could not stand in a header', () => {
    for (const pasted of ['', '   ', 'жетон', '{"token":"x"}', 'Bearer ']) expect(readToken(pasted)).toBeNull();
  });
});

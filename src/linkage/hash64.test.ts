import { describe, expect, it } from 'vitest';
import { hash64, hashText, mixHigh, mixLow } from './hash64.ts';

const text = (word: string): string => {
  const { high, low } = hash64(word);
  return hashText(high, low);
};

describe('keys', () => {
  it('are what they were: stored keys would lead nowhere otherwise', () => {
    expect(['', 'a', 'petrov', 'петров', '20140506'].map(text)).toMatchInlineSnapshot(`
      [
        "-6107307654026706392",
        "3055718845964933418",
        "-7458273278729310693",
        "-1831982012166811024",
        "-1010375481334370119",
      ]
    `);
    expect([mixHigh(1, 2), mixLow(1, 2)]).toMatchInlineSnapshot(`
      [
        1741179409,
        2667214763,
      ]
    `);
  });
  it('fit a bigint column, on both sides of zero', () => {
    expect(hashText(0xffffffff, 0xffffffff)).toBe('-1');
    expect(hashText(0x7fffffff, 0xffffffff)).toBe('9223372036854775807');
    expect(hashText(0x80000000, 0)).toBe('-9223372036854775808');
  });
  it('of 100,000 words do not meet', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 100_000; i += 1) {
      const { high, low } = hash64(`word${i}`);
      seen.add(`${high}:${low}`);
    }
    expect(seen.size).toBe(100_000);
  });
  it('depend on the order of what is mixed', () => {
    expect(mixHigh(mixHigh(7, 1), 2)).not.toBe(mixHigh(mixHigh(7, 2), 1));
    expect(mixLow(mixLow(7, 1), 2)).not.toBe(mixLow(mixLow(7, 2), 1));
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { OccurrenceCounter } from './occurrence-counter.ts';

const mac = (n: number) => createHash('sha256').update(String(n)).digest();

describe('OccurrenceCounter', () => {
  it('counts each content apart, over as many as do not fit its first tables', () => {
    const counter = new OccurrenceCounter();
    const contents = 60_000;
    for (let n = 0; n < contents; n += 1) expect(counter.next(mac(n))).toBe(0);
    for (let n = 0; n < contents; n += 7) expect(counter.next(mac(n))).toBe(1);
    expect(counter.next(mac(7))).toBe(2);
    expect(counter.next(mac(8))).toBe(1);
  });

  it('goes on counting a content that is met thousands of times', () => {
    const counter = new OccurrenceCounter();
    for (let n = 0; n < 3000; n += 1) expect(counter.next(mac(1))).toBe(n);
  });
});

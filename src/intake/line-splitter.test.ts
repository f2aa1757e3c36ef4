import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEPT_OF_TOO_LONG, LineSplitter, MAX_LINE_BYTES } from './line-splitter.ts';

function linesOf(chunks: readonly Buffer[]) {
  const splitter = new LineSplitter();
  const lines: { number: number; text: string; tooLong: boolean }[] = [];
  const take = ({ number, bytes, tooLong }: { number: number; bytes: Buffer; tooLong: boolean }) =>
    lines.push({ number, text: bytes.toString('latin1'), tooLong });
  for (const chunk of chunks) for (const line of splitter.push(chunk)) take(line);
  for (const line of splitter.end()) take(line);
  return lines;
}

describe('LineSplitter', () => {
  it('cuts at LF and CRLF, and takes a last line without a line end', () => {
    expect(linesOf([Buffer.from('a\r\nb\n\r\nc')]).map(({ text }) => text)).toEqual(['a', 'b', '', 'c']);
    expect(linesOf([Buffer.from('a\n')]).map(({ text }) => text)).toEqual(['a']);
    expect(linesOf([])).toEqual([]);
  });

  it('gives the same lines however the bytes are cut into chunks', () => {
    const bytes = fc.array(fc.constantFrom(0x61, 0x0a, 0x0d, 0xd0), { maxLength: 200 }).map((list) => Buffer.from(list));
    fc.assert(
      fc.property(bytes, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (whole, cuts) => {
        const chunks: Buffer[] = [];
        for (let at = 0, i = 0; at < whole.length; i += 1) {
          const size = cuts[i % cuts.length] as number;
          chunks.push(whole.subarray(at, at + size));
          at += size;
        }
        expect(linesOf(chunks)).toEqual(linesOf([whole]));
      }),
    );
  });

  it('holds only the beginning of a line above 1 MiB, and goes on with the next', () => {
    const chunks = Array.from({ length: 40 }, () => Buffer.alloc(65_536, 0x78));
    const lines = linesOf([Buffer.from('before\n'), ...chunks, Buffer.from('\nafter\n')]);
    expect(lines.map(({ number, text, tooLong }) => [number, text.length, tooLong])).toEqual([
      [1, 6, false],
      [2, KEPT_OF_TOO_LONG, true],
      [3, 5, false],
    ]);
  });

  it('takes a line of exactly 1 MiB', () => {
    expect(linesOf([Buffer.alloc(MAX_LINE_BYTES, 0x78), Buffer.from('\n')])[0]).toMatchObject({ tooLong: false });
    expect(linesOf([Buffer.alloc(MAX_LINE_BYTES + 1, 0x78), Buffer.from('\n')])[0]).toMatchObject({ tooLong: true });
  });
});

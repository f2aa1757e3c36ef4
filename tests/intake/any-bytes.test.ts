import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEED_KINDS } from '../../src/kernel/brands.ts';
import { HubError } from '../../src/kernel/errors.ts';
import { FORMATS } from './formats.ts';
import { readBytes } from './read-bytes.ts';

/** Bytes that break readers: separators, quotation marks, line ends, NUL, 0x98, halves of letters, braces. */
const piece = fc.oneof(
  fc
    .constantFrom('\n', '\r\n', '"', '""', ',', '|', '\0', '{', '}', '{"child":{}}', '\uFEFF', 'Ж', 'ș', '1', '-1', '2026-09-15', ' ')
    .map((text) => Buffer.from(text)),
  fc.constantFrom(0x98, 0xd0, 0xff, 0xfe, 0xc0).map((byte) => Buffer.of(byte)),
  fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
);
const body = fc.array(piece, { maxLength: 60 }).map((pieces) => Buffer.concat(pieces));
const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

function headerOf(kind: (typeof FEED_KINDS)[number]): string {
  const { layout, columns } = FORMATS[kind];
  return layout === 'ndjson' ? '' : `${columns.join(layout === 'csv' ? ',' : '|')}\r\n`;
}

describe.each(FEED_KINDS)('any bytes handed in as %s', (kind) => {
  it('come to rows and lines kept aside, each line once, or the file is refused by name', () => {
    fc.assert(
      fc.property(body, cuts, fc.boolean(), (bytes, sizes, withHeader) => {
        const file = withHeader ? Buffer.concat([Buffer.from(headerOf(kind)), bytes]) : bytes;
        try {
          const { good, bad } = readBytes(file, FORMATS[kind], [], sizes);
          const numbers = [...good, ...bad].map(({ line }) => line);
          expect(new Set(numbers).size).toBe(numbers.length);
          const physical = file.toString('latin1').split('\n').length - (file.at(-1) === 0x0a || file.length === 0 ? 1 : 0);
          const data = physical - (FORMATS[kind].layout === 'ndjson' ? 0 : 1);
          // Only a quoted line break makes one row of several lines.
          if (FORMATS[kind].layout === 'csv') expect(numbers.length).toBeLessThanOrEqual(data);
          else expect(numbers.length).toBe(data);
        } catch (error) {
          if (!(error instanceof HubError) || error.code !== 'FEED_REFUSED') throw error;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('come to the same however they are cut', () => {
    fc.assert(
      fc.property(body, cuts, (bytes, sizes) => {
        const file = Buffer.concat([Buffer.from(headerOf(kind)), bytes]);
        const outcome = (chunks: readonly number[]) => {
          try {
            const { good, bad } = readBytes(file, FORMATS[kind], [], chunks);
            return {
              good: good.map(({ line, cells }) => [line, cells]),
              bad: bad.map(({ line, code, message, raw }) => [line, code, message, raw.toString('hex')]),
            };
          } catch (error) {
            return (error as Error).message;
          }
        };
        expect(outcome(sizes)).toEqual(outcome([1 << 20]));
      }),
      { numRuns: 150 },
    );
  });
});

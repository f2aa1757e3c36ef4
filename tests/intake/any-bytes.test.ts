import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KnownSchool } from '../../src/intake/feed-format.ts';
import { FEED_KINDS, type FeedKind } from '../../src/kernel/brands.ts';
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
/** A good row of each kind, for the bytes to fall into. */
const GOOD: Record<FeedKind, string> = {
  schools: '2200112,"184 СУ ""Пейо Яворов""",68134,SOF46,Люлин,BG,secondary,0,0',
  population: '0,1348139777,Ани,,Стойкова,2013-08-13,F,BG,-1,,-1,,68134,"р-н Люлин, ул. Роза 5",68134,ул. Роза 5,BG,,2026-11-01',
  'school-roll': '2026|2200112|1348139777|0|Ani||Stoykova|2013-08-13|F|1|6|1|2026-09-15|||',
  absences: '2026|10|2200112|0844282791|0|Milka||Grigorova|5|0|0|1||',
  assistance: 'Z-1|1347199468|0|Slavcho||Dimitrov|2013-07-19|A|2023-07-17||50.00|BGN|8802124196|0|V||D|Sofia|Rosa 5',
  'foreign-aggregate': '2200289,2026-2027/1,11,13,5-7,EU,Лозенец,6',
  visits:
    '{"team":"SFO26-3","visitedOn":"2026-02-28","child":{"givenName":"Румен"},"outcome":"REFUSED","evidenceGrade":"E","protocolNo":"1"}',
  'siiir-roll': '2025-2026,2261100014,5130628229283,Marginean,Zamfir,2013-06-28,M,VI,ZI,INSCRIS,2025-09-07,,,Iris',
  'parents-abroad': '5190219226968,Trifan,Denis,2019-02-19,2026-05-24,2026-09-03,ES,DA,"Catana\nDaniela",2871118213815,,96496,nr. 384',
};
const SCHOOLS: [string, KnownSchool][] = [
  ['2200112', { country: 'BG', settlement: '68134', municipality: 'SOF46', district: null }],
  ['2200289', { country: 'BG', settlement: '68134', municipality: 'SOF46', district: null }],
  ['2261100014', { country: 'RO', settlement: '95097', municipality: '95088', district: null }],
];
/** Good rows with something driven into some of them. */
const spoiled = (kind: FeedKind) =>
  fc.array(fc.record({ at: fc.nat(140), wedge: fc.option(piece, { freq: 2 }) }), { maxLength: 30 }).map((rows) =>
    Buffer.concat(
      rows.flatMap(({ at, wedge }) => {
        const good = Buffer.from(`${GOOD[kind]}\n`);
        return wedge ? [good.subarray(0, at), wedge, good.subarray(at)] : [good];
      }),
    ),
  );
const body = fc.array(piece, { maxLength: 60 }).map((pieces) => Buffer.concat(pieces));
const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

function headerOf(kind: FeedKind): string {
  const { layout, columns } = FORMATS[kind];
  return layout === 'ndjson' ? '' : `${columns.join(layout === 'csv' ? ',' : '|')}\r\n`;
}

describe.each(FEED_KINDS)('any bytes handed in as %s', (kind) => {
  it('come to rows and lines kept aside, each line once, or the file is refused by name', () => {
    fc.assert(
      fc.property(fc.oneof(body, spoiled(kind)), cuts, fc.boolean(), (bytes, sizes, withHeader) => {
        const file = withHeader ? Buffer.concat([Buffer.from(headerOf(kind)), bytes]) : bytes;
        try {
          const { good, bad } = readBytes(file, FORMATS[kind], SCHOOLS, sizes);
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

  it('leave the rows beside them good', () => {
    const file = Buffer.from(`${headerOf(kind)}${GOOD[kind]}\n\0\n${GOOD[kind]}`);
    expect(readBytes(file, FORMATS[kind], SCHOOLS)).toMatchObject({ good: [{}, {}], bad: [{ code: 'NUL_BYTE' }] });
  });

  it('come to the same however they are cut', () => {
    fc.assert(
      fc.property(fc.oneof(body, spoiled(kind)), cuts, (bytes, sizes) => {
        const file = Buffer.concat([Buffer.from(headerOf(kind)), bytes]);
        const outcome = (chunks: readonly number[]) => {
          try {
            const { good, bad } = readBytes(file, FORMATS[kind], SCHOOLS, chunks);
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

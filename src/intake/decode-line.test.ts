import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLine } from './decode-line.ts';

describe('decodeLine', () => {
  it('reads windows-1251 as the WHATWG index does, byte for byte', () => {
    for (let byte = 0; byte < 256; byte += 1) {
      const expected = byte === 0x98 ? null : new TextDecoder('windows-1251').decode(Uint8Array.of(byte));
      expect(decodeLine(Buffer.of(byte), 'windows-1251')).toBe(expected);
    }
  });

  it('refuses byte 0x98, which windows-1251 does not define', () => {
    expect(decodeLine(Buffer.from([0xc8, 0x98, 0xe2]), 'windows-1251')).toBeNull();
  });

  it('finds a Bulgarian or Romanian name of UTF-8 in a line of windows-1251, also without byte 0x98', () => {
    for (const name of ['Стоянка', 'Живко', 'Ана', 'Țanca', 'Costache Șerban']) {
      const line = Buffer.concat([
        Buffer.from('2026|2200172|'),
        Buffer.from(name, 'utf8'),
        Buffer.from([0x7c, 0xc2, 0xe0, 0xf1, 0xe8, 0xeb]),
      ]);
      expect(decodeLine(line, 'windows-1251'), name).toBeNull();
    }
  });

  it('leaves quotation marks, numero signs and capitals of windows-1251 alone', () => {
    const text = 'ДГ № 128 „Синчец“ – СОФИЯ, бл. 7°, «РС» СЁМА';
    const bytes = Buffer.from([...text].map((c) => byteOf(c)));
    expect(decodeLine(bytes, 'windows-1251')).toBe(text);
  });

  it('refuses bytes that are not UTF-8, overlong forms and surrogates among them', () => {
    for (const bytes of [
      [0xcc, 0xe0, 0xf0],
      [0xc0, 0x80],
      [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
    ]) {
      expect(decodeLine(Buffer.from(bytes), 'utf-8')).toBeNull();
    }
  });

  it('gives every text of UTF-8 back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decodeLine(Buffer.from(text), 'utf-8')).toBe(text);
      }),
    );
  });
});

const decoder = new TextDecoder('windows-1251');
const INDEX = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
function byteOf(character: string): number {
  const byte = INDEX.get(character);
  if (byte === undefined) throw new Error('not in windows-1251');
  return byte;
}

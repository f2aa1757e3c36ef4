import { isAscii, isUtf8 } from 'node:buffer';

/** Unicode of the bytes 0x80–0xFF of windows-1251 (WHATWG Encoding, index windows-1251); 0x98 is undefined there. */
const UPPER_HALF = new Uint16Array(
  Array.from(new TextDecoder('windows-1251').decode(Uint8Array.from({ length: 128 }, (_, i) => i + 128)), (c) => c.charCodeAt(0)),
);
let scratch = Buffer.alloc(0);
let units = new Uint16Array(0);

/**
 * UTF-8 read as windows-1251: each Cyrillic letter becomes Р or С and a sign of 0x80–0xBF. Two such pairs in a row do not occur in text;
 * nor do the Romanian Ș and Ț of UTF-8, which become И and a trade mark, angle quote or љ.
 */
const UTF8_AS_1251 =
  /(?:[РС][\u0402-\u040F\u0452-\u045F\u0401\u0451\u0406\u0456\u0490\u0491\u00A0-\u00BB\u2013-\u203A\u20AC\u2116\u2122]){2}|И[\u2122\u203A\u0459]/;

function decode1251(bytes: Buffer): string | null {
  if (bytes.length * 2 > scratch.length) {
    scratch = Buffer.from(new ArrayBuffer(Math.max(4096, bytes.length * 4)));
    units = new Uint16Array(scratch.buffer, 0, scratch.length / 2);
  }
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] as number;
    if (byte === 0x98) return null;
    units[i] = byte < 128 ? byte : (UPPER_HALF[byte - 128] as number);
  }
  const text = scratch.toString('utf16le', 0, bytes.length * 2);
  return UTF8_AS_1251.test(text) ? null : text;
}

/** The text of one line, strictly in one encoding; null when a byte (or, for windows-1251, the typical trace of UTF-8) does not belong to it. */
export function decodeLine(bytes: Buffer, encoding: 'utf-8' | 'windows-1251'): string | null {
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (encoding === 'windows-1251') return decode1251(bytes);
  return isUtf8(bytes) ? bytes.toString('utf8') : null;
}

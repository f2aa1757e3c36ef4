const BYTES = new Map<number, number>();
new TextDecoder('windows-1251')
  .decode(Uint8Array.from({ length: 128 }, (_, i) => i + 128))
  .split('')
  .forEach((letter, i) => {
    // The decoder reads 0x98, which the code page leaves undefined, as U+0098.
    if (i !== 0x18) BYTES.set(letter.charCodeAt(0), i + 128);
  });

/** Text as windows-1251 bytes. @throws RangeError for a character that this code page has not, such as ț: nothing is written as a question mark. */
export function encodeWindows1251(text: string): Buffer {
  const bytes = Buffer.allocUnsafe(text.length);
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    const byte = unit < 128 ? unit : BYTES.get(unit);
    if (byte === undefined) throw new RangeError(`windows-1251 has no U+${unit.toString(16).padStart(4, '0').toUpperCase()}`);
    bytes[i] = byte;
  }
  return bytes;
}

import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK = 1 << 20;

/** The lines of a UTF-8 file, which may be larger than memory; each must end in LF. */
export function* readLines(path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(2 * CHUNK);
    let held = 0;
    for (;;) {
      const read = readSync(file, buffer, held, CHUNK, null);
      if (read === 0) break;
      const end = held + read;
      const last = buffer.lastIndexOf(0x0a, end - 1);
      if (last < 0) throw new RangeError(`${path}: a line of more than ${CHUNK} bytes`);
      let from = 0;
      const text = buffer.toString('utf8', 0, last + 1);
      for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
        yield text.slice(from, to);
        from = to + 1;
      }
      held = end - last - 1;
      buffer.copyWithin(0, last + 1, end);
    }
  } finally {
    closeSync(file);
  }
}

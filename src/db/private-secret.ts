import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

/**
 * Bytes kept in a file of their own (base64, 0600, in a 0700 folder), made at first use. Of two processes that make it at once both get the same bytes,
 * and never half of them.
 * @throws Error when the file is there but is not that secret, or others may read it.
 */
export function privateSecret(file: string, bytes: number): Buffer {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  chmodSync(dirname(file), 0o700);
  let text: string | null = null;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  if (text === null) {
    const draft = `${file}.${randomBytes(6).toString('hex')}`;
    const handle = openSync(draft, 'wx', 0o600);
    try {
      writeSync(handle, randomBytes(bytes).toString('base64'));
      fsyncSync(handle);
      linkSync(draft, file);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    } finally {
      closeSync(handle);
      rmSync(draft, { force: true });
    }
    text = readFileSync(file, 'utf8');
  }
  const secret = Buffer.from(text.trim(), 'base64');
  if (secret.length !== bytes) throw new Error(`${file} must hold ${bytes} bytes in base64`);
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    throw new Error(`${file} may be read by others: chmod 600 it, and think of replacing it`);
  return secret;
}

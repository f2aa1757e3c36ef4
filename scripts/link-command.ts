/**
 * Puts the command line where `npx obhvat` finds it: node_modules/.bin. A `bin` entry in package.json would not do:
 * npx would then install this very folder into its cache, and build it again, at each first call.
 */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'node_modules', '.bin');
mkdirSync(folder, { recursive: true });
if (process.platform === 'win32') writeFileSync(join(folder, 'obhvat.cmd'), '@node "%~dp0\\..\\..\\bin\\obhvat.mjs" %*\r\n');
else {
  rmSync(join(folder, 'obhvat'), { force: true });
  symlinkSync('../../bin/obhvat.mjs', join(folder, 'obhvat'));
}

/** Writes the table of error codes into the README, from the closed list in src/kernel/errors.ts. A test compares the two. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CODES } from '../src/kernel/errors.ts';

const README = join(import.meta.dirname, '..', 'README.md');
const MARKS = /(<!-- error codes: npm run emit:errors -->\n)[\s\S]*?(<!-- \/error codes -->)/;

/** The README with its table brought up to date. @throws Error when the two marks are not there. */
export function readmeWithErrors(readme: string): string {
  if (!MARKS.test(readme)) throw new Error('README.md has lost the marks around its table of error codes');
  const rows = Object.entries(ERROR_CODES).map(([code, { http, next }]) => `| \`${code}\` | ${http} | ${next.replaceAll('|', '\\|')} |`);
  const table = ['| code | HTTP | what to do |', '|---|--:|---|', ...rows].join('\n');
  return readme.replace(MARKS, (_, begin: string, end: string) => `${begin}${table}\n${end}`);
}

if (import.meta.main) writeFileSync(README, readmeWithErrors(readFileSync(README, 'utf8')));

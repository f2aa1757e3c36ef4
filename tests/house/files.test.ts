import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, sourceFiles } from './source-files.ts';

const files = sourceFiles(['src', 'scripts', 'tests', 'bin', 'migrations']);
const code = files.filter((file) => /\.(ts|tsx|mjs|cjs)$/.test(file));
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
/** Names that their tool or convention prescribes. */
const PRESCRIBED = new Set(['README.md']);

describe('every file', () => {
  it('stops at 400 lines', () => {
    const long = code.map((file) => ({ file, lines: read(file).split('\n').length - 1 })).filter(({ lines }) => lines > 400);
    expect(long).toEqual([]);
  });

  it('has a name in kebab-case, and so has its folder', () => {
    const odd = files.filter((file) => file.split('/').some((part) => !KEBAB.test(part) && !PRESCRIBED.has(part)));
    expect(odd).toEqual([]);
  });

  it('ends its lines with LF and its last line too', () => {
    const text = files.filter((file) => /\.(ts|mjs|cjs|sql|md|json|yaml|graphql)$/.test(file));
    expect(text.filter((file) => read(file).includes('\r') || !read(file).endsWith('\n'))).toEqual([]);
  });

  it('in src has named exports only and no TypeScript enum', () => {
    const inSource = code.filter((file) => file.startsWith('src/') && !file.startsWith('src/console/'));
    expect(inSource.filter((file) => /^export default\b/m.test(read(file)))).toEqual([]);
    expect(inSource.filter((file) => /^(export )?(const |declare )?enum \w/m.test(read(file)))).toEqual([]);
  });

  it('leaves no test switched off, or alone switched on, without saying why', () => {
    const tests = files.filter((file) => file.endsWith('.test.ts') && file !== 'tests/house/files.test.ts');
    expect(tests.filter((file) => /\b(it|test|describe)\.only\(/.test(read(file)))).toEqual([]);
    expect(tests.filter((file) => /\b(it|test|describe)\.(skip|todo)\(/.test(read(file)))).toEqual([]);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readmeWithErrors } from '../../scripts/emit-errors.ts';
import { ROOT } from './source-files.ts';

const DOCUMENTS = ['README.md', 'GLOSSARY.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');
const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts);

describe('the README', () => {
  it('lists the error codes as the code has them (else: npm run emit:errors)', () => {
    expect(read('README.md')).toBe(readmeWithErrors(read('README.md')));
  });
});

describe.each(DOCUMENTS)('%s', (name) => {
  it('links to files that are there', () => {
    const targets = [...read(name).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) => target as string);
    expect(targets.filter((target) => !existsSync(join(ROOT, dirname(name), target)))).toEqual([]);
  });

  it('names paths of the repository that are there', () => {
    const paths = [...read(name).matchAll(/`((?:src|tests|scripts|schema|migrations|bin|\.ci)\/[\w./-]*)`/g)].map(
      ([, path]) => path as string,
    );
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('names scripts of package.json that are there', () => {
    const named = [...read(name).matchAll(/\bnpm run ([\w:-]+)/g)].map(([, script]) => script as string);
    expect(named.filter((script) => !scripts.includes(script))).toEqual([]);
  });
});

describe('the CHANGELOG', () => {
  it('is written after Keep a Changelog: dated versions, newest first, what is coming on top', () => {
    const headings = [...read('CHANGELOG.md').matchAll(/^## \[([^\]]+)\](?: - (\d{4}-\d{2}-\d{2}))?$/gm)];
    expect(headings[0]?.[1]).toBe('Unreleased');
    const dates = headings.slice(1).map(([, , date]) => date);
    expect(dates).toEqual([...dates].sort().reverse());
    const kinds = [...read('CHANGELOG.md').matchAll(/^### (.+)$/gm)].map(([, kind]) => kind);
    expect(kinds.filter((kind) => !/^(Added|Changed|Deprecated|Removed|Fixed|Security)$/.test(kind as string))).toEqual([]);
  });
});

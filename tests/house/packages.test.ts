import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { missingPlatforms } from '../../scripts/complete-lock.ts';
import { ROOT } from './source-files.ts';

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
}
interface Lock {
  packages: Record<
    string,
    { version?: string; name?: string; hasInstallScript?: boolean; license?: string; dependencies?: object; devDependencies?: object }
  >;
}
const json = <T>(name: string) => JSON.parse(readFileSync(join(ROOT, name), 'utf8')) as T;
const manifest = json<Manifest>('package.json');
const lock = json<Lock>('package-lock.json');
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const installed = Object.entries(lock.packages)
  .filter(([path]) => path.includes('node_modules/'))
  .map(([path, entry]) => ({ ...entry, path, name: entry.name ?? nameOf(path), version: entry.version ?? '' }));

/** Below these versions a published advisory applies (an audit of the registry is not to be had everywhere, so the list stands here). */
const SAFE_SINCE: readonly [name: string, version: string, advisory: string][] = [
  ['@apollo/server', '5.4.0', 'CVE-2026-23897, denial of service'],
  ['@mikro-orm/core', '7.1.7', 'SQL injection (two), prototype pollution'],
  ['@mikro-orm/sql', '7.1.7', 'SQL injection'],
  ['@mikro-orm/postgresql', '7.1.7', 'SQL injection'],
  ['graphql', '16.8.1', 'CVE-2023-26144, denial of service by overlapping fields'],
  ['jose', '4.15.5', 'CVE-2024-28176, decompression of encrypted tokens'],
  ['ws', '8.17.1', 'CVE-2024-37890, denial of service by many headers'],
  ['semver', '7.5.2', 'CVE-2022-25883, slow regular expression (7.x)'],
  ['fastify', '5.3.2', 'CVE-2025-32442, validation passed by content-type'],
  ['find-my-way', '9.0.1', 'CVE-2024-45813, slow regular expression'],
  ['yaml', '2.2.2', 'CVE-2023-2251, uncaught exception'],
  ['koa', '2.16.1', 'CVE-2025-32379, cross-site scripting in redirects'],
  ['path-to-regexp', '8.0.0', 'CVE-2024-45296, slow regular expression'],
];
/** An older major that has the correction too. */
const ALSO_SAFE = new Set(['semver@5', 'semver@6', 'ws@7']);

const number = (version: string) => version.split('-')[0]?.split('.').map(Number) ?? [];
function isBelow(version: string, minimum: string): boolean {
  const [a, b] = [number(version), number(minimum)];
  for (let index = 0; index < 3; index++) if ((a[index] ?? 0) !== (b[index] ?? 0)) return (a[index] ?? 0) < (b[index] ?? 0);
  return false;
}

describe('packages', () => {
  it('are pinned exactly', () => {
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^(npm:[@\w/.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  it('are the ones of the lock file', () => {
    expect(lock.packages['']?.dependencies).toEqual(manifest.dependencies);
    expect(lock.packages['']?.devDependencies).toEqual(manifest.devDependencies);
  });

  it('of other platforms stand in the lock file too, or npm ci refuses it (else: npm run complete:lock)', () => {
    expect(missingPlatforms(lock).map(({ path }) => path)).toEqual([]);
  });

  it('of one family have one version: MikroORM refuses to start otherwise', () => {
    const versions = installed
      .filter(({ name }) => name.startsWith('@mikro-orm/') && name !== '@mikro-orm/decorators')
      .map(({ version }) => version);
    expect(new Set(versions).size).toBe(1);
  });

  it('have no version below one that a published advisory names', () => {
    const unsafe = SAFE_SINCE.flatMap(([name, minimum, advisory]) =>
      installed
        .filter((entry) => entry.name === name && isBelow(entry.version, minimum) && !ALSO_SAFE.has(`${name}@${number(entry.version)[0]}`))
        .map(({ path, version }) => `${path} ${version} < ${minimum}: ${advisory}`),
    );
    expect(unsafe).toEqual([]);
  });

  it('include one GraphQL: two of them refuse each other at run time', () => {
    expect(installed.filter(({ name }) => name === 'graphql').map(({ path }) => path)).toEqual(['node_modules/graphql']);
  });

  it('run an install script only after somebody said yes or no to it', () => {
    const unreviewed = installed.filter(({ name, hasInstallScript }) => hasInstallScript && !Object.hasOwn(manifest.allowScripts, name));
    expect(unreviewed.map(({ name }) => name)).toEqual([]);
  });
});

/**
 * Adds to the lock file the optional packages of other platforms that the registry at hand does not carry. npm leaves them out when it writes the file,
 * and `npm ci` then refuses the whole of it ("Missing: … from lock file"), on every machine. To be run after each `npm install` that changes the lock file.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface LockEntry {
  version?: string;
  dev?: boolean;
  license?: string;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}
export interface Lock {
  packages: Record<string, LockEntry>;
}

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const isExact = (version: string) => /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version);

/** Where a dependency of the package at `path` stands in the lock file, nearest first; undefined when nowhere. */
function findEntry(lock: Lock, path: string, name: string): LockEntry | undefined {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf('/node_modules/'))) {
    const entry = lock.packages[`${at}/node_modules/${name}`];
    if (entry) return entry;
    if (!at.includes('/node_modules/')) return lock.packages[`node_modules/${name}`];
  }
}

/** Optional packages of one system each, by exact version, that a package asks for and the lock file does not have. */
export function missingPlatforms(lock: Lock): { path: string; entry: LockEntry }[] {
  const missing: { path: string; entry: LockEntry }[] = [];
  for (const [path, { optionalDependencies = {}, dev, license }] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const words = name.split(/[/-]/);
      const at = words.findIndex((word) => SYSTEMS.includes(word));
      if (at < 0 || !isExact(version) || findEntry(lock, path, name)) continue;
      const [system = '', cpu, libc] = words.slice(at);
      const entry: LockEntry = { version, ...(cpu ? { cpu: [cpu] } : {}), ...(dev ? { dev } : {}) };
      if (libc === 'musl') entry.libc = ['musl'];
      missing.push({ path: `node_modules/${name}`, entry: { ...entry, ...(license ? { license } : {}), optional: true, os: [system] } });
    }
  }
  return missing;
}

if (import.meta.main) {
  const file = join(import.meta.dirname, '..', 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock;
  const missing = missingPlatforms(lock);
  for (const { path, entry } of missing) lock.packages[path] = entry;
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (missing.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  process.stdout.write(`${missing.length} added\n`);
}

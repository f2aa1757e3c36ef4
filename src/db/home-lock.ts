import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive, processIdentity } from './process-identity.ts';

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

/** Makes the file with its content in one step, unless it is there. */
function tryCreate(file: string, content: string, own: string): boolean {
  writeFileSync(own, content, { mode: 0o600 });
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Takes away the lock of a process that is gone. Two that try at once must not remove the lock that the quicker one made meanwhile: it is put back. */
function removeStale(file: string, content: string, own: string): void {
  try {
    renameSync(file, own);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const taken = readFileSync(own, 'utf8');
  if (taken !== content) {
    try {
      linkSync(own, file);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
  rmSync(own, { force: true });
}

let count = 0;
/**
 * Waits for a lock file, which holds its owner's identity, and takes over one whose owner is gone.
 * @returns the function that lets it go. @throws Error when another process keeps it longer than `seconds`.
 */
export async function acquireLock(file: string, seconds = 120): Promise<() => void> {
  count += 1;
  const own = `${file}.${process.pid}-${count}`;
  const identity = `${processIdentity(process.pid)} #${count}`;
  for (const until = Date.now() + seconds * 1000; ; await pause(50)) {
    if (tryCreate(file, identity, own)) return () => rmSync(file, { force: true });
    let holder: string;
    try {
      holder = readFileSync(file, 'utf8');
    } catch {
      continue;
    }
    if (!isAlive(holder.replace(/ #\d+$/, ''))) removeStale(file, holder, own);
    else if (Date.now() > until) throw new Error(`another process (${Number.parseInt(holder, 10)}) holds ${file}`);
  }
}

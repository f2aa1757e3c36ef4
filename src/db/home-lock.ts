import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Waits for a lock file that holds its owner's process id, takes over one whose owner is gone, and gives the function that lets it go. */
export async function acquireLock(file: string, seconds = 90): Promise<() => void> {
  for (const until = Date.now() + seconds * 1000; ; await pause(100)) {
    try {
      const handle = openSync(file, 'wx', 0o600);
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return () => unlinkSync(file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    let owner = 0;
    try {
      owner = Number(readFileSync(file, 'utf8'));
    } catch {
      continue;
    }
    if (owner > 0 && !alive(owner)) {
      try {
        unlinkSync(file);
      } catch {
        // Another process took it over first.
      }
    } else if (Date.now() > until) throw new Error(`another process (${owner}) holds ${file}`);
  }
}

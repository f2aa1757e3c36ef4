import { readFileSync } from 'node:fs';

const readOr = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
};
const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/**
 * One line that names a living process and no later one with its number; null when there is no such process.
 * A number alone does not do: after a restart of the machine or of a container it belongs to another process.
 */
export function processIdentity(pid: number): string | null {
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isThere(pid)) return null;
  const status = readOr(`/proc/${pid}/stat`);
  if (status === null) return String(pid);
  // After the name, which may hold spaces and brackets: state is field 3, start time (in clock ticks since boot) field 22 of proc(5).
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') return null;
  return `${pid} ${fields[19]} ${readOr('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}`;
}

/** True for a line that `processIdentity` gave, as long as that very process lives. */
export const isAlive = (identity: string): boolean => identity !== '' && processIdentity(Number.parseInt(identity, 10)) === identity;

/** The arguments of a process, where the system tells; null otherwise. */
export const commandOf = (pid: number): string[] | null => readOr(`/proc/${pid}/cmdline`)?.split('\0') ?? null;

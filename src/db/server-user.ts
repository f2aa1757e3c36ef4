import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The operating-system user that the database server runs as. */
export interface ServerUser {
  uid: number;
  gid: number;
}

const NAMES = ['obhvat', 'postgres', 'nobody'];
const find = (name: string): ServerUser | undefined => {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${name}:`))
    ?.split(':');
  return line ? { uid: Number(line[2]), gid: Number(line[3]) } : undefined;
};

/**
 * PostgreSQL refuses to run as root, so root gets it another user: its own if it can be made, else one that is there.
 * @returns undefined when it runs as the present user. @throws Error when there is no such user.
 */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (!find('obhvat') && !find('postgres')) {
    try {
      execFileSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'obhvat'], { stdio: 'ignore' });
    } catch {
      // No such program, or no right to add a user: `nobody` stands in.
    }
  }
  for (const name of NAMES) {
    const user = find(name);
    if (user) return user;
  }
  throw new Error('as root the embedded database needs another user to run as: add a system user named "obhvat", or set DATABASE_URL');
}

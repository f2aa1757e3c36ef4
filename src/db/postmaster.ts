import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { commandOf, processIdentity } from './process-identity.ts';
import { pg } from './sql.ts';

/** The server process of a cluster, as its `postmaster.pid` tells. */
export interface Postmaster {
  pid: number;
  port: number;
}

// Above every process number of Linux, macOS and the BSDs.
const NO_PID = '4194304';
const fileOf = (data: string) => join(data, 'postmaster.pid');

/** The living server of a cluster; null when there is none, or the number in its file belongs to another process now. */
export function findPostmaster(data: string): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(fileOf(data), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (processIdentity(pid) === null) return null;
  const command = commandOf(pid);
  if (command && !(command[0]?.endsWith('postgres') && command.includes(data))) return null;
  return { pid, port: Number(lines[3]) };
}

/**
 * Lets a server start where the file of a dead one names a process that is something else today, or one that nobody has buried yet:
 * PostgreSQL would take either for a running server.
 * The file stays, because by its last line PostgreSQL makes sure that no server process of the dead one still writes.
 */
export function disownPostmasterFile(data: string): void {
  let lines: string[];
  try {
    lines = readFileSync(fileOf(data), 'utf8').split('\n');
  } catch {
    return;
  }
  writeFileSync(fileOf(data), [NO_PID, ...lines.slice(1)].join('\n'));
}

/** A port of 127.0.0.1 that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

/** True when the server at this address lets the administrator in and answers. */
export async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Asks again until the condition holds. @returns false when the time was over first. */
export async function holdsWithin(seconds: number, condition: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const until = Date.now() + seconds * 1000; ; await pause(25)) {
    if (await condition()) return true;
    if (Date.now() > until) return false;
  }
}

/** Fast shutdown (SIGINT): sessions are cut off, what was committed is written. After 30 s the server is told to go at once; it then recovers at its next start. */
export async function stopPostmaster(data: string): Promise<void> {
  const running = findPostmaster(data);
  if (!running) return;
  const isGone = () => findPostmaster(data)?.pid !== running.pid;
  for (const [signal, seconds] of [
    ['SIGINT', 30],
    ['SIGQUIT', 10],
  ] as const) {
    try {
      process.kill(running.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    if (await holdsWithin(seconds, isGone)) return;
  }
  throw new Error(`the embedded database (pid ${running.pid}) does not stop`);
}

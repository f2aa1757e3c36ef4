import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { embeddedBinaries, isReachable, reachableBinaries } from './embedded-binaries.ts';
import { acquireLock } from './home-lock.ts';
import { type ServerUser, serverUser } from './server-user.ts';
import { pg } from './sql.ts';

/** A running server of this installation. */
export interface EmbeddedServer {
  /** Of the administrator, database `obhvat`. */
  url: string;
  /** True when it was running already: left over by a killed hub, or another process's. */
  adopted: boolean;
  /** Fast shutdown; resolves when the server is gone. */
  stop(): Promise<void>;
}

const run = promisify(execFile);
const DATABASE = 'obhvat';
const ADMIN = 'obhvat_admin';
// No statement and no parameter may reach the server's log: they hold children's data. fsync stays on.
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  password_encryption: 'scram-sha-256',
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_min_duration_statement: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
  shared_buffers: '128MB',
  max_connections: '80',
  wal_compression: 'on',
  jit: 'off',
  timezone: 'UTC',
};

interface Place {
  data: string;
  passwordFile: string;
  logFile: string;
  native: string;
  user: ServerUser | undefined;
}

function place(home: string): Place {
  const user = serverUser();
  let data = join(home, 'postgres');
  if (user && !isReachable(home)) data = join('/var/lib/obhvat', createHash('sha256').update(resolve(home)).digest('hex').slice(0, 16));
  if (user) {
    mkdirSync(data, { recursive: true, mode: 0o711 });
    if (!isReachable(data)) throw new Error(`the database's folder ${data} cannot be reached by its user: choose another OBHVAT_HOME`);
  } else mkdirSync(data, { recursive: true, mode: 0o700 });
  const cluster = join(data, 'cluster');
  if (data !== join(home, 'postgres')) writeFileSync(join(home, 'postgres.location'), `${data}\n`);
  const native = embeddedBinaries();
  return { data: cluster, passwordFile: join(home, 'postgres.password'), logFile: join(home, 'postgres.log'), native: user ? reachableBinaries(native, data) : native, user };
}

function postmaster(data: string): { pid: number; port: number } | null {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]) };
  } catch {
    return null;
  }
}

function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
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

async function initialise({ data, native, user, passwordFile }: Place): Promise<void> {
  if (existsSync(join(data, 'PG_VERSION')) && existsSync(`${data}.ready`)) return;
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { mode: 0o700 });
  const secret = `${data}.secret`;
  if (!existsSync(passwordFile)) writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  writeFileSync(secret, readFileSync(passwordFile), { mode: 0o600 });
  if (user) for (const path of [data, secret]) chownSync(path, user.uid, user.gid);
  try {
    await run(
      join(native, 'bin', 'initdb'),
      ['-D', data, '-U', ADMIN, '--auth=scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions'],
      { ...user, cwd: '/' },
    );
  } finally {
    unlinkSync(secret);
  }
  writeFileSync(`${data}.ready`, '');
}

async function launch({ data, native, user, logFile }: Place): Promise<number> {
  const port = await freePort();
  const log = openSync(logFile, 'a', 0o600);
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // A process group of its own: Ctrl-C reaches the hub alone, which then stops the server in order.
  const child = spawn(join(native, 'bin', 'postgres'), ['-D', data, '-p', String(port), ...settings], { ...user, cwd: '/', detached: true, stdio: ['ignore', log, log] });
  child.unref();
  await new Promise<void>((done, fail) => {
    child.once('error', fail);
    child.once('spawn', done);
  });
  return port;
}

async function waitFor(condition: () => boolean | Promise<boolean>, seconds: number, failure: string): Promise<void> {
  for (const until = Date.now() + seconds * 1000; Date.now() < until; await pause(50)) if (await condition()) return;
  throw new Error(failure);
}

async function stop(data: string): Promise<void> {
  const running = postmaster(data);
  if (!running || !isPostgres(running.pid)) return;
  process.kill(running.pid, 'SIGINT');
  await waitFor(() => !isPostgres(running.pid), 30, 'the embedded database did not stop in 30 s').catch(() => process.kill(running.pid, 'SIGQUIT'));
}

/**
 * Starts the embedded PostgreSQL of an installation, or adopts the one that a killed hub left running.
 * Listens on 127.0.0.1 only, on a free port, with a random password kept in `<home>/postgres.password` (0600).
 * @param home a folder that exists. @throws Error with what to do when the server cannot run.
 */
export async function startEmbedded(options: { home: string }): Promise<EmbeddedServer> {
  const release = await acquireLock(join(options.home, 'postgres.lock'));
  try {
    const where = place(options.home);
    const urlAt = (port: number, database = DATABASE) =>
      `postgres://${ADMIN}:${encodeURIComponent(readFileSync(where.passwordFile, 'utf8').trim())}@127.0.0.1:${port}/${database}`;
    const running = postmaster(where.data);
    if (running && isPostgres(running.pid)) {
      await waitFor(() => answers(urlAt(running.port)), 20, `a database server (pid ${running.pid}) holds ${where.data} but does not answer: stop it, then start again`);
      return { url: urlAt(running.port), adopted: true, stop: () => stop(where.data) };
    }
    if (running) rmSync(join(where.data, 'postmaster.pid'), { force: true });
    await initialise(where);
    const port = await launch(where);
    await waitFor(() => answers(urlAt(port, 'postgres')), 60, `the embedded database did not start: see ${where.logFile}`);
    await ensureDatabase(urlAt(port, 'postgres'));
    return { url: urlAt(port), adopted: false, stop: () => stop(where.data) };
  } finally {
    release();
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

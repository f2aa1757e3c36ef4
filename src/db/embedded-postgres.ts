import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type EmbeddedPlace, embeddedPlace } from './embedded-place.ts';
import { EMBEDDED_SETTINGS } from './embedded-settings.ts';
import { acquireLock } from './home-lock.ts';
import { EMBEDDED_ADMIN, initialiseCluster } from './initialise-cluster.ts';
import { answers, disownPostmasterFile, findPostmaster, freePort, holdsWithin, stopPostmaster } from './postmaster.ts';
import { ServerHolders } from './server-holders.ts';
import { pg } from './sql.ts';

/** A running server of this installation. */
export interface EmbeddedServer {
  /** Of the administrator, database `obhvat`. */
  url: string;
  /** True when it was running already: left over by a killed hub, or used by another process too. */
  adopted: boolean;
  /** Leaves the server; the last process to leave shuts it down. Resolves when that is done. */
  stop(): Promise<void>;
}
export interface EmbeddedOptions {
  /** A folder that exists. */
  home: string;
  /** Told what takes its time. */
  onLog?: (message: string) => void;
  /** Settings of the server besides its own, e.g. of tests. */
  settings?: Readonly<Record<string, string>>;
  /** Folder with `bin` of another PostgreSQL than the npm package's. */
  binaries?: string;
}

const DATABASE = 'obhvat';
const LARGEST_LOG = 8 * 1024 * 1024;
const RECOVERY_SECONDS = 900;

/** One attempt to start. @returns why the server went, or null when it answers. */
async function launch(place: EmbeddedPlace, port: number, settings: Readonly<Record<string, string>>, url: string): Promise<string | null> {
  const { data, native, user, logFile } = place;
  if (existsSync(logFile) && statSync(logFile).size > LARGEST_LOG) truncateSync(logFile);
  const log = openSync(logFile, 'a', 0o600);
  const from = statSync(logFile).size;
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // A session of its own: Ctrl-C reaches the hub alone, which then stops the server in order.
  const child = spawn(join(native, 'bin', 'postgres'), ['-D', data, '-p', String(port), ...given], {
    ...user,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let gone: string | null = null;
  const onError = (error: Error) => {
    gone = error.message;
  };
  const onExit = () => {
    gone ??= readFileSync(logFile).subarray(from).toString().trim() || 'it said nothing';
  };
  child.once('error', onError).once('exit', onExit).unref();
  await holdsWithin(RECOVERY_SECONDS, async () => gone !== null || (findPostmaster(data)?.pid === child.pid && (await answers(url))));
  child.off('exit', onExit);
  return gone;
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

/**
 * Starts the embedded PostgreSQL of an installation, or adopts the one that runs: a killed hub's, or another process's.
 * It listens on 127.0.0.1 only, on a free port, with a random password kept in `<home>/postgres.password` (0600).
 * @throws Error with what to do when the server cannot run.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { home, onLog = () => undefined } = options;
  const lock = join(home, 'postgres.lock');
  const release = await acquireLock(lock);
  try {
    const place = embeddedPlace(home, options.binaries);
    const holders = new ServerHolders(place.holders);
    const settings = { ...EMBEDDED_SETTINGS, ...options.settings };
    const signature = createHash('sha256')
      .update(JSON.stringify([place.native, settings]))
      .digest('hex');
    const signatureFile = join(home, 'postgres.signature');
    const urlAt = (port: number, database = DATABASE) =>
      `postgres://${EMBEDDED_ADMIN}:${readFileSync(place.passwordFile, 'utf8').trim()}@127.0.0.1:${port}/${database}`;
    const entered = (port: number, adopted: boolean): EmbeddedServer => {
      holders.enter();
      let stopped: Promise<void> | null = null;
      const stop = async () => {
        const releaseAgain = await acquireLock(lock);
        try {
          holders.leave();
          if (holders.others() === 0) await stopPostmaster(place.data);
        } finally {
          releaseAgain();
        }
      };
      return { url: urlAt(port), adopted, stop: () => (stopped ??= stop()) };
    };

    const running = findPostmaster(place.data);
    if (running) {
      const isShared = holders.others() > 0;
      const isSame = existsSync(signatureFile) && readFileSync(signatureFile, 'utf8') === signature;
      let isThere = true;
      const answersOrGoes = async () => {
        isThere = findPostmaster(place.data)?.pid === running.pid;
        return !isThere || (await answers(urlAt(running.port, 'postgres')));
      };
      // One that is left over, but from another version or with other settings, is replaced.
      const isGood = (isShared || isSame) && (await holdsWithin(20, answersOrGoes));
      if (isGood && isThere) {
        await ensureDatabase(urlAt(running.port, 'postgres'));
        return entered(running.port, true);
      }
      if (isThere && isShared)
        throw new Error(`the database server (pid ${running.pid}) that another process uses does not answer: stop both, then start again`);
      if (isThere) onLog('replacing the database server that was left over');
      await stopPostmaster(place.data);
    }
    if (!existsSync(place.data)) onLog('making the embedded database');
    await initialiseCluster(place);
    disownPostmasterFile(place.data);
    rmSync(signatureFile, { force: true });
    let why: string | null = null;
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const port = await freePort();
      why = await launch(place, port, settings, urlAt(port, 'postgres'));
      if (why === null) {
        if (!findPostmaster(place.data)) break;
        writeFileSync(signatureFile, signature, { mode: 0o600 });
        await ensureDatabase(urlAt(port, 'postgres'));
        return entered(port, false);
      }
      // Another process took the port meanwhile, or a process of the server that was killed has not ended yet: both pass.
      if (!/could not bind|shared memory block/.test(why)) break;
      onLog('waiting for the database server that was killed');
      await pause(500);
    }
    throw new Error(`the embedded database did not start: ${why ?? 'it does not let its administrator in'} (see ${place.logFile})`);
  } finally {
    release();
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDb } from './db.ts';
import { type EmbeddedServer, startEmbedded } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';
import { findPostmaster } from './postmaster.ts';
import { pg } from './sql.ts';

async function ask<T = Record<string, unknown>>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as T[];
  } finally {
    await client.end();
  }
}

/** Another process that starts the server of the same home, and stays. */
async function elsewhere(home: string): Promise<{ process: ChildProcess; url: string }> {
  const source = `
    const { startEmbedded } = await import(${JSON.stringify(new URL('embedded-postgres.ts', import.meta.url).href)});
    const { url } = await startEmbedded({ home: ${JSON.stringify(home)} });
    process.stdout.write(url + '\\n');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const url = await new Promise<string>((done, failed) => {
    child.stdout.once('data', (bytes: Buffer) => done(bytes.toString().trim()));
    child.once('exit', (code) => failed(new Error(`it ended with ${code}`)));
  });
  return { process: child, url };
}
const killed = (child: ChildProcess) =>
  new Promise((done) => {
    child.once('exit', done);
    child.kill('SIGKILL');
  });

describe('the embedded database', () => {
  let home: string;
  let started: EmbeddedServer[];
  const start = async (settings?: Record<string, string>) => {
    const server = await startEmbedded({ home, settings });
    started.push(server);
    return server;
  };
  const cluster = () => join(home, 'postgres', 'cluster');
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'obhvat-embedded-'));
    started = [];
  });
  afterEach(async () => {
    for (const server of started) await server.stop();
    rmSync(home, { recursive: true, force: true });
  });

  test('starts within seconds the second time, with what it kept', async () => {
    const first = await start();
    await ask(first.url, 'create table kept (note text)');
    await first.stop();
    expect(findPostmaster(cluster())).toBeNull();
    const before = performance.now();
    const second = await start();
    const seconds = (performance.now() - before) / 1000;
    expect(second.adopted).toBe(false);
    expect(await ask(second.url, 'select * from kept')).toEqual([]);
    expect(seconds).toBeLessThan(5);
  });

  test('listens on loopback only, asks for a password, keeps it to its owner, is durable and writes no statement to its log', async () => {
    const { url } = await start();
    const [settings] = await ask(
      url,
      `select current_setting('listen_addresses') as listen, current_setting('unix_socket_directories') as sockets, current_setting('fsync') as fsync,
         current_setting('synchronous_commit') as commit, current_setting('server_version_num')::integer / 10000 as version`,
    );
    expect(settings).toEqual({ listen: '127.0.0.1', sockets: '', fsync: 'on', commit: 'on', version: 18 });
    const password = readFileSync(join(home, 'postgres.password'), 'utf8');
    await expect(ask(url.replace(password, 'guess'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
    const rules = await ask<{ auth_method: string }>(url, 'select distinct auth_method from pg_hba_file_rules');
    expect(rules).toEqual([{ auth_method: 'scram-sha-256' }]);
    for (const name of ['postgres.password', 'postgres.log', 'postgres.signature'])
      expect(statSync(join(home, name)).mode & 0o777).toBe(0o600);

    await ask(url, 'create table pupil (egn text primary key, born date)');
    await ask(url, "insert into pupil values ('0842016301', '2008-02-01')");
    await expect(ask(url, "insert into pupil values ('0842016301', '2008-02-01')")).rejects.toMatchObject({ code: '23505' });
    await expect(ask(url, "select 'Мария'::date")).rejects.toMatchObject({ code: '22007' });
    await expect(ask(url, "do $$ begin raise warning 'Мария 0842016301'; end $$")).resolves.toEqual([]);
    const log = readFileSync(join(home, 'postgres.log'), 'utf8');
    expect(log).toContain('ready to accept connections');
    expect(log).not.toMatch(/0842016301|Мария|insert|pupil/);
  });

  test('knows the letters of both countries', async () => {
    const { url } = await start();
    expect(await ask(url, "select lower('ЩЪЮ') as bg, upper('șță') as ro")).toEqual([{ bg: 'щъю', ro: 'ȘȚĂ' }]);
  });

  test('adopts a server whose hub was killed, and stops it at the end', async () => {
    const { process: hub, url } = await elsewhere(home);
    await ask(url, 'create table kept (note text)');
    await killed(hub);
    const left = findPostmaster(cluster());
    expect(left).not.toBeNull();
    const server = await start();
    expect(server).toMatchObject({ adopted: true, url });
    expect(await ask(server.url, 'select * from kept')).toEqual([]);
    await server.stop();
    expect(findPostmaster(cluster())).toBeNull();
  });

  test('replaces a server that was left over with other settings', async () => {
    const { process: hub } = await elsewhere(home);
    await killed(hub);
    const server = await start({ work_mem: '8MB' });
    expect(server.adopted).toBe(false);
    expect(await ask(server.url, 'show work_mem')).toEqual([{ work_mem: '8MB' }]);
  });

  test('recovers when the server itself was killed with its hub', async () => {
    const { process: hub, url } = await elsewhere(home);
    await ask(url, 'create table kept (note text)');
    const left = findPostmaster(cluster());
    process.kill(left?.pid as number, 'SIGKILL');
    await killed(hub);
    const server = await start();
    expect(server.adopted).toBe(false);
    expect(await ask(server.url, 'select * from kept')).toEqual([]);
  });

  test('is not misled by a process that has the number of a dead server', async () => {
    const first = await start();
    await ask(first.url, 'create table kept (note text)');
    await first.stop();
    const sleeper = spawn('sleep', ['60'], { stdio: 'ignore' });
    writeFileSync(join(cluster(), 'postmaster.pid'), `${sleeper.pid}\n${cluster()}\n1\n1\n\n127.0.0.1\n\nready\n`);
    try {
      expect((await start()).adopted).toBe(false);
    } finally {
      sleeper.kill();
    }
  });

  test('outlives Ctrl-C, which a terminal gives to the whole process group: the hub stops it in order', async () => {
    const { process: hub, url } = await elsewhere(home);
    const ended = new Promise((done) => hub.once('exit', done));
    process.kill(-(hub.pid as number), 'SIGINT');
    await ended;
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect((await start()).adopted).toBe(true);
  });

  test('stays for the other process until the last one leaves', async () => {
    const { process: hub, url } = await elsewhere(home);
    const command = await start();
    expect(command.adopted).toBe(true);
    await command.stop();
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    const next = await start();
    await killed(hub);
    await next.stop();
    expect(findPostmaster(cluster())).toBeNull();
  });

  test('is made once when two processes start at the same time', async () => {
    const both = await Promise.all([elsewhere(home), elsewhere(home)]);
    expect(both[0].url).toBe(both[1].url);
    await Promise.all(both.map(({ process: each }) => killed(each)));
    expect((await start()).adopted).toBe(true);
  });

  test('takes no half-made cluster for a database, and no lock of a dead process for a living one', async () => {
    mkdirSync(join(home, 'postgres', 'cluster.draft', 'base'), { recursive: true });
    writeFileSync(join(home, 'postgres.lock'), '1 12345 another-boot #1');
    const server = await start();
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(existsSync(join(home, 'postgres', 'cluster.draft'))).toBe(false);
  });

  test('says what to do when the database is of another major version or its password is gone', async () => {
    await (await start()).stop();
    rmSync(join(home, 'postgres.password'));
    await expect(startEmbedded({ home })).rejects.toThrow(/password is gone: put .*postgres\.password back/);
    writeFileSync(join(cluster(), 'PG_VERSION'), '17\n');
    await expect(startEmbedded({ home })).rejects.toThrow(/made by PostgreSQL 17, and this is 18/);
  });
});

const OLDEST = '/usr/lib/postgresql/15';
describe.skipIf(!existsSync(`${OLDEST}/bin/postgres`))(`PostgreSQL 15 (skipped where ${OLDEST} is absent)`, () => {
  test('can be migrated as well', async () => {
    const home = mkdtempSync(join(tmpdir(), 'obhvat-fifteen-'));
    const server = await startEmbedded({ home, binaries: OLDEST });
    try {
      expect(await ask(server.url, "select current_setting('server_version_num')::integer / 10000 as version")).toEqual([{ version: 15 }]);
      const { appUrl, applied } = await migrate(server.url, 'a-password-for-tests');
      expect(applied).toBeGreaterThan(0);
      await expect(ask(appUrl, 'select 1 from hub.child')).rejects.toMatchObject({ code: '42501' });
      const db = openDb(appUrl);
      expect(await db.read('operator', async (sql) => (await sql.query('select child_id from hub.child')).rows)).toEqual([]);
      await db.end();
    } finally {
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    }
  });
});

import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { registerDemonstration } from '../../src/cli/client.ts';
import { runToken } from '../../src/cli/token.ts';
import { openInstallation } from '../../src/db/installation.ts';
import { pg } from '../../src/db/sql.ts';
import { fill } from './fill.ts';
import { hubQuery, postgraphileQuery, PURPOSE, SCHOOL, sameShape, YEARS } from './scene.ts';

const short = process.argv.includes('--short');
const ROUNDS = short ? 3 : 5;
const SECONDS = short ? 3 : 5;
const CALLERS = short ? [10] : [10, 32];

// As `npm start` runs the hub; alike for all four.
const MEMORY = ['--max-semi-space-size=32', '--heap-growing-percent=20'];

interface Runner {
  name: string;
  what: string;
  file: string;
  query: (year: number) => object;
  url: string;
  process: ChildProcess | null;
  headers: Record<string, string>;
}
const runner = (name: string, what: string, file: string, query: Runner['query'] = hubQuery): Runner => ({
  name,
  what,
  file,
  query,
  url: '',
  process: null,
  headers: { 'content-type': 'application/json' },
});
const runners = [
  runner('a', 'the hub: policy, consent, recording', 'server-hub.js'),
  runner('b', 'same resolvers, all three off', 'server-off.js'),
  runner('c', 'PostGraphile 5, row-level security', 'server-postgraphile.js', postgraphileQuery),
  runner('d', 'bare Apollo, dataloaders, projection', 'server-bare.js'),
];

async function launch(each: Runner, env: NodeJS.ProcessEnv): Promise<void> {
  const child = fork(fileURLToPath(new URL(each.file, import.meta.url)), {
    env: { ...process.env, ...env },
    execArgv: MEMORY,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  each.process = child;
  each.url = await new Promise((done, fail) => {
    child.once('message', (message) => done((message as { url: string }).url));
    child.once('exit', (code) => fail(new Error(`${each.file} ended with ${code}`)));
  });
}

const peakMiB = (each: Runner) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${each.process?.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
const median = (values: number[]) => values.toSorted((x, y) => x - y)[Math.floor(values.length / 2)] as number;

async function load(each: Runner, connections: number, seconds: number) {
  const requests = YEARS.map((year) => ({
    method: 'POST' as const,
    path: '/graphql',
    headers: each.headers,
    body: JSON.stringify(each.query(year)),
  }));
  const result = await autocannon({ url: each.url.replace('/graphql', ''), connections, duration: seconds, requests });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${each.name}: ${result.non2xx} refused, ${result.errors} failed`);
  return { perSecond: result.requests.total / result.duration, p99: result.latency.p99 };
}

async function preparePostgraphile(adminUrl: string): Promise<string> {
  const url = new URL(adminUrl);
  const admin = new pg.Client({ connectionString: Object.assign(new URL(adminUrl), { pathname: '/postgres' }).toString() });
  await admin.connect();
  await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = 'obhvat'`);
  await admin.query('create database bench_postgraphile template obhvat');
  await admin.query('create role bench_reader nologin');
  await admin.end();
  url.pathname = '/bench_postgraphile';
  const own = new pg.Client({ connectionString: url.toString() });
  await own.connect();
  const tables = {
    'school.enrolment': 'school_year, school_id, status, enrolled_on',
    'school.absence_month': 'year, month, hours_effective, over_threshold',
    'assistance.parent_abroad_notice': 'carer_named',
  };
  await own.query(`grant usage on schema hub, school, assistance to bench_reader; grant select on hub.scope_school to bench_reader; grant usage on schema consent to bench_reader;
    grant select (child_id, vacant, given_name, patronymic, family_name, birth_date, birth_year, sex, settlement, current_address) on hub.child to bench_reader;
    create function hub.bench_safeguarded(child bigint) returns boolean language sql stable security definer as $$ select exists (select 1 from consent.safeguarding_event e where e.child_id = child and e.effect = 'RAISED') $$;
    grant execute on function hub.bench_safeguarded(bigint) to bench_reader;
    comment on function hub.bench_safeguarded(bigint) is E'@omit'; comment on view hub.scope_school is E'@omit';
    alter table hub.child enable row level security;
    create policy own on hub.child for select to bench_reader using (not vacant and child_id in (select s.child_id from hub.scope_school s where s.scope_key = current_setting('bench.school')))`);
  for (const [table, columns] of Object.entries(tables)) {
    await own.query(`grant select (child_id, record_id, is_current, ${columns}) on ${table} to bench_reader; alter table ${table} enable row level security;
      create policy own on ${table} for select to bench_reader using (is_current and child_id in (select s.child_id from hub.scope_school s where s.scope_key = current_setting('bench.school')));
      comment on table ${table} is E'@foreignKey (child_id) references hub.child (child_id)'`);
  }
  await own.end();
  return url.toString();
}

const home = mkdtempSync(join(tmpdir(), 'obhvat-bench-'));
const environment = { OBHVAT_HOME: home, PORT: '0', OBHVAT_LOG_LEVEL: 'silent', OBHVAT_POOL_SIZE: '10' };
const installation = await openInstallation({ home, databaseUrl: null, vaultKey: null, poolSize: 4 });
try {
  await fill(installation.adminUrl);
  await registerDemonstration({ db: installation.db, home }, { schoolIds: { BG: [SCHOOL], RO: [] } });
  await installation.db.end();
  const postgraphileUrl = await preparePostgraphile(installation.adminUrl);
  for (const each of runners) await launch(each, { ...environment, BENCH_ADMIN_URL: installation.adminUrl, BENCH_PG_URL: postgraphileUrl });
  const [a] = runners as [Runner, ...Runner[]];
  const { token } = await runToken({ home }, { client: 'bg-school-1', purpose: PURPOSE, url: a.url.replace('/graphql', '') });
  a.headers.authorization = `Bearer ${token}`;
  const answers = await Promise.all(
    runners.map(async (each) => {
      const response = await fetch(each.url, { method: 'POST', headers: each.headers, body: JSON.stringify(each.query(2015)) });
      const body = (await response.json()) as { data: Record<string, unknown>; errors?: unknown };
      if (body.errors) throw new Error(`${each.name}: ${JSON.stringify(body.errors).slice(0, 600)}`);
      return sameShape(body);
    }),
  );
  // The hub withholds a safeguarded child's address; the other three do not know of it, so those children are left out of the comparison.
  const shown = new Set(answers[0]?.filter((row) => !(row as string).includes('"currentAddress":null')).map(String));
  for (const [index, rows] of answers.entries()) {
    const same = rows.filter((row) => shown.has(row as string)).length;
    if (rows.length !== 100 || same !== shown.size || shown.size < 90)
      throw new Error(`answers differ: ${runners[index]?.name} has ${rows.length} children, ${same} of ${shown.size} equal`);
  }
  console.log(
    `one page of 100 children, 8 scalars, 3 nested lists; the four answers are equal (${shown.size} children; ${100 - shown.size} with an address that only (a) withholds)`,
  );
  let refreshed = Date.now();
  for (const callers of CALLERS) {
    const measured = new Map(runners.map(({ name }) => [name, [] as { perSecond: number; p99: number }[]]));
    for (const each of runners) await load(each, callers, 2);
    for (let round = 0; round < ROUNDS; round += 1) {
      if (Date.now() - refreshed > 120_000) {
        a.headers.authorization = `Bearer ${(await runToken({ home }, { client: 'bg-school-1', purpose: PURPOSE, url: a.url.replace('/graphql', '') })).token}`;
        refreshed = Date.now();
      }
      for (const each of round % 2 === 0 ? runners : runners.toReversed())
        measured.get(each.name)?.push(await load(each, callers, SECONDS));
    }
    const figure = (name: string) => median((measured.get(name) ?? []).map(({ perSecond }) => perSecond));
    console.log(`\n${callers} callers, median of ${ROUNDS} interleaved rounds of ${SECONDS} s`);
    for (const each of runners) {
      const rounds = measured.get(each.name) ?? [];
      console.log(
        `  (${each.name}) ${each.what.padEnd(40)} ${figure(each.name).toFixed(0).padStart(5)} req/s   p99 ${median(
          rounds.map(({ p99 }) => p99),
        )
          .toFixed(0)
          .padStart(4)} ms   peak ${peakMiB(each).toFixed(0)} MiB`,
      );
    }
    const ratio = (x: string, y: string, target: number) => `${x}/${y} ${(figure(x) / figure(y)).toFixed(2)} (target ${target})`;
    console.log(`  ${ratio('a', 'b', 0.8)}   ${ratio('a', 'c', 1.1)}   ${ratio('b', 'd', 0.85)}`);
  }
} finally {
  for (const { process: child } of runners) child?.kill('SIGKILL');
  await installation.close({ stopServer: true }).catch(() => undefined);
  rmSync(home, { recursive: true, force: true });
}
process.exit(0);

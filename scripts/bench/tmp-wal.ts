/**
 * How long one record takes to be linked into many: `node --run build && node dist/scripts/bench/linkage-incremental.js --children 100000 --insert 500`.
 * Fills a scratch database with generated feeds, links all but some records in bulk, then links those one by one, each in a transaction of its own
 * (keys, candidates, scores, clusters, cards, guardians, review queue, commit). Prints milliseconds.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Db } from '../../src/db/db.ts';
import { pg } from '../../src/db/sql.ts';
import { openDb } from '../../src/db/db.ts';
import { startEmbedded } from '../../src/db/embedded-postgres.ts';
import { migrate } from '../../src/db/migrate.ts';
import { Vault } from '../../src/db/vault.ts';
import { LINK_TOOLS } from '../../src/domains/children/link-tools.ts';
import { linkNewRecords } from '../../src/domains/children/linking.ts';
import { generate } from '../../src/generator/generate.ts';
import { importFile } from '../../src/intake/import-feed.ts';
import { FEED_KINDS, type FeedKind } from '../../src/kernel/brands.ts';
import { QUALITY_FORMATS } from '../quality/feed-formats.ts';

const { values } = parseArgs({
  options: {
    children: { type: 'string', default: '5000' },
    insert: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    stages: { type: 'boolean', default: false },
  },
});
const FIRST: readonly FeedKind[] = ['schools', 'population'];
const byLength = [...FEED_KINDS].sort((a, b) => b.length - a.length);
const kindOf = (file: string): FeedKind => byLength.find((kind) => file.startsWith(kind)) as FeedKind;
const rank = (file: string): number => (FIRST.indexOf(kindOf(file)) + 1 || FIRST.length + 1) * 100;
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const at = (sorted: readonly number[], share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2);

async function fill(db: Db, folder: string): Promise<void> {
  const vault = new Vault(randomBytes(32));
  for (const country of readdirSync(folder)) {
    const files = readdirSync(join(folder, country)).filter((name) => name !== 'truth');
    for (const file of files.sort((a, b) => rank(a) - rank(b))) {
      await importFile(
        { db, vault, formats: QUALITY_FORMATS },
        { kind: kindOf(file), path: join(folder, country, file), supplier: country, clientId: null },
      );
    }
  }
}

/** Milliseconds of each statement, by its name or its beginning. */
const statements = new Map<string, number[]>();
function watchStatements(): void {
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = async function watched(this: pg.Client, ...given: unknown[]) {
    const [statement] = given as [string | { name: string }];
    const started = performance.now();
    const result = await (query as (...all: unknown[]) => unknown).apply(this, given);
    const name = typeof statement === 'string' ? statement.slice(0, 40) : statement.name;
    const list = statements.get(name);
    if (list) list.push(performance.now() - started);
    else statements.set(name, [performance.now() - started]);
    return result;
  } as never;
}

const ask = <R extends object>(db: Db, text: string, bound: readonly unknown[] = []) =>
  db.transaction('intake', async (sql) => (await sql.query<R>(text, bound)).rows);

/** Milliseconds of each record linked by itself, and of its stages. */
async function linkOneByOne(db: Db, records: readonly string[]): Promise<{ total: number[]; stages: Map<string, number[]> }> {
  const total: number[] = [];
  const stages = new Map<string, number[]>();
  for (const record of records) {
    await ask(db, 'insert into hub.link_waiting (record_id) values ($1)', [record]);
    const started = performance.now();
    let [last, stage] = [started, 'begin'];
    const lap = (next: string): void => {
      const now = performance.now();
      const list = stages.get(stage);
      if (list) list.push(now - last);
      else stages.set(stage, [now - last]);
      [last, stage] = [now, next];
    };
    await linkNewRecords(db, { tools: LINK_TOOLS, actor: 'bench', way: 'increment', onProgress: (progress) => lap(progress.stage) });
    total.push(performance.now() - started);
  }
  return { total, stages };
}

/** What autovacuum does in the hours after a large import. */
async function settle(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query('vacuum analyze');
  await admin.query('checkpoint');
  await admin.end();
}

async function withScratchDatabase(home: string, work: (db: Db, adminUrl: string) => Promise<void>): Promise<void> {
  mkdirSync(home);
  const server = await startEmbedded({ home, settings: { wal_compression: 'on' } });
  try {
    const db = openDb((await migrate(server.url, randomBytes(18).toString('base64url'))).appUrl);
    try {
      await work(db, server.url);
    } finally {
      await db.end();
    }
  } finally {
    await server.stop();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'obhvat-incremental-'));
try {
  const out = join(folder, 'feeds');
  await generate({ children: Number(values.children), seed: Number(values.seed), country: 'both', out });
  await withScratchDatabase(join(folder, 'home'), async (db, adminUrl) => {
    let started = performance.now();
    const lap = (what: string): void => {
      say(`${what}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
      started = performance.now();
    };
    await fill(db, out);
    lap('intake');
    const held = await ask<{ record: string }>(
      db,
      `delete from hub.link_waiting where record_id in (select record_id from hub.link_waiting order by md5(record_id::text) limit $1) returning record_id::text as record`,
      [Number(values.insert)],
    );
    let stage = '';
    const report = await linkNewRecords(db, {
      tools: LINK_TOOLS,
      actor: 'bench',
      way: 'bulk',
      onProgress: (progress) => {
        if (values.stages && progress.stage !== stage) say(`  ${((performance.now() - started) / 1000).toFixed(1)} s ${progress.stage}`);
        stage = progress.stage;
      },
    });
    lap(`${report.records} records linked in bulk, ${report.childrenCreated} children`);
    await settle(adminUrl);
    lap('vacuum');
    if (values.stages) watchStatements();
    const { total, stages } = await linkOneByOne(
      db,
      held.map(({ record }) => record),
    );
    // The first ones meet connections that have planned nothing yet.
    const warm = total.slice(Math.min(20, total.length >> 2)).sort((a, b) => a - b);
    say(
      `one record into ${report.records}, ms: p50 ${at(warm, 0.5)}, p90 ${at(warm, 0.9)}, p99 ${at(warm, 0.99)}, most ${at(warm, 1)} (${warm.length} records)`,
    );
    if (values.stages)
      for (const [name, list] of [...stages, ...statements]) {
        const sorted = list.sort((a, b) => a - b);
        say(`  ${name}: p50 ${at(sorted, 0.5)}, p99 ${at(sorted, 0.99)}`);
      }
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

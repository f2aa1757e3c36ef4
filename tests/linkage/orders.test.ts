import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pg } from '../../src/db/sql.ts';
import { Vault } from '../../src/db/vault.ts';
import { LINK_TOOLS } from '../../src/domains/children/link-tools.ts';
import { linkNewRecords } from '../../src/domains/children/linking.ts';
import { revokeDecision, unlink } from '../../src/domains/children/unlink.ts';
import { generate } from '../../src/generator/generate.ts';
import { importFile } from '../../src/intake/import-feed.ts';
import { FEED_KINDS, type FeedKind } from '../../src/kernel/brands.ts';
import { FORMATS } from '../intake/formats.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const vault = new Vault(Buffer.alloc(32, 5));
const home = mkdtempSync(join(tmpdir(), 'obhvat-orders-'));
const kindOf = (file: string): FeedKind =>
  [...FEED_KINDS].sort((a, b) => b.length - a.length).find((kind) => file.startsWith(kind)) as FeedKind;
const ORDER: FeedKind[] = [
  'schools',
  'population',
  'school-roll',
  'siiir-roll',
  'absences',
  'assistance',
  'parents-abroad',
  'foreign-aggregate',
  'visits',
];
const CHILDREN = 70;

/** A database with the generated feeds in it, and a look at what linking made of them; records by where they came in. */
class World {
  readonly database: TestDatabase;
  readonly admin: pg.Client;

  constructor(database: TestDatabase, admin: pg.Client) {
    this.database = database;
    this.admin = admin;
  }

  static async make(): Promise<World> {
    const database = await createTestDatabase({ size: 3 });
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    for (const country of ['bg', 'ro']) {
      const files = readdirSync(join(home, country)).filter((name) => name !== 'truth');
      for (const file of files.sort((a, b) => ORDER.indexOf(kindOf(a)) - ORDER.indexOf(kindOf(b)) || (a < b ? -1 : 1)))
        await importFile(
          { db: database.db, vault, formats: FORMATS },
          { kind: kindOf(file), path: join(home, country, file), supplier: country, clientId: null },
        );
    }
    return new World(database, admin);
  }

  async column(text: string, values: unknown[] = []): Promise<string[]> {
    return ((await this.admin.query({ text, values, rowMode: 'array' })).rows as unknown as string[][]).map(([value]) => value as string);
  }

  link(way: 'bulk' | 'increment') {
    return linkNewRecords(this.database.db, { tools: LINK_TOOLS, actor: 'test', way });
  }

  /** Links some records, and leaves the others waiting. */
  async linkOnly(records: readonly string[]): Promise<void> {
    const others = await this.column('delete from hub.link_waiting where not record_id = any($1::bigint[]) returning record_id::text', [
      records,
    ]);
    await this.link('increment');
    await this.admin.query('insert into hub.link_waiting (record_id) select * from unnest($1::bigint[])', [others]);
  }

  partition(): Promise<string[]> {
    return this.column(
      `select string_agg(s.kind || ':' || s.file_name || ':' || s.line, ' ' order by s.kind, s.file_name, s.line) as part from hub.membership m join hub.source_record s using (record_id)
       where m.valid_to is null group by m.child_id order by 1`,
    );
  }

  pairs(): Promise<string[]> {
    return this.column(`select concat_ws(' ', a, b, weight, levels, band, reason) from hub.pair_score order by a, b`);
  }

  questions(): Promise<string[]> {
    return this.column(`select concat_ws(' ', a, b, weight) from hub.review_pair where closed_at is null order by a, b`);
  }

  async drop(): Promise<void> {
    await this.admin.end();
    await this.database.drop();
  }
}

const shuffled = <T>(list: readonly T[], seed: number): T[] => {
  const all = [...list];
  let state = seed;
  for (let i = all.length - 1; i > 0; i -= 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = state % (i + 1);
    [all[i], all[j]] = [all[j] as T, all[i] as T];
  }
  return all;
};

let bulk: World;
beforeAll(async () => {
  await generate({ children: CHILDREN, seed: 3, country: 'both', out: home });
  bulk = await World.make();
  await bulk.link('bulk');
});
afterAll(async () => {
  await bulk?.drop();
  rmSync(home, { recursive: true, force: true });
});

describe('the order in which records are linked', () => {
  it('is of no account: one by one, in batches or all at once, the same children, scores and questions', async () => {
    const [partition, pairs, questions] = [await bulk.partition(), await bulk.pairs(), await bulk.questions()];
    expect(partition.length).toBeGreaterThan(CHILDREN / 2);
    expect(partition.some((records) => records.split(' ').length > 3)).toBe(true);
    const other = await World.make();
    try {
      const records = shuffled(await other.column('select record_id::text from hub.link_waiting order by record_id'), 11);
      let from = 0;
      for (const size of [1, 1, 1, 40, 1, 7, 1, 90, 1, 1, 25, 1, 1, 1]) {
        await other.linkOnly(records.slice(from, from + size));
        from += size;
      }
      await other.link('increment');
      expect(await other.pairs()).toEqual(pairs);
      expect(await other.partition()).toEqual(partition);
      expect(await other.questions()).toEqual(questions);
    } finally {
      await other.drop();
    }
  });

  it('and of the records that stand already, all at once give the same as well', async () => {
    const before = await bulk.partition();
    const [children] = await bulk.column('select count(*)::text from hub.child');
    await bulk.admin.query(
      'delete from hub.link_profile; insert into hub.link_waiting (record_id) select record_id from hub.link_feature where is_current',
    );
    expect(await bulk.link('bulk')).toMatchObject({ moved: 0, childrenCreated: 0, childrenVacated: 0 });
    expect(await bulk.partition()).toEqual(before);
    expect(await bulk.column('select count(*)::text from hub.child')).toEqual([children]);
  });
});

describe('partings', () => {
  it('taken back in any order restore the children exactly, and hold through every linking meanwhile', async () => {
    const before = await bulk.partition();
    const pairs = await bulk.column(
      `select a.record_id || ' ' || b.record_id from hub.membership a join hub.membership b on b.child_id = a.child_id and b.record_id > a.record_id and b.valid_to is null
       where a.valid_to is null order by md5(a.record_id || ' ' || b.record_id) limit 25`,
    );
    const decisions: { decision: string; record: string; from: string }[] = [];
    for (const pair of pairs) {
      const [record, from] = pair.split(' ') as [string, string];
      const report = await unlink(bulk.database.db, { record, from, actor: 'Petya', reason: 'two children' });
      expect(report.record).not.toBe(report.from);
      decisions.push({ decision: report.decision, record, from });
    }
    const apart = async () => {
      for (const { record, from } of decisions) {
        const children = await bulk.column(
          'select distinct child_id::text from hub.membership where valid_to is null and record_id = any($1::bigint[])',
          [[record, from]],
        );
        expect(children).toHaveLength(2);
      }
    };
    await apart();
    const parted = await bulk.partition();
    expect(parted.length).toBeGreaterThan(before.length);
    await bulk.admin.query(
      'delete from hub.link_profile; insert into hub.link_waiting (record_id) select record_id from hub.link_feature where is_current on conflict do nothing',
    );
    expect(await bulk.link('bulk')).toMatchObject({ moved: 0 });
    expect(await bulk.partition()).toEqual(parted);
    await apart();
    for (const { decision } of shuffled(decisions, 29))
      await revokeDecision(bulk.database.db, { decision, actor: 'Petya', reason: 'one child after all' });
    expect(await bulk.partition()).toEqual(before);
    await expect(
      revokeDecision(bulk.database.db, { decision: decisions[0]?.decision as string, actor: 'Petya', reason: 'again' }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await bulk.column('select reopened_id::text from hub.reopened where settled_at is null')).toEqual([]);
  });

  it('close memberships and delete none, never use a number again, and say in the log which records moved', async () => {
    expect(await bulk.column('select record_id::text from hub.membership where valid_to is null group by 1 having count(*) > 1')).toEqual(
      [],
    );
    const moved = await bulk.column(`select distinct kind from hub.identity_event where moved <> '[]' order by 1`);
    expect(moved).toEqual(['link', 'unlink']);
    const vacant = await bulk.column('select child_id::text from hub.child where vacant');
    expect(vacant.length).toBeGreaterThan(0);
    expect(
      await bulk.column('select child_id::text from hub.membership where valid_to is null and child_id = any($1::bigint[])', [vacant]),
    ).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkIncrement } from '../../src/domains/children/link-incremental.ts';
import { recordOf, type ProfileRow } from '../../src/domains/children/link-store.ts';
import { WIDEST_BLOCK } from '../../src/linkage/blocks.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addRecords, retireRecords } from '../support/link-features.ts';
import { tinyEngine } from './tiny-engine.ts';

const engine = tinyEngine();
const random = (seed: number) => () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 4294967296;
};

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ size: 2 });
});
afterAll(() => database?.drop());

const inTransaction = <T>(work: Parameters<TestDatabase['db']['transaction']>[1]) => database.db.transaction('intake', work) as Promise<T>;
const rowsOf = async <R extends object>(text: string): Promise<R[]> =>
  (await database.db.transaction('intake', (sql) => sql.query<R>(text))).rows;

/** Partition of the standing records, each child as its records. */
async function partition(): Promise<string[]> {
  const rows = await rowsOf<{ records: string }>(
    `select string_agg(record_id::text, ' ' order by record_id) as records from hub.membership where valid_to is null group by child_id`,
  );
  return rows.map(({ records }) => records).sort();
}
const storedPairs = async () =>
  (await rowsOf<{ pair: string }>(`select a || ' ' || b || ' ' || band as pair from hub.pair_score`)).map(({ pair }) => pair).sort();
const queue = async () =>
  (await rowsOf<{ pair: string }>(`select a || ' ' || b as pair from hub.review_pair where closed_at is null`))
    .map(({ pair }) => pair)
    .sort();

/** What must be stored, worked out from all records at once. */
async function truth() {
  const records = (await rowsOf<ProfileRow>('select record_id::text as record, body from hub.link_profile order by record_id')).map(
    recordOf,
  );
  const blocks = new Map<string, number[]>();
  records.forEach((record, i) => {
    for (const key of engine.keys(record)) blocks.set(key, [...(blocks.get(key) ?? []), i]);
  });
  const pairs = new Map<string, [number, number]>();
  for (const members of blocks.values()) {
    if (members.length > WIDEST_BLOCK) continue;
    for (const i of members) for (const j of members) if (i < j) pairs.set(`${i} ${j}`, [i, j]);
  }
  const scores = engine.score(records, [...pairs.values()]).filter(({ band }) => band !== 'NONE');
  const { clusters, review } = engine.cluster({ records, scores, decisions: [] });
  const headOf = new Map(clusters.flatMap(({ records: all }) => all.map((record) => [record, all[0] as string])));
  const asked = new Map<string, string>();
  for (const { a, b } of review) {
    const key = [headOf.get(a), headOf.get(b)].sort().join(' ');
    if (!asked.has(key)) asked.set(key, `${a} ${b}`);
  }
  return {
    pairs: scores.map(({ a, b, band }) => `${a} ${b} ${band}`).sort(),
    partition: clusters.map(({ records: all }) => all.join(' ')).sort(),
    queue: [...asked.values()].sort(),
    widest: Math.max(...[...blocks.values()].map((members) => members.length)),
  };
}

describe('records that come and go', () => {
  it('leave the pairs, children and questions that all of them at once would give, also where blocks grow too wide and shrink again', async () => {
    const draw = random(7);
    const standing: string[] = [];
    let [crossed, step] = [0, 0];
    for (const [coming, leaving] of [
      [50, 0],
      [1, 0],
      [60, 3],
      [1, 1],
      [40, 0],
      [1, 0],
      [1, 0],
      [80, 10],
      [0, 40],
      [3, 60],
      [1, 1],
      [90, 0],
      [0, 1],
      [1, 0],
      [0, 90],
    ] as const) {
      const gone = Array.from({ length: leaving }, () => standing.splice(Math.floor(draw() * standing.length), 1)[0] as string);
      const came = await inTransaction<string[]>(async (sql) => {
        await retireRecords(sql, gone);
        const children = new Map(
          (
            await sql.query<{ r: string; c: string }>(
              'select record_id::text as r, child_id::text as c from hub.membership where valid_to is null and record_id = any($1::bigint[])',
              [gone],
            )
          ).rows.map(({ r, c }) => [r, c]),
        );
        const fresh = await addRecords(
          sql,
          Array.from({ length: coming }, () => ({
            given: String(Math.floor(draw() * 1e6)),
            family: `f${Math.floor(draw() * 3)} g${Math.floor(draw() * 40)}`,
            source: draw() < 0.3 ? ('registry' as const) : ('outreach' as const),
          })),
        );
        await linkIncrement(
          sql,
          engine,
          { fresh, gone: gone.map((record) => ({ record, child: children.get(record) ?? null })) },
          { actor: 'test' },
        );
        return fresh;
      });
      standing.push(...came);
      step += 1;
      const expected = await truth();
      if (expected.widest > WIDEST_BLOCK) crossed += 1;
      expect(await storedPairs(), `pairs, step ${step}`).toEqual(expected.pairs);
      expect(await partition(), `children, step ${step}`).toEqual(expected.partition);
      expect(await queue(), `questions, step ${step}`).toEqual(expected.queue);
    }
    expect(crossed).toBeGreaterThan(2);
    expect(crossed).toBeLessThan(step);
  });
});

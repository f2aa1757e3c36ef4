import { join } from 'node:path';
import type { Db } from '../../src/db/db.ts';
import type { Vault } from '../../src/db/vault.ts';
import { streamCoverage } from '../../src/domains/children/coverage-loader.ts';
import type { FeedFormat } from '../../src/intake/feed-format.ts';
import { importFile } from '../../src/intake/import-feed.ts';
import type { CoverageStatus } from '../../src/coverage/status.ts';
import type { FeedKind, IsoDate } from '../../src/kernel/brands.ts';
import { answerReview } from './answer-review.ts';
import type { BadRowReport, FileOutcome } from './bad-rows.ts';
import { checkBadRows } from './bad-rows.ts';
import type { Truth } from './read-truth.ts';
import { readTruth } from './read-truth.ts';
import type { FoundChild, Score } from './score.ts';
import { score } from './score.ts';

export interface MeasureDeps {
  readonly db: Db;
  readonly vault: Vault;
  readonly formats: Readonly<Record<FeedKind, FeedFormat>>;
  /** Links all records that are not linked yet. */
  link(): Promise<unknown>;
}
export interface PlaceMeasure {
  readonly truth: Truth;
  readonly outcomes: readonly FileOutcome[];
  readonly badRows: BadRowReport;
  readonly found: readonly FoundChild[];
  readonly score: Score;
  /** The same once every question of the review queue is answered as the truth has it. */
  readonly answered: { readonly questions: number; readonly score: Score };
  readonly seconds: { readonly intake: number; readonly linkage: number; readonly coverage: number };
}

const MOST_ROUNDS = 4;

async function findChildren(db: Db, asOf: IsoDate): Promise<{ lines: { file_name: string; line: number }[]; found: FoundChild[] }> {
  return db.read('operator', async (sql) => {
    const lines = await sql.query<{ file_name: string; line: number }>('select file_name, line from hub.source_record where is_current');
    const named = await sql.query<{ child_id: string; record: string }>(
      `select m.child_id::text, r.kind || ':' || r.file_name || ':' || r.line as record from hub.membership m join hub.source_record r using (record_id) where m.valid_to is null`,
    );
    const statuses = new Map<string, CoverageStatus>();
    await streamCoverage(sql, { asOf }, (childId, coverage) => void statuses.set(childId, coverage.status));
    const children = Map.groupBy(named.rows, (row) => row.child_id);
    const found = [...statuses].map(([child, status]) => ({
      child,
      status,
      records: (children.get(child) ?? []).map((row) => row.record),
    }));
    return { lines: lines.rows, found };
  });
}

/** Hands in every file of a directory with truth, links, derives coverage on a day, and scores it all. The database must be empty. */
export async function measurePlace(deps: MeasureDeps, directory: string, asOf: IsoDate): Promise<PlaceMeasure> {
  const truth = readTruth(directory);
  const started = performance.now();
  const receipts = [];
  for (const { file, kind } of truth.files) {
    receipts.push(await importFile(deps, { kind, supplier: `quality-${kind}`, clientId: null, path: join(directory, file) }));
  }
  const imported = performance.now();
  await deps.link();
  const linked = performance.now();
  const { lines, found } = await findChildren(deps.db, asOf);
  const covered = performance.now();
  const childOf = new Map(truth.records.map(({ record, child }) => [record, child]));
  let asked = 0;
  // Answers bring new questions: fewer each time.
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const answers = await answerReview(deps.db, (record) => childOf.get(record));
    asked += answers;
    if (answers === 0) break;
    await deps.link();
  }
  const answered = await findChildren(deps.db, asOf);
  const linesByFile = Map.groupBy(lines, (row) => row.file_name);
  const outcomes = receipts.map((receipt) => ({
    ...receipt,
    records: new Set((linesByFile.get(receipt.file) ?? []).map((row) => row.line)),
  }));
  const seconds = {
    intake: (imported - started) / 1000,
    linkage: (linked - imported) / 1000,
    coverage: (covered - linked) / 1000,
  };
  return {
    truth,
    outcomes,
    badRows: checkBadRows(outcomes, truth.badRows),
    found,
    score: score(found, truth.records, truth.children),
    answered: { questions: asked, score: score(answered.found, truth.records, truth.children) },
    seconds,
  };
}

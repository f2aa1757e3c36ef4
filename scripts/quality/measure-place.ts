import { join } from 'node:path';
import type { Db } from '../../src/db/db.ts';
import type { Vault } from '../../src/db/vault.ts';
import type { FeedFormat } from '../../src/intake/feed-format.ts';
import { importFile } from '../../src/intake/import-feed.ts';
import type { FeedKind, IsoDate } from '../../src/kernel/brands.ts';
import { answerReview } from './answer-review.ts';
import type { BadRowReport, FileOutcome } from './bad-rows.ts';
import { checkBadRows } from './bad-rows.ts';
import { coverTrueChildren, findChildren } from './find-children.ts';
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
  /** The same with the questions of the review queue answered as the truth has it, once and again: answers bring new questions. */
  readonly rounds: readonly { readonly questions: number; readonly score: Score }[];
  /** The same with every link as the truth has it: what coverage itself reads wrongly. */
  readonly trueLinks: Score;
  readonly seconds: { readonly intake: number; readonly linkage: number; readonly coverage: number };
}

const MOST_ROUNDS = 4;

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
  const found = await findChildren(deps.db, asOf);
  const covered = performance.now();
  const childOf = new Map(truth.records.map(({ record, child }) => [record, child]));
  const rounds: PlaceMeasure['rounds'][number][] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const answers = await answerReview(deps.db, (record) => childOf.get(record));
    if (answers === 0) break;
    await deps.link();
    rounds.push({ questions: answers, score: score(await findChildren(deps.db, asOf), truth.records, truth.children) });
  }
  const truly = await coverTrueChildren(deps.db, asOf, (record) => childOf.get(record));
  const lines = await deps.db.read('operator', (sql) =>
    sql.query<{ file_name: string; line: number }>('select file_name, line from hub.source_record where is_current'),
  );
  const linesByFile = Map.groupBy(lines.rows, (row) => row.file_name);
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
    rounds,
    trueLinks: score(truly, truth.records, truth.children),
    seconds,
  };
}

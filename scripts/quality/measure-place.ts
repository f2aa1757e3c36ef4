import { join } from 'node:path';
import type { Db } from '../../src/db/db.ts';
import type { Vault } from '../../src/db/vault.ts';
import { streamCoverage } from '../../src/domains/children/coverage-loader.ts';
import type { FeedFormat } from '../../src/intake/feed-format.ts';
import { importFile } from '../../src/intake/import-feed.ts';
import type { CoverageStatus } from '../../src/coverage/status.ts';
import type { FeedKind, IsoDate } from '../../src/kernel/brands.ts';
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
  readonly seconds: { readonly intake: number; readonly linkage: number; readonly coverage: number };
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
  const { records, children, statuses } = await deps.db.read('operator', async (sql) => {
    const lines = await sql.query<{ file_name: string; line: number }>('select file_name, line from hub.source_record where is_current');
    const named = await sql.query<{ child_id: string; record: string }>(
      `select m.child_id::text, r.kind || ':' || r.file_name || ':' || r.line as record from hub.membership m join hub.source_record r using (record_id) where m.valid_to is null`,
    );
    const derived = new Map<string, CoverageStatus>();
    await streamCoverage(sql, { asOf }, (childId, coverage) => void derived.set(childId, coverage.status));
    return { records: lines.rows, children: Map.groupBy(named.rows, (row) => row.child_id), statuses: derived };
  });
  const found: FoundChild[] = [...statuses].map(([child, status]) => ({
    child,
    status,
    records: (children.get(child) ?? []).map((row) => row.record),
  }));
  const linesByFile = Map.groupBy(records, (row) => row.file_name);
  const outcomes = receipts.map((receipt) => ({
    ...receipt,
    records: new Set((linesByFile.get(receipt.file) ?? []).map((row) => row.line)),
  }));
  const seconds = {
    intake: (imported - started) / 1000,
    linkage: (linked - imported) / 1000,
    coverage: (performance.now() - linked) / 1000,
  };
  return {
    truth,
    outcomes,
    badRows: checkBadRows(outcomes, truth.badRows),
    found,
    score: score(found, truth.records, truth.children),
    seconds,
  };
}

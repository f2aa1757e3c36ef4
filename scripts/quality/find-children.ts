import type { Db } from '../../src/db/db.ts';
import { COVERAGE_LAW } from '../../src/coverage/coverage-law.ts';
import type { Assertion } from '../../src/coverage/assertion.ts';
import { findCoverage } from '../../src/coverage/derive-coverage.ts';
import type { CoverageStatus } from '../../src/coverage/status.ts';
import { streamCoverage } from '../../src/domains/children/coverage-loader.ts';
import type { IsoDate } from '../../src/kernel/brands.ts';
import type { FoundChild } from './score.ts';

const RECORD = `r.kind || ':' || r.file_name || ':' || r.line`;

/** Every child as it is linked now, its status on a day, and the children of whom an open question asks whether they are the same. */
export async function findChildren(db: Db, asOf: IsoDate): Promise<FoundChild[]> {
  return db.read('operator', async (sql) => {
    const named = await sql.query<{ child: string; record: string }>(
      `select m.child_id::text as child, ${RECORD} as record from hub.membership m join hub.source_record r using (record_id) where m.valid_to is null`,
    );
    const open = await sql.query<{ x: string; y: string }>(
      `select x.child_id::text as x, y.child_id::text as y from hub.review_pair p
       join hub.membership x on x.record_id = p.a and x.valid_to is null join hub.membership y on y.record_id = p.b and y.valid_to is null where p.closed_at is null`,
    );
    const statuses = new Map<string, CoverageStatus>();
    await streamCoverage(sql, { asOf }, (child, coverage) => void statuses.set(child, coverage.status));
    const records = Map.groupBy(named.rows, ({ child }) => child);
    const asked = Map.groupBy(
      open.rows.flatMap(({ x, y }) => [
        { child: x, other: y },
        { child: y, other: x },
      ]),
      ({ child }) => child,
    );
    return [...statuses].map(([child, status]) => ({
      child,
      status,
      records: (records.get(child) ?? []).map(({ record }) => record),
      asked: (asked.get(child) ?? []).map(({ other }) => other),
    }));
  });
}

interface AssertionRow extends Omit<Assertion, 'record'> {
  readonly record: string;
}

/** Every true child with all its records and the status that coverage derives of them: what is left wrong when every link is right. Records of nobody are left out. */
export async function coverTrueChildren(db: Db, asOf: IsoDate, childOf: (record: string) => string | undefined): Promise<FoundChild[]> {
  const { rows } = await db.read('operator', (sql) =>
    sql.query<AssertionRow>(
      `select ${RECORD} as record, a.source, a.claim, a.country, a.observed_on::text as "observedOn", a.school_year as "schoolYear", a.claim_date::text as date, a.detail,
         a.evidence_grade as grade from hub.assertion a join hub.source_record r using (record_id) where a.is_current order by a.record_id, a.ordinal`,
    ),
  );
  const found: FoundChild[] = [];
  for (const [child, assertions] of Map.groupBy(rows, ({ record }) => childOf(record))) {
    const coverage = child === undefined ? null : findCoverage(assertions, { asOf, law: COVERAGE_LAW });
    if (child !== undefined && coverage)
      found.push({ child, status: coverage.status, records: [...new Set(assertions.map(({ record }) => record))], asked: [] });
  }
  return found;
}

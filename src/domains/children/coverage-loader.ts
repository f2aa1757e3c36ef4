import type { Assertion, Claim } from '../../coverage/assertion.ts';
import type { CoverageLaw } from '../../coverage/coverage-law.ts';
import { COVERAGE_LAW } from '../../coverage/coverage-law.ts';
import type { Coverage } from '../../coverage/derive-coverage.ts';
import { findCoverage } from '../../coverage/derive-coverage.ts';
import type { CoverageStatus } from '../../coverage/status.ts';
import type { Country, EvidenceGrade, FeedKind, IsoDate } from '../../kernel/brands.ts';

/** The reads this loader needs: a session of the path (rows) or a transaction of the operator (a result with rows). */
export interface CoverageReads {
  query<R extends object>(text: string, values?: readonly unknown[]): Promise<readonly R[] | { readonly rows: readonly R[] }>;
}

export interface LoadCoverageOptions {
  /** Default: {@link COVERAGE_LAW}. */
  readonly law?: CoverageLaw;
  /** For the local operator: `because[].record` is `<kind>:<file>:<line>`. Otherwise it is the record's number, which must not leave the hub. */
  readonly nameRecords?: boolean;
}

export interface StreamCoverageOptions extends LoadCoverageOptions {
  readonly asOf: IsoDate;
  readonly country?: Country;
  /** EKATTE municipality code or SIRUTA commune code. */
  readonly municipality?: string;
  /** Only these statuses; default: all. */
  readonly status?: readonly CoverageStatus[];
  /** Children read at once; default 1,000. */
  readonly batch?: number;
}

interface AssertionRow {
  child_id: string;
  record: string;
  source: FeedKind;
  claim: Claim;
  country: Country;
  observed_on: IsoDate | null;
  school_year: number | null;
  claim_date: IsoDate | null;
  detail: string | null;
  evidence_grade: EvidenceGrade | null;
}

const COLUMNS =
  'a.child_id::text, a.source, a.claim, a.country, a.observed_on::text, a.school_year, a.claim_date::text, a.detail, a.evidence_grade';
const BY_NUMBER = `select ${COLUMNS}, a.record_id::text as record from hub.assertion a
  where a.child_id = any($1::bigint[]) and a.is_current order by a.child_id, a.record_id, a.ordinal`;
const BY_NAME = `select ${COLUMNS}, r.kind || ':' || r.file_name || ':' || r.line as record from hub.assertion a join hub.source_record r using (record_id)
  where a.child_id = any($1::bigint[]) and a.is_current order by a.child_id, a.record_id, a.ordinal`;
const CHILDREN = `select c.child_id::text from hub.child c
  where not c.vacant and c.child_id > $1::bigint and ($2::text is null or c.country = $2) and ($3::text is null or c.municipality = $3)
  order by c.child_id limit $4`;

/** Coverage of some children on a day, in one read. A child of whom no current record said anything by that day is not in the answer. */
export async function loadCoverage(
  sql: CoverageReads,
  childIds: readonly string[],
  asOf: IsoDate,
  options: LoadCoverageOptions = {},
): Promise<Map<string, Coverage>> {
  const coverage = new Map<string, Coverage>();
  if (childIds.length === 0) return coverage;
  const rows = rowsOf(await sql.query<AssertionRow>(options.nameRecords ? BY_NAME : BY_NUMBER, [childIds]));
  const context = { asOf, law: options.law ?? COVERAGE_LAW };
  for (const [childId, assertions] of Map.groupBy(rows, (row) => row.child_id)) {
    const derived = findCoverage(assertions.map(assertionOf), context);
    if (derived) coverage.set(childId, derived);
  }
  return coverage;
}

/** Coverage of every child of a country or municipality, batch by batch in the order of their numbers, so that memory does not grow with the register. */
export async function streamCoverage(
  sql: CoverageReads,
  options: StreamCoverageOptions,
  onRow: (childId: string, coverage: Coverage) => void | Promise<void>,
): Promise<void> {
  const batch = options.batch ?? 1000;
  const wanted = options.status ? new Set<CoverageStatus>(options.status) : null;
  let after = '0';
  for (;;) {
    const ids = rowsOf(
      await sql.query<{ child_id: string }>(CHILDREN, [after, options.country ?? null, options.municipality ?? null, batch]),
    ).map((row) => row.child_id);
    const loaded = await loadCoverage(sql, ids, options.asOf, options);
    for (const childId of ids) {
      const coverage = loaded.get(childId);
      if (coverage && (!wanted || wanted.has(coverage.status))) await onRow(childId, coverage);
    }
    const last = ids.at(-1);
    if (last === undefined || ids.length < batch) return;
    after = last;
  }
}

function assertionOf(row: AssertionRow): Assertion {
  return {
    record: row.record,
    source: row.source,
    claim: row.claim,
    country: row.country,
    observedOn: row.observed_on,
    schoolYear: row.school_year,
    date: row.claim_date,
    detail: row.detail,
    grade: row.evidence_grade,
  };
}

const rowsOf = <R>(result: readonly R[] | { readonly rows: readonly R[] }): readonly R[] => ('rows' in result ? result.rows : result);

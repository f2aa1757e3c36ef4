import { COVERAGE_STATUSES, type CoverageStatus, isOutOfSchool } from '../coverage/status.ts';
import type { Installation } from '../db/installation.ts';
import { streamCoverage } from '../domains/children/coverage-loader.ts';
import { OpaqueIds } from '../exchange/opaque-id.ts';
import type { Country, IsoDate } from '../kernel/brands.ts';
import { isIsoDate } from '../kernel/dates.ts';
import { HubError } from '../kernel/errors.ts';
import { type ExitCode, output, table } from './output.ts';

export interface CoverageOptions {
  asOf?: string;
  country?: string;
  municipality?: string;
  status?: readonly string[];
  summary?: boolean;
  json: boolean;
}

/** The name under which the local operator sees a child; stable, and no agency's. */
export const operatorIds = (installation: Installation) => new OpaqueIds(installation.vault, 'local-operator');

/** `coverage --as-of DATE`: the derived status of each child, or with `--summary` the counts. */
export async function runCoverage(installation: Installation, options: CoverageOptions): Promise<ExitCode> {
  const asOf = options.asOf ?? new Date().toISOString().slice(0, 10);
  if (!isIsoDate(asOf)) throw new HubError('BAD_USER_INPUT', '--as-of takes a day as YYYY-MM-DD');
  if (options.country && !['BG', 'RO'].includes(options.country)) throw new HubError('BAD_USER_INPUT', '--country takes BG or RO');
  const unknown = options.status?.find((status) => !(COVERAGE_STATUSES as readonly string[]).includes(status));
  if (unknown) throw new HubError('BAD_USER_INPUT', `"${unknown}" is no status: ${COVERAGE_STATUSES.join(', ')}`);
  const ids = operatorIds(installation);
  const counts = new Map<CoverageStatus, number>(COVERAGE_STATUSES.map((status) => [status, 0]));
  const { db } = installation;
  await db.read(db.roleName('operator'), (sql) =>
    streamCoverage(
      sql,
      {
        asOf: asOf as IsoDate,
        country: options.country as Country | undefined,
        municipality: options.municipality,
        status: options.status as CoverageStatus[] | undefined,
        nameRecords: true,
      },
      (childId, coverage) => {
        counts.set(coverage.status, (counts.get(coverage.status) ?? 0) + 1);
        if (options.summary) return;
        const child = ids.encode('Child', childId);
        const because = coverage.because.map(({ source, record, claim, date, grade }) => ({ source, record, claim, date, grade }));
        if (options.json)
          output.json({ child, status: coverage.status, because, conflict: coverage.conflict, nextStep: coverage.nextStep });
        else
          output.line(
            `${child}\t${coverage.status}\t${coverage.nextStep}\t${because.map(({ claim, record, grade }) => `${claim}${grade ? ` (${grade})` : ''} ${record}`).join('; ')}`,
          );
      },
    ),
  );
  if (options.summary) {
    const children = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const outOfSchool = [...counts].reduce((sum, [status, count]) => sum + (isOutOfSchool(status) ? count : 0), 0);
    if (options.json) output.json({ asOf, children, outOfSchool, byStatus: Object.fromEntries(counts) });
    else
      output.line(
        table([...[...counts].map(([status, count]) => [status, count]), ['all children', children], ['out of school', outOfSchool]]),
      );
  }
  return 0;
}

import type { CoverageStatus } from '../../src/coverage/status.ts';
import { COVERAGE_STATUSES } from '../../src/coverage/status.ts';
import type { BadRowReport, FileOutcome } from './bad-rows.ts';
import type { Loss, Ratio, Score } from './score.ts';

/** The accounting of rows, a line a file. */
export function accountingLines(outcomes: readonly FileOutcome[], dataLines: ReadonlyMap<string, number>): string[] {
  return [
    row(['file', 'rows', 'accepted', 'unchanged', 'kept aside', 'lines']),
    ...outcomes.map((one) =>
      row([one.file, one.rows, one.accepted, one.unchanged, one.quarantined.length, dataLines.get(one.file) ?? '?']),
    ),
  ];
}

export function badRowLines(report: BadRowReport): string[] {
  const codes = [...report.codes].map(
    ([planted, given]) => `  ${planted.padEnd(20)} ${[...given].map(([code, count]) => `${code} ${count}`).join(', ')}`,
  );
  const faults = report.faults.map((fault) => `  FAULT ${fault.fault} ${fault.file}:${fault.line} ${fault.code}`);
  return [
    'planted bad rows and the codes given:',
    ...codes,
    report.faults.length === 0 ? '  every one as planned, no good row kept aside' : '',
    ...faults,
  ];
}

/** Expected statuses down, derived ones across. */
export function confusionLines(score: Score): string[] {
  const across: (CoverageStatus | 'NO_CHILD')[] = [...COVERAGE_STATUSES, 'NO_CHILD'];
  const short = (status: string): string => status.slice(0, 10);
  return [
    row(['expected \\ derived', ...across.map(short)]),
    ...COVERAGE_STATUSES.filter((status) => score.confusion.has(status)).map((status) =>
      row([status, ...across.map((to) => score.confusion.get(status)?.get(to) ?? '.')]),
    ),
  ];
}

export function scoreLines(score: Score): string[] {
  return [
    `status agreement            ${ratio(score.agreement)}`,
    `out of school, precision    ${ratio(score.precision)}   (a second entry for one child counted as wrong)`,
    `               of entries   ${ratio(score.precisionOfEntries)}   (a second entry for a child out of school counted as right)`,
    `               unasked      ${ratio(score.precisionWithoutQuestion)}   (only those of whom no question of the review queue is open)`,
    `               recall       ${ratio(score.recall)}`,
    `linked pairs, precision     ${ratio(score.pairs.precision)}, recall ${ratio(score.pairs.recall)}`,
    `true children without an entry of their own ${score.trueChildrenNotFound}, entries of no true child ${score.foundChildrenWithoutTruth}`,
  ];
}

/** What precision and recall are lost to: causes first, then the errors planted in the records that stand wrongly. */
export function lossLines(losses: readonly Loss[]): string[] {
  const causes = tally(
    losses.map(
      (loss) =>
        `${loss.kind} ${loss.cause}: ${loss.expected ?? 'nobody'} read as ${loss.found}${loss.isAsked ? ', asked in the review queue' : ''}`,
    ),
  );
  const planted = tally(
    losses.flatMap((loss) => (loss.planted.length > 0 ? loss.planted : ['(nothing planted)']).map((error) => `${loss.kind} ${error}`)),
  );
  if (losses.length === 0) return ['lost to: nothing'];
  return ['lost to:', ...causes, 'of which the records that stand wrongly carry:', ...planted];
}

/** Each error with the records that it is about. */
export function recordLines(title: string, losses: readonly Loss[]): string[] {
  return losses.map(
    ({ kind, cause, trueChild, expected, found, isAsked, records, planted }) =>
      `${title}: ${kind} ${cause} ${trueChild ?? 'nobody'} ${expected ?? ''} read as ${found}${isAsked ? ' (asked)' : ''}: ${records.join(' ')} [${planted.join(' ')}]`,
  );
}

function tally(names: readonly string[]): string[] {
  return [...Map.groupBy(names, (name) => name)]
    .map(([name, all]) => [name, all.length] as const)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([name, count]) => `  ${String(count).padStart(4)}  ${name}`);
}

const row = (cells: readonly (string | number)[]): string =>
  cells.map((cell, index) => (index === 0 ? String(cell).padEnd(32) : String(cell).padStart(11))).join('');

function ratio(value: Ratio): string {
  return `${value.all === 0 ? '  –  ' : (value.right / value.all).toFixed(4)} (${value.right}/${value.all})`;
}

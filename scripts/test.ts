/**
 * Everything that CI checks, in one command: format, lint, types, layering, then all tests. A failed step does not hide the later ones.
 * Arguments go on to vitest; with arguments only vitest runs. The last line is `N passed, N failed`, where each step that failed counts as one.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const FOLDER = 'node_modules/.cache/obhvat';
const REPORT = `${FOLDER}/vitest.json`;
const SUMMARY = `${FOLDER}/summary.txt`;

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  success: boolean;
  testResults: { name: string; status: string; assertionResults: unknown[] }[];
}

const run = (args: string[]) => spawnSync('npm', ['run', '--silent', ...args], { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;

function readReport(): Report | null {
  try {
    return JSON.parse(readFileSync(REPORT, 'utf8')) as Report;
  } catch {
    return null;
  }
}

const chosen = process.argv.slice(2);
mkdirSync(FOLDER, { recursive: true });
for (const file of [REPORT, SUMMARY]) rmSync(file, { force: true });

const failed: string[] = [];
if (chosen.length === 0) {
  for (const step of ['format:check', 'lint', 'types', 'layering']) {
    process.stdout.write(`\n── ${step}\n`);
    if (!run([step])) failed.push(step);
  }
}
process.stdout.write('\n── tests\n');
const testsPassed = run(['vitest', '--', '--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`, ...chosen]);
const report = readReport();
// A file that cannot be loaded has no tests to count, and an error outside any test fails none of them.
const broken = report?.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length ?? 0;
const counted = (report?.numFailedTests ?? 0) + broken;
if (!testsPassed && counted === 0) failed.push('vitest');

if (failed.length > 0) process.stdout.write(`\nfailed: ${failed.join(', ')}\n`);
if (report?.numPendingTests) process.stdout.write(`${report.numPendingTests} skipped\n`);
const summary = `${report?.numPassedTests ?? 0} passed, ${counted + failed.length} failed`;
writeFileSync(SUMMARY, `${summary}\n`);
process.stdout.write(`${summary}\n`);
process.exitCode = counted + failed.length === 0 ? 0 : 1;

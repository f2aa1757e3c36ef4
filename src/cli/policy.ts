import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readPolicySources } from '../exchange/blueprint.ts';
import { blueprint } from '../hub.ts';
import { AGENCY_KINDS, type AgencyKind } from '../kernel/brands.ts';
import { HubError } from '../kernel/errors.ts';
import { can } from '../policy/can.ts';
import { diffPolicies } from '../policy/diff-policies.ts';
import { explainOutcome } from '../policy/explain-outcome.ts';
import { matrix } from '../policy/matrix.ts';
import { runPolicyTests } from '../policy/policy-tests.ts';
import { type ExitCode, output, table } from './output.ts';

/** `policy check`: compiles the rule files and runs the tests in them. */
export async function runPolicyCheck(options: { json: boolean; folder?: string }): Promise<ExitCode> {
  const { policy } = await blueprint(options.folder ? readPolicySources(options.folder) : undefined);
  const { ran, failed } = runPolicyTests(policy);
  if (options.json)
    output.json({
      hash: policy.hash,
      purposes: policy.purposes.size,
      views: policy.views.length,
      coordinates: policy.coordinates.length,
      tests: { ran, failed },
    });
  else {
    output.line(
      `policy ${policy.hash.slice(0, 12)}: ${policy.purposes.size} purposes, ${policy.views.length} views, ${policy.coordinates.length} coordinates; ${ran} tests, ${failed.length} failed`,
    );
    for (const each of failed) output.line(`  ${JSON.stringify(each)}`);
  }
  return failed.length > 0 ? 1 : 0;
}

const kindOf = (word: string): AgencyKind => {
  if (!(AGENCY_KINDS as readonly string[]).includes(word))
    throw new HubError('BAD_USER_INPUT', `"${word}" is no kind of agency: ${AGENCY_KINDS.join(', ')}`);
  return word as AgencyKind;
};
const print = (rows: readonly object[], json: boolean) => {
  if (json) for (const row of rows) output.json(row);
  else if (rows.length === 0) output.line('none');
  else {
    const shown = (value: unknown) =>
      typeof value === 'string' || typeof value === 'number' ? value : value == null ? '' : JSON.stringify(value);
    output.line(table([Object.keys(rows[0] as object), ...rows.map((row) => Object.values(row).map(shown))]));
  }
};

/** `policy matrix`: what each kind may do with each category under each purpose. */
export async function runPolicyMatrix(options: { json: boolean }): Promise<ExitCode> {
  print(matrix((await blueprint()).policy), options.json);
  return 0;
}

/** `policy can KIND FIELD`: whether a kind, under any purpose, may ever refer to a field or category; by which verb, on which condition, by which rule. */
export async function runPolicyCan(options: { kind: string; what: string; json: boolean }): Promise<ExitCode> {
  print(can((await blueprint()).policy, kindOf(options.kind), options.what), options.json);
  return 0;
}

/** `policy explain KIND PURPOSE FIELD`: the rules behind one cell. */
export async function runPolicyExplain(options: { kind: string; purpose: string; what: string; json: boolean }): Promise<ExitCode> {
  const explanation = explainOutcome((await blueprint()).policy, kindOf(options.kind), options.purpose, options.what);
  output.line(JSON.stringify(explanation, null, options.json ? 0 : 2));
  return 0;
}

/** `policy diff FILE…`: the cells that these drafts of rule files would change. */
export async function runPolicyDiff(options: { files: readonly string[]; json: boolean }): Promise<ExitCode> {
  const drafts = new Map(options.files.map((file) => [basename(file), { file: basename(file), text: readFileSync(file, 'utf8') }]));
  const present = readPolicySources();
  const sources = [...present.filter(({ file }) => !drafts.has(file)), ...drafts.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
  print(diffPolicies((await blueprint(present)).policy, (await blueprint(sources)).policy), options.json);
  return 0;
}

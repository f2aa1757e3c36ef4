import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ROOT, sourceFiles } from './source-files.ts';

const MODULES = join(ROOT, 'node_modules');
const COMMAND = [
  '--import',
  join(ROOT, 'tests', 'house', 'typescript-library.mjs'),
  join(MODULES, 'dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
  '--config',
  join(ROOT, '.dependency-cruiser.cjs'),
  '--output-type',
  'json',
  'src',
];
interface Cruise {
  modules: { source: string }[];
  summary: { violations: { from: string; to: string; rule: { name: string } }[] };
}

function cruise(folder: string): Cruise {
  const { stdout, stderr } = spawnSync(process.execPath, COMMAND, { cwd: folder, encoding: 'utf8', maxBuffer: 64 << 20 });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout) as Cruise;
}

const scratch: string[] = [];
afterAll(() => {
  for (const folder of scratch) rmSync(folder, { recursive: true, force: true });
});

/** The names of the rules that a small tree breaks: path → text. */
function rulesBroken(tree: Record<string, string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'obhvat-layering-'));
  scratch.push(folder);
  symlinkSync(MODULES, join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return [...new Set(cruise(folder).summary.violations.map(({ rule }) => rule.name))].sort();
}

const constant = 'export const x = 1;\n';

describe('imports go down', () => {
  it('in the whole product, and the check has read all of it', () => {
    const { modules, summary } = cruise(ROOT);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
    const seen = new Set(modules.map(({ source }) => source));
    expect(sourceFiles(['src'], '.ts').filter((file) => !file.endsWith('.d.ts') && !seen.has(file))).toEqual([]);
  });

  it('so the policy may not know the exchange, not even by its types', () => {
    const tree = {
      'src/policy/a.ts': "import type { x } from '../exchange/b.ts';\nexport type Y = typeof x;\n",
      'src/exchange/b.ts': constant,
    };
    expect(rulesBroken(tree)).toEqual(['policy-imports-down']);
  });

  it('so a room may know the hall but no other room', () => {
    const hall = { 'src/domains/schools/a.ts': "export { x } from '../children/b.ts';\n", 'src/domains/children/b.ts': constant };
    expect(rulesBroken(hall)).toEqual([]);
    const other = { 'src/domains/schools/a.ts': "export { x } from '../outreach/b.ts';\n", 'src/domains/outreach/b.ts': constant };
    expect(rulesBroken(other)).toEqual(['rooms-apart']);
  });

  it('so nothing below may start the hub', () => {
    expect(rulesBroken({ 'src/issuer/a.ts': "export { x } from '../hub.ts';\n", 'src/hub.ts': constant })).toEqual([
      'hub-below-main',
      'issuer-imports-down',
    ]);
  });

  it('and a circle counts at run time only', () => {
    const types = {
      'src/exchange/a.ts': "import type { B } from './b.ts';\nexport interface A { b: B }\n",
      'src/exchange/b.ts': "import type { A } from './a.ts';\nexport interface B { a: A }\n",
    };
    expect(rulesBroken(types)).toEqual([]);
    const values = {
      'src/exchange/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
      'src/exchange/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
    };
    expect(rulesBroken(values)).toEqual(['no-runtime-circle']);
  });

  it('each library has its owner', () => {
    expect(rulesBroken({ 'src/domains/schools/a.ts': "export * from 'jose';\n" })).toEqual(['owner-of-jose']);
    expect(rulesBroken({ 'src/exchange/a.ts': "export * from 'jose';\n" })).toEqual([]);
    expect(rulesBroken({ 'src/exchange/a.ts': "export * from 'oidc-provider';\n" })).toContain('owner-of-oidc-provider');
    expect(rulesBroken({ 'src/domains/schools/a.ts': "export * from 'dataloader';\n" })).toContain('owner-of-dataloader');
  });

  it('deciding does no input or output', () => {
    expect(rulesBroken({ 'src/coverage/a.ts': "export { readFileSync } from 'node:fs';\n" })).toEqual(['pure-without-io']);
    expect(rulesBroken({ 'src/ledger/a.ts': "export { createHash } from 'node:crypto';\n" })).toEqual([]);
    expect(rulesBroken({ 'src/linkage/a.ts': "export * from 'fastify';\n" })).toEqual(['pure-libraries']);
  });

  it('the product knows no test', () => {
    const tree = { 'src/kernel/a.ts': "export { x } from './b.test.ts';\n", 'src/kernel/b.test.ts': constant };
    expect(rulesBroken(tree)).toEqual(['no-tests-in-the-product']);
  });
}, 60_000);

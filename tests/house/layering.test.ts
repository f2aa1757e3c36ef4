import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

/** A small house in which each file tries one import. */
const all = (specifier: string) => `export * from '${specifier}';\n`;
const SAMPLES: Record<string, string> = {
  'src/kernel/word.ts': 'export const word = 1;\n',
  'src/kernel/to-test.ts': all('./word.test.ts'),
  'src/kernel/word.test.ts': 'export const word = 1;\n',
  'src/kernel/to-policy.ts': all('../policy/rule.ts'),
  'src/policy/rule.ts': all('../kernel/word.ts'),
  'src/policy/to-exchange.ts': "import type { word } from '../exchange/step.ts';\nexport type Word = typeof word;\n",
  'src/coverage/to-files.ts': all('node:fs'),
  'src/coverage/to-policy.ts': all('../policy/rule.ts'),
  'src/ledger/to-hashing.ts': all('node:crypto'),
  'src/linkage/to-server.ts': all('fastify'),
  'src/exchange/step.ts': all('../policy/rule.ts'),
  'src/exchange/to-jose.ts': all('jose'),
  'src/exchange/to-room.ts': all('../domains/children/child.ts'),
  'src/exchange/to-issuer-library.ts': all('oidc-provider'),
  'src/exchange/types-a.ts': "import type { B } from './types-b.ts';\nexport interface A { b: B }\n",
  'src/exchange/types-b.ts': "import type { A } from './types-a.ts';\nexport interface B { a: A }\n",
  'src/exchange/values-a.ts': "import { b } from './values-b.ts';\nexport const a = () => b;\n",
  'src/exchange/values-b.ts': "import { a } from './values-a.ts';\nexport const b = () => a;\n",
  'src/domains/children/child.ts': all('../../exchange/step.ts'),
  'src/domains/outreach/visit.ts': all('../../kernel/word.ts'),
  'src/domains/schools/to-hall.ts': all('../children/child.ts'),
  'src/domains/schools/to-room.ts': all('../outreach/visit.ts'),
  'src/domains/schools/to-jose.ts': all('jose'),
  'src/domains/schools/to-loader.ts': all('dataloader'),
  'src/domains/schools/to-nothing.ts': all('./gone.ts'),
  'src/issuer/to-hub.ts': all('../hub.ts'),
  'src/cli/to-hub.ts': all('../hub.ts'),
  'src/helpers/word.ts': all('../kernel/word.ts'),
  'src/hub.ts': all('./domains/outreach/visit.ts'),
};

describe('imports go down', () => {
  const broken = new Map<string, string[]>();
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'obhvat-layering-'));
    symlinkSync(MODULES, join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    for (const [path, text] of Object.entries(SAMPLES)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    for (const { from, rule } of cruise(folder).summary.violations) broken.set(from, [...(broken.get(from) ?? []), rule.name].sort());
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const rules = (file: string) => broken.get(`src/${file}.ts`) ?? [];

  it('in the whole product, and the check has read all of it', () => {
    const { modules, summary } = cruise(ROOT);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
    const seen = new Set(modules.map(({ source }) => source));
    expect(sourceFiles(['src'], '.ts').filter((file) => !file.endsWith('.d.ts') && !seen.has(file))).toEqual([]);
  });

  it('so the policy may not know the exchange, not even by its types, nor the exchange a room', () => {
    expect(rules('policy/to-exchange')).toEqual(['policy-imports-down']);
    expect(rules('coverage/to-policy')).toEqual(['coverage-imports-down']);
    expect(rules('kernel/to-policy')).toEqual(['kernel-imports-down']);
    expect(rules('exchange/to-room')).toEqual(['exchange-imports-down']);
    expect(rules('exchange/step')).toEqual([]);
  });

  it('so a room may know the hall but no other room', () => {
    expect(rules('domains/schools/to-hall')).toEqual([]);
    expect(rules('domains/schools/to-room')).toEqual(['rooms-apart']);
  });

  it('so a folder of no known level is refused', () => {
    expect(rules('helpers/word')).toEqual(['known-folders']);
  });

  it('so nothing below starts the hub', () => {
    expect(rules('issuer/to-hub')).toEqual(['hub-below-main', 'issuer-imports-down']);
    expect(rules('cli/to-hub')).toEqual([]);
    expect(rules('hub')).toEqual([]);
  });

  it('and a circle counts at run time only', () => {
    expect(rules('exchange/types-a')).toEqual([]);
    expect([...rules('exchange/values-a'), ...rules('exchange/values-b')]).toContain('no-runtime-circle');
  });

  it('each library has its owner', () => {
    expect(rules('exchange/to-jose')).toEqual([]);
    expect(rules('domains/schools/to-jose')).toEqual(['owner-of-jose']);
    expect(rules('domains/schools/to-loader')).toEqual(['owner-of-dataloader']);
    expect(rules('exchange/to-issuer-library')).toContain('owner-of-oidc-provider');
  });

  it('deciding does no input or output', () => {
    expect(rules('coverage/to-files')).toEqual(['pure-without-io']);
    expect(rules('ledger/to-hashing')).toEqual([]);
    expect(rules('linkage/to-server')).toEqual(['pure-libraries']);
  });

  it('the product knows no test, and nothing that is not there', () => {
    expect(rules('kernel/to-test')).toEqual(['no-tests-in-the-product']);
    expect(rules('domains/schools/to-nothing')).toEqual(['no-unresolvable']);
  });
});

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './source-files.ts';

const pinned = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: { node: string } }).dependencies.node;

/** Stands in for the command line: says what it was given, then exits, dies or waits. */
const PROBE = `
const [what, ...rest] = process.argv.slice(2);
if (what === 'wait') {
  process.on('SIGTERM', () => { console.log('closed in order'); process.exit(0); });
  console.log('ready');
  setInterval(() => {}, 1000);
} else if (what === 'die') process.kill(process.pid, 'SIGKILL');
else { console.log(JSON.stringify({ version: process.versions.node, rest })); process.exitCode = Number(what); }
`;

describe('bin/obhvat.mjs', () => {
  let folder: string;
  let launcher: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'obhvat-launcher-'));
    launcher = join(folder, 'bin', 'obhvat.mjs');
    mkdirSync(join(folder, 'node_modules'));
    mkdirSync(join(folder, 'dist', 'src', 'cli'), { recursive: true });
    cpSync(join(ROOT, 'bin'), join(folder, 'bin'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'dist', 'src', 'cli', 'main.js'), PROBE);
    symlinkSync(join(ROOT, 'node_modules', 'node'), join(folder, 'node_modules', 'node'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const launch = (...given: string[]) => spawnSync(process.execPath, [launcher, ...given], { encoding: 'utf8' });

  it('runs the command line under the pinned Node, with its arguments as they are', () => {
    const { stdout, status } = launch('0', '--as-of', '2026-11-16', 'с интервал');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ version: pinned, rest: ['--as-of', '2026-11-16', 'с интервал'] });
  });

  it('gives its exit code on', () => {
    expect(launch('2').status).toBe(2);
    expect(launch('die').status).toBe(128 + 9);
  });

  it('lets it close in order when it is told to stop', async () => {
    const child = spawn(process.execPath, [launcher, 'wait'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    for await (const chunk of child.stdout) {
      if (said === '') child.kill('SIGTERM');
      said += chunk;
    }
    if (child.exitCode === null) await once(child, 'exit');
    expect(said).toBe('ready\nclosed in order\n');
    expect(child.exitCode).toBe(0);
  });

  it('says what to do when nothing is built or installed', () => {
    rmSync(join(folder, 'dist'), { recursive: true });
    expect(launch('0')).toMatchObject({ status: 1, stderr: 'obhvat: it is not built: run `npm run build` in its folder\n' });
    rmSync(join(folder, 'node_modules'), { recursive: true });
    expect(launch('0')).toMatchObject({ status: 1, stderr: 'obhvat: its Node is not installed: run `npm ci` in its folder\n' });
  });
});

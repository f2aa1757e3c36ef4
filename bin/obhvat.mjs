#!/usr/bin/env node
// Runs the command line under the Node that this product pins (the npm package `node`), whichever Node the machine has. Needs Node ≥ 20 to get here.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const refuse = (message) => {
  process.stderr.write(`obhvat: ${message}\n`);
  process.exit(1);
};

const findPinnedNode = () => {
  try {
    return join(
      dirname(fileURLToPath(import.meta.resolve('node/package.json'))),
      'bin',
      process.platform === 'win32' ? 'node.exe' : 'node',
    );
  } catch {
    return null;
  }
};

const node = findPinnedNode();
const entry = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'src', 'cli', 'main.js');
if (node === null || !existsSync(node)) refuse('its Node is not installed: run `npm ci` in its folder');
if (!existsSync(entry)) refuse('it is not built: run `npm run build` in its folder');

// A serving hub makes much short-lived garbage and should stay small; an import holds little and should stay smaller.
const memory =
  process.argv[2] === 'start'
    ? ['--max-semi-space-size=32', '--heap-growing-percent=20']
    : ['--max-semi-space-size=8', '--heap-growing-percent=20'];
const child = spawn(node, ['--enable-source-maps', ...memory, entry, ...process.argv.slice(2)], { stdio: 'inherit' });

// A terminal gives Ctrl-C to the whole group: forwarding it as well would look like a second Ctrl-C.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) {
  process.on(signal, () => {
    const fromTerminal = process.stdin.isTTY && (signal === 'SIGINT' || signal === 'SIGQUIT');
    if (!fromTerminal) child.kill(signal);
  });
}
child.on('error', (error) => refuse(`cannot start ${node}: ${error.message}`));
child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));

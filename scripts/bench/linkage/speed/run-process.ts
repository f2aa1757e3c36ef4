import { spawn } from 'node:child_process';
import { extname, join } from 'node:path';

/** Runs a script of this folder in a process of its own, with a clean heap; gives what its last line of JSON says. @throws Error when it fails. */
export async function runProcess<T>(
  script: string,
  args: readonly string[],
  options: { readonly nodeArgs?: readonly string[]; onProgress?(text: string): void } = {},
): Promise<T> {
  const path = join(import.meta.dirname, script + extname(import.meta.filename));
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, failure] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    failure = (failure + text).slice(-4000);
    for (const line of text.split('\n')) if (line !== '') options.onProgress?.(`${script}: ${line}`);
  });
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const last = out.trim().split('\n').at(-1) ?? '';
  if (code !== 0 || last === '') throw new Error(`${script} ended with ${code}: ${failure.trim()}`);
  return JSON.parse(last) as T;
}

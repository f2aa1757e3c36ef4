import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { packagePath } from '../db/package-path.ts';
import { emittedFiles } from '../emitted-files.ts';
import { type ExitCode, output } from './output.ts';

const present = (path: string): string | null => {
  try {
    return readFileSync(packagePath(path), 'utf8');
  } catch {
    return null;
  }
};

/** `policy emit`: writes `schema/hub.graphql` and `schema/views/`, and removes the files of views that are gone. */
export async function runEmit(options: { json: boolean }): Promise<ExitCode> {
  const files = await emittedFiles();
  mkdirSync(packagePath('schema/views'), { recursive: true });
  const gone = readdirSync(packagePath('schema/views'))
    .map((file) => `schema/views/${file}`)
    .filter((path) => !files.has(path));
  for (const path of gone) rmSync(packagePath(path));
  const changed = [...files].filter(([path, text]) => present(path) !== text);
  for (const [path, text] of changed) writeFileSync(packagePath(path), text);
  const answer = { files: files.size, written: changed.map(([path]) => path), removed: gone };
  if (options.json) output.json(answer);
  else output.line(`${answer.files} files; written: ${answer.written.join(', ') || 'none'}; removed: ${gone.join(', ') || 'none'}`);
  return 0;
}

import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** The repository's folder. */
export const ROOT = resolve(import.meta.dirname, '..', '..');

/** Files below some folders of the repository, as paths from its root with `/`, in order. */
export function sourceFiles(folders: readonly string[], suffix = ''): string[] {
  return folders
    .flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

import { readFileSync } from 'node:fs';
import type { CellRecord } from './bench-set.ts';

/**
 * Reads a table whose cells hold no separator and no quotes, as the public sets do; the first line names the columns, blanks around a cell go.
 * @throws Error where a line has another number of cells than the header.
 */
export function readCells(path: string, separator: ',' | '\t'): CellRecord[] {
  const [header = '', ...lines] = readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  const columns = header.split(separator).map((column) => column.trim());
  return lines.flatMap((line, i) => {
    if (line === '') return [];
    const cells = line.split(separator);
    if (cells.length !== columns.length) throw new Error(`${path}:${i + 2}: ${cells.length} cells, ${columns.length} expected`);
    return [Object.fromEntries(columns.map((column, c) => [column, cells[c]?.trim() || null]))];
  });
}

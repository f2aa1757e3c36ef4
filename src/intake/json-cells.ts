import type { FeedFormat } from './feed-format.ts';
import { RowRefused } from './row-refused.ts';

type JsonObject = Record<string, unknown>;

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

function cellOf(value: unknown, path: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') throw new RowRefused('MALFORMED_JSON', path, 'a text or a number');
  if (value.includes('\0')) throw new RowRefused('NUL_BYTE', path);
  // PostgreSQL refuses half a surrogate pair.
  if (!value.isWellFormed()) throw new RowRefused('WRONG_ENCODING', path, 'whole characters');
  return value;
}

/** The cells of one NDJSON line, in the order of the format's paths; a key that is not there gives an empty cell, a key that is not known is passed over. @throws RowRefused */
export function jsonCells(text: string, format: Pick<FeedFormat, 'columns' | 'childObject'>): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RowRefused('MALFORMED_JSON');
  }
  if (!isObject(value)) throw new RowRefused('MALFORMED_JSON', undefined, 'one JSON object');
  const row: JsonObject = value;
  const own = (object: JsonObject, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined);
  if (format.childObject) {
    const child = own(row, format.childObject);
    if (child === undefined || child === null) throw new RowRefused('MISSING_CHILD');
    if (!isObject(child)) throw new RowRefused('MALFORMED_JSON', format.childObject, 'an object');
  }
  return format.columns.map((path) => {
    const dot = path.indexOf('.');
    if (dot === -1) return cellOf(own(row, path), path);
    const inner = own(row, path.slice(0, dot));
    return isObject(inner) ? cellOf(own(inner, path.slice(dot + 1)), path) : '';
  });
}

import { createHash } from 'node:crypto';
import type { Purpose } from './purpose.ts';

/** SHA-256, hex, over the parsed files in the order of their purposes, keys sorted: what a file says counts, not how it is laid out. */
export function policyHash(purposes: readonly Purpose[]): string {
  const sorted = purposes.toSorted((a, b) => (a.info.id < b.info.id ? -1 : 1));
  return createHash('sha256')
    .update(canonical(sorted.map((purpose) => purpose.content)))
    .digest('hex');
}

/** JSON with sorted keys and no spaces (the ordering of RFC 8785). */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return `{${entries
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`)
    .join()}}`;
}

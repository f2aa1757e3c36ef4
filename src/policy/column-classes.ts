import { createHash } from 'node:crypto';
import type { Policy } from './policy.ts';
import { canonical } from './policy-hash.ts';

/** Where a coordinate's datum is stored: a table as `schema.table`, and those of its columns. */
export interface StoredAt {
  readonly table: string;
  readonly columns: readonly string[];
}

/** One set of columns, the views that need just this set, and the suffix of the database role that is granted it. */
export interface ColumnClass {
  /** Twelve hex digits, of the column set alone. */
  readonly role: string;
  readonly views: readonly string[];
  /** Table to columns, both sorted. */
  readonly tables: Readonly<Record<string, readonly string[]>>;
}

/**
 * The database's side of the views: a column is in a view's class when some permitted coordinate of the view is stored there, whether to be read or to be compared with.
 * @param storage where each coordinate is stored; coordinates that are computed are not in it.
 * @param always columns that go with a table (keys, row state), granted only where the table itself is needed.
 */
export function columnClasses(
  policy: Policy,
  storage: ReadonlyMap<string, readonly StoredAt[]>,
  always: Readonly<Record<string, readonly string[]>>,
): ColumnClass[] {
  const classes = new Map<string, { views: string[]; tables: Record<string, string[]> }>();
  for (const view of policy.views) {
    const columns = new Map<string, Set<string>>();
    for (const [coordinate, places] of storage) {
      if (!view.permitted(coordinate)) continue;
      for (const { table, columns: names } of places) {
        const set = columns.get(table) ?? new Set(always[table]);
        for (const name of names) set.add(name);
        columns.set(table, set);
      }
    }
    const tables = Object.fromEntries(
      [...columns].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([table, names]) => [table, [...names].sort()]),
    );
    const role = createHash('sha256').update(canonical(tables)).digest('hex').slice(0, 12);
    const known = classes.get(role);
    if (known) known.views.push(view.id);
    else classes.set(role, { views: [view.id], tables });
  }
  return [...classes].map(([role, { views, tables }]) => ({ role, views, tables }));
}

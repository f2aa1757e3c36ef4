/** A cell of a table of counts. */
export interface Cell {
  row: string;
  column: string;
  count: number;
}
/** A count that may be published, or null. */
export interface PublishedCell {
  row: string;
  column: string;
  count: number | null;
}

/** Counts of 1 to 4 children are not published. */
export const MINIMUM_CELL = 5;

/**
 * Suppresses small cells, then further ones so that none can be told from the totals of its row or column: each row and each column has no suppressed cell or at least two
 * (complementary suppression; Hundepool et al., Statistical Disclosure Control, 2012, ch. 4). Zero cells are not in the table.
 */
export function suppress(cells: readonly Cell[]): PublishedCell[] {
  const hidden = new Set(cells.filter(({ count }) => count < MINIMUM_CELL));
  const lines = [
    ...Map.groupBy(cells, ({ row }) => `row ${row}`).values(),
    ...Map.groupBy(cells, ({ column }) => `column ${column}`).values(),
  ];
  for (let changed = true; changed; ) {
    changed = false;
    for (const line of lines) {
      const suppressed = line.filter((cell) => hidden.has(cell));
      const open = line.filter((cell) => !hidden.has(cell));
      const tells =
        suppressed.length === 1 || (suppressed.length > 0 && suppressed.reduce((sum, { count }) => sum + count, 0) < MINIMUM_CELL);
      if (!tells || open.length === 0) continue;
      hidden.add(open.reduce((least, cell) => (cell.count < least.count ? cell : least)));
      changed = true;
    }
  }
  return cells.map((cell) => ({ row: cell.row, column: cell.column, count: hidden.has(cell) ? null : cell.count }));
}

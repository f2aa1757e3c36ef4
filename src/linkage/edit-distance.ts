const LONGEST = 64;
let beforeLast = new Uint8Array(LONGEST + 1);
let last = new Uint8Array(LONGEST + 1);
let row = new Uint8Array(LONGEST + 1);

/** Optimal string alignment distance (Damerau 1964, restricted): insertions, deletions, substitutions, swaps of neighbours. Gives `limit + 1` for anything above the limit. Letters beyond the 64th are not looked at. */
export function editDistance(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  const [n, m] = [Math.min(a.length, LONGEST), Math.min(b.length, LONGEST)];
  if (Math.abs(n - m) > limit) return limit + 1;
  for (let j = 0; j <= m; j += 1) last[j] = j;
  for (let i = 1; i <= n; i += 1) {
    const letter = a.charCodeAt(i - 1);
    const previous = i > 1 ? a.charCodeAt(i - 2) : -1;
    row[0] = i;
    let least = i;
    for (let j = 1; j <= m; j += 1) {
      const other = b.charCodeAt(j - 1);
      let cost = (last[j - 1] as number) + (letter === other ? 0 : 1);
      const without = Math.min(last[j] as number, row[j - 1] as number) + 1;
      if (without < cost) cost = without;
      if (j > 1 && previous === other && letter === b.charCodeAt(j - 2)) cost = Math.min(cost, (beforeLast[j - 2] as number) + 1);
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > limit) return limit + 1;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return Math.min(last[m] as number, limit + 1);
}

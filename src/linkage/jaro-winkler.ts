const MOST = 64;
const usedA = new Uint8Array(MOST);
const usedB = new Uint8Array(MOST);

/** Jaro–Winkler similarity, 0…1, prefix weight 0.1 on at most four letters (Winkler 1990). Letters beyond the 64th are not looked at. */
export function jaroWinkler(one: string, other: string): number {
  if (one === other) return 1;
  // Letters are matched greedily: the order of the two must not matter.
  const [a, b] = one < other ? [one, other] : [other, one];
  const [n, m] = [Math.min(a.length, MOST), Math.min(b.length, MOST)];
  if (n === 0 || m === 0) return 0;
  const reach = Math.max(0, (Math.max(n, m) >> 1) - 1);
  usedA.fill(0, 0, n);
  usedB.fill(0, 0, m);
  let matches = 0;
  for (let i = 0; i < n; i += 1) {
    const letter = a.charCodeAt(i);
    for (let j = Math.max(0, i - reach), end = Math.min(m, i + reach + 1); j < end; j += 1) {
      if (usedB[j] === 1 || b.charCodeAt(j) !== letter) continue;
      usedA[i] = 1;
      usedB[j] = 1;
      matches += 1;
      break;
    }
  }
  if (matches === 0) return 0;
  let exchanged = 0;
  for (let i = 0, j = 0; i < n; i += 1) {
    if (usedA[i] === 0) continue;
    while (usedB[j] === 0) j += 1;
    if (a.charCodeAt(i) !== b.charCodeAt(j)) exchanged += 1;
    j += 1;
  }
  const jaro = (matches / n + matches / m + (matches - exchanged / 2) / matches) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < n && prefix < m && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}

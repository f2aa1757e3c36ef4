import type { Comparator } from './comparator.ts';

/** Keyed hashes of the ids of mother, father and guardian. Canonical text: `m:<hash> f:<hash> g:<hash>`, those known. */
export const compareParents: Comparator<ReadonlyMap<string, string>> = {
  levels: ['same', 'differ'],
  parse: (text) => new Map(text.split(' ').map((part) => [part.slice(0, 1), part.slice(2)])),
  compare(a, b) {
    const known = new Set(a.values());
    for (const mac of b.values()) if (known.has(mac)) return 1;
    const two = (role: string): boolean => a.has(role) && b.has(role);
    return two('m') || two('f') ? 2 : 0;
  },
  same: () => 1,
  rarity: [],
  prior: [0.97, 0.03],
  sibling: [0.97, 0.03],
};

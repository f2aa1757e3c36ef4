import type { Comparator } from './comparator.ts';

/** Keyed hashes of the ids of mother, father and guardian. Canonical text: `m:<hash> f:<hash> g:<hash>`, those known. */
export const compareParents: Comparator<readonly string[]> = {
  levels: ['same', 'differ'],
  parse: (text) => text.split(' '),
  compare(a, b) {
    let two = false;
    for (const one of a) {
      for (const other of b) {
        if (one === other || one.endsWith(other.slice(2))) return 1;
        if (one[0] === other[0] && one[0] !== 'g') two = true;
      }
    }
    return two ? 2 : 0;
  },
  same: () => 1,
  rarity: [],
  prior: [0.97, 0.03],
  sibling: [0.97, 0.03],
};

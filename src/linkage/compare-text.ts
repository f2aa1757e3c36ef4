import type { Comparator } from './comparator.ts';
import { jaroWinkler } from './jaro-winkler.ts';

/** Free text: similar from Jaro–Winkler .92, alike from .84. */
export const compareText: Comparator<string> = {
  levels: ['exact', 'similar', 'alike', 'differ'],
  parse: (text) => (text === '' ? null : text),
  compare(a, b) {
    const similarity = jaroWinkler(a, b);
    return similarity >= 0.92 ? 2 : similarity >= 0.84 ? 3 : 4;
  },
  same: () => 1,
  rarity: [1],
  prior: [0.8, 0.08, 0.03, 0.09],
  sibling: null,
};

/** A code or number that means something only as a whole; `close`: one character off. */
export const compareCode: Comparator<string> = {
  levels: ['exact', 'close', 'differ'],
  parse: (text) => (text === '' ? null : text),
  compare(a, b) {
    if (a.length !== b.length) return 3;
    let apart = 0;
    for (let i = 0; i < a.length && apart < 3; i += 1) if (a.charCodeAt(i) !== b.charCodeAt(i)) apart += 1;
    if (apart === 2) for (let i = 0; i + 1 < a.length; i += 1) if (a[i] !== b[i]) return a[i] === b[i + 1] && a[i + 1] === b[i] ? 2 : 3;
    return apart === 1 && a.length >= 3 ? 2 : 3;
  },
  same: () => 1,
  rarity: [1],
  prior: [0.85, 0.05, 0.1],
  sibling: null,
};

/** Equal or not, rarity aside. */
export const compareEqual: Comparator<string> = {
  levels: ['same', 'differ'],
  parse: (text) => (text === '' ? null : text),
  compare: () => 2,
  same: () => 1,
  rarity: [],
  prior: [0.97, 0.03],
  sibling: [0.5, 0.5],
};

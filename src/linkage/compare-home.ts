import type { Comparator } from './comparator.ts';
import { hash64 } from './hash64.ts';
import { addressText, isFullAddress } from './places.ts';

/** A home: hashes of the folded address and of its street alone. `isFull`: names a street or a block; a house number alone means something only within its village. */
interface Home {
  readonly full: string;
  readonly street: string;
  readonly isFull: boolean;
}
export const HOME_LEVELS = ['same', 'street', 'differ', 'number'] as const;
const [SAME, STREET, DIFFER, NUMBER] = [1, 2, 3, 4];
const short = (text: string): string => {
  const { high, low } = hash64(text);
  return high.toString(36) + low.toString(36);
};
const HASHED = /^[#~][a-z0-9]+:[a-z0-9]*$/;

/** `#<full>:<street>` (or `~…` for a number alone): what is kept of an address for comparing; no address can be read off it by eye. Null for one that says nothing. */
export function hashedHome(address: string): string | null {
  if (HASHED.test(address)) return address;
  const folded = addressText(address);
  if (folded === null) return null;
  const street = folded
    .replace(/\b(?:bl|vh|et|ap|sc|apt?)\b/g, ' ')
    .replace(/\b[a-z]?\d+[a-z]?\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return `${isFullAddress(folded) ? '#' : '~'}${short(folded)}:${street.length >= 4 ? short(street) : ''}`;
}

/** Addresses one beside the other, as `hashedHome` gives them, parted by blanks. */
export const compareHome: Comparator<readonly Home[]> = {
  levels: HOME_LEVELS,
  parse: (text) =>
    text.split(' ').map((home) => {
      const [full = '', street = ''] = home.slice(1).split(':');
      return { full, street, isFull: home.startsWith('#') };
    }),
  compare(as, bs) {
    let best = DIFFER;
    for (const a of as)
      for (const b of bs) {
        if (a.full === b.full) {
          if (a.isFull) return SAME;
          best = NUMBER;
        } else if (best === DIFFER && a.street !== '' && a.street === b.street) best = STREET;
      }
    return best;
  },
  same: (homes) => (homes.some(({ isFull }) => isFull) ? SAME : NUMBER),
  rarity: [],
  prior: [0.55, 0.05, 0.3, 0.1],
  sibling: [0.6, 0.05, 0.25, 0.1],
};

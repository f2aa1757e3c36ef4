import type { Comparator } from './comparator.ts';

/** A national id as it is compared: keyed hashes, never digits. Canonical text: `EGN|<hash>|v|<corrections, comma-separated>`. */
export interface IdValue {
  readonly scheme: string;
  readonly mac: string;
  /** `v` valid · `d` valid, but the birth date in it is not the record's · `i` invalid. */
  readonly state: 'v' | 'd' | 'i';
  /** Valid ids one slip away from an invalid one. */
  readonly corrections: readonly string[];
}
export const ID_LEVELS = ['same', 'same-doubtful', 'near', 'differ-doubtful', 'differ'] as const;
const [SAME, SAME_DOUBTFUL, NEAR, DIFFER_DOUBTFUL, DIFFER] = [1, 2, 3, 4, 5];

const SCHEMES = ['EGN', 'LNCH', 'CNP'];

/** Only two valid ids of one scheme that no doubt hangs over are two children; a slip away from a valid one counts as near. */
export const compareId: Comparator<IdValue> = {
  levels: ID_LEVELS,
  parse(text) {
    const [scheme = '', mac = '', state = 'i', corrections = ''] = text.split('|');
    return { scheme, mac, state: state as IdValue['state'], corrections: corrections === '' ? [] : corrections.split(',') };
  },
  compare(a, b) {
    if (a.scheme !== b.scheme) return 0;
    if (a.mac === b.mac) return a.state === 'v' && b.state === 'v' ? SAME : SAME_DOUBTFUL;
    if (a.corrections.includes(b.mac) || b.corrections.includes(a.mac)) return NEAR;
    return a.state === 'v' && b.state === 'v' ? DIFFER : DIFFER_DOUBTFUL;
  },
  same: ({ state }) => (state === 'v' ? SAME : SAME_DOUBTFUL),
  // Of two valid ids without a slip each is its own text.
  classes: { of: ({ scheme, state }) => (state === 'v' ? SCHEMES.indexOf(scheme) + 1 : 0), differ: DIFFER },
  rarity: [],
  groups: [
    [SAME, DIFFER],
    [SAME_DOUBTFUL, NEAR, DIFFER_DOUBTFUL],
  ],
  prior: [0.99, 0.3, 0.4, 0.3, 0.01],
  sibling: [0.003, 0.05, 0.01, 0.94, 0.997],
};

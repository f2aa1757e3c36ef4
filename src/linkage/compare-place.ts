import type { Comparator } from './comparator.ts';
import { jaroWinkler } from './jaro-winkler.ts';
import type { Gazetteer } from './gazetteer.ts';

/** Where a record is, as far as is known; several codes where a name is borne by several settlements. Canonical text: `BG|68134|SOF46|sofiia`, parts empty where unknown. */
export interface PlaceValue {
  readonly settlements: readonly string[];
  readonly municipalities: readonly string[];
  readonly text: string;
}
export const PLACE_LEVELS = ['settlement', 'municipality', 'similar', 'differ'] as const;
const meet = (a: readonly string[], b: readonly string[]): boolean => a.some((value) => b.includes(value));

/** Compares by code as far as the gazetteer knows one, else by how the name is written. */
export const comparePlace = (gazetteer: () => Gazetteer): Comparator<PlaceValue> => ({
  levels: PLACE_LEVELS,
  parse: (text) => gazetteer().placeOf(text),
  compare(a, b) {
    if (meet(a.settlements, b.settlements)) return 1;
    if (meet(a.municipalities, b.municipalities)) return 2;
    if (a.text !== '' && b.text !== '' && jaroWinkler(a.text, b.text) >= 0.92) return 3;
    return a.municipalities.length > 0 && b.municipalities.length > 0 ? 4 : 0;
  },
  same: ({ settlements, municipalities, text }) => (settlements.length > 0 ? 1 : municipalities.length > 0 ? 2 : text !== '' ? 3 : 0),
  rarity: [1],
  prior: [0.75, 0.17, 0.02, 0.06],
  sibling: [0.75, 0.17, 0.02, 0.06],
});
/** Rare villages say more than the capital. */
export const placeRarity = ({ settlements }: PlaceValue): string | null => (settlements.length === 1 ? (settlements[0] as string) : null);

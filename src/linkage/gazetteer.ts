import type { PlaceValue } from './compare-place.ts';
import type { PlacesSnapshot } from './link-model.ts';

export const EMPTY_PLACES: PlacesSnapshot = { settlements: {}, municipalities: {}, byText: {} };
const MOST_HOMONYMS = 8;

class Votes {
  readonly #votes = new Map<string, Map<string, number>>();

  add(key: string, value: string): void {
    let row = this.#votes.get(key);
    if (!row) {
      row = new Map();
      this.#votes.set(key, row);
    }
    row.set(value, (row.get(value) ?? 0) + 1);
  }

  /** The values that hold a clear majority together: those with at least a tenth of the votes, provided that nothing else has more than a fifth in all. */
  settle(): Record<string, readonly string[]> {
    const settled: [string, string[]][] = [];
    for (const [key, row] of this.#votes) {
      const all = row.values().reduce((sum, count) => sum + count, 0);
      const kept = [...row].filter(([, count]) => count * 10 >= all);
      const held = kept.reduce((sum, [, count]) => sum + count, 0);
      if (kept.length <= MOST_HOMONYMS && held * 10 >= all * 8) settled.push([key, kept.map(([value]) => value).sort()]);
    }
    return Object.fromEntries(settled.sort((a, b) => (a[0] < b[0] ? -1 : 1)));
  }
}

/** Parts of the canonical text of a place: country, settlement code, municipality code, settlement as folded text, `s` for that of a school. */
const partsOf = (text: string): [country: string, settlement: string, municipality: string, name: string, school: string] => {
  const [country = '', settlement = '', municipality = '', name = '', school = ''] = text.split('|');
  return [country, settlement, municipality, name, school];
};

/**
 * What settlements are called and where they lie, learnt from records that are one child's by id: the register writes a code where social assistance writes
 * "гр. София", and a school knows its municipality. No gazetteer is needed, and what a land's agencies call their places is learnt as they call them.
 * @param children sets of canonical place texts of records known to be one child's.
 */
export function learnPlaces(texts: Iterable<string>, children: Iterable<readonly string[]>): PlacesSnapshot {
  const [codes, lies, byText, stated] = [new Votes(), new Votes(), new Votes(), new Votes()];
  for (const text of texts) {
    const [country, settlement, municipality, name] = partsOf(text);
    if (settlement && municipality) stated.add(`${country}:${settlement}`, municipality);
    if (name && municipality) byText.add(`${country}:${name}`, municipality);
  }
  for (const child of children) {
    const places = [...new Set(child)].map(partsOf);
    for (const [country, settlement, municipality, name] of places) {
      for (const [, otherSettlement, otherMunicipality, , school] of places) {
        if (name && otherSettlement && school === '') codes.add(`${country}:${name}`, otherSettlement);
        if (name && otherMunicipality) byText.add(`${country}:${name}`, otherMunicipality);
        if (settlement && !municipality && otherMunicipality) lies.add(`${country}:${settlement}`, otherMunicipality);
      }
    }
  }
  return { settlements: codes.settle(), municipalities: { ...lies.settle(), ...stated.settle() }, byText: byText.settle() };
}

const NONE: readonly string[] = [];
const look = (table: Readonly<Record<string, readonly string[]>>, key: string): readonly string[] =>
  Object.hasOwn(table, key) ? (table[key] as readonly string[]) : NONE;

/** Reads places under a snapshot. */
export class Gazetteer {
  readonly snapshot: PlacesSnapshot;
  constructor(snapshot: PlacesSnapshot) {
    this.snapshot = snapshot;
  }

  placeOf(text: string): PlaceValue | null {
    const [country, settlement, municipality, name] = partsOf(text);
    const { settlements: codes, municipalities: lies, byText } = this.snapshot;
    const settlements = settlement !== '' ? [settlement] : name === '' ? NONE : look(codes, `${country}:${name}`);
    let municipalities: readonly string[] = municipality !== '' ? [municipality] : [];
    if (municipalities.length === 0) municipalities = [...new Set(settlements.flatMap((code) => look(lies, `${country}:${code}`)))];
    if (municipalities.length === 0 && name !== '') municipalities = look(byText, `${country}:${name}`);
    if (settlements.length + municipalities.length === 0 && name === '') return null;
    return { settlements, municipalities, text: name };
  }
}

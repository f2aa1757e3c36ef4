import type { LinkRecord } from './engine.ts';
import { latin } from './transliterate.ts';

const KIND_OF_PLACE = /^(?:gr|grad|s|selo|k k|sat|satul|oras|orasul|or|com|comuna|mun|municipiul|loc|localitatea)(?: |(?<=\.))/;

/** A settlement as written, without its kind ("гр.", "sat"), in one spelling. */
export function placeText(text: string): string {
  return latin(text)
    .replace(KIND_OF_PLACE, '')
    .replace(/y|j/g, 'i')
    .replace(/(.)\1+/g, '$1');
}

/** An address in one spelling; null for one that says nothing. */
export function addressText(text: string): string | null {
  const folded = latin(text)
    .replace(/[yj]/g, 'i')
    .replace(/\b(?:nr|no)\b ?/g, '')
    .replace(/([a-z])\1+/g, '$1');
  return /\d/.test(folded) || folded.length >= 8 ? folded : null;
}
/** A house number alone means something only within its village. */
export const isFullAddress = (address: string): boolean => /[a-z]{3}/.test(address) && address.length >= 8;

/** Where a record is, as far as is known: several codes where a name is borne by several settlements. */
export interface Place {
  readonly settlements: ReadonlySet<string>;
  readonly municipalities: ReadonlySet<string>;
}
const NOWHERE: ReadonlySet<string> = new Set();

class Votes {
  readonly #votes = new Map<string, Map<string, number>>();

  add(key: string, value: string): void {
    const row = this.#votes.get(key) ?? new Map<string, number>();
    this.#votes.set(key, row.set(value, (row.get(value) ?? 0) + 1));
  }

  /** The values that hold a clear majority together: those with at least a tenth of the votes, provided that nothing else has more than a tenth in all. */
  settle(): Map<string, ReadonlySet<string>> {
    const settled = new Map<string, ReadonlySet<string>>();
    for (const [key, row] of this.#votes) {
      const all = row.values().reduce((sum, count) => sum + count, 0);
      const kept = [...row].filter(([, count]) => count * 10 >= all);
      const held = kept.reduce((sum, [, count]) => sum + count, 0);
      if (kept.length <= MOST_HOMONYMS && held * 10 >= all * 8) settled.set(key, new Set(kept.map(([value]) => value)));
    }
    return settled;
  }
}
const MOST_HOMONYMS = 8;

/**
 * What settlements are called and where they lie, learned from records that are one child's by id: the register writes a code where social assistance writes
 * "гр. София", and a school knows its municipality. No gazetteer is needed, and what a land's agencies call their places is learned as they call them.
 */
export class Places {
  readonly #settlements: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #municipalities: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #byText: ReadonlyMap<string, ReadonlySet<string>>;

  /** @param children sets of records known to be one child's. */
  constructor(children: Iterable<readonly LinkRecord[]>, records: readonly LinkRecord[]) {
    const codes = new Votes();
    const lies = new Votes();
    const text = new Votes();
    const stated = new Votes();
    for (const { country, settlement, municipality } of records)
      if (settlement && municipality) stated.add(`${country}:${settlement}`, municipality);
    const known = stated.settle();
    for (const child of children) {
      for (const a of child) {
        for (const b of child) {
          if (a === b) continue;
          if (a.settlementText && b.settlement && b.source !== 'school')
            codes.add(`${a.country}:${placeText(a.settlementText)}`, b.settlement);
          if (a.settlementText && b.municipality) text.add(`${a.country}:${placeText(a.settlementText)}`, b.municipality);
          if (a.settlement && !a.municipality && b.municipality) lies.add(`${a.country}:${a.settlement}`, b.municipality);
        }
      }
    }
    for (const a of records)
      if (a.settlementText && a.municipality) text.add(`${a.country}:${placeText(a.settlementText)}`, a.municipality);
    this.#settlements = codes.settle();
    this.#municipalities = new Map([...lies.settle(), ...known]);
    this.#byText = text.settle();
  }

  of(record: LinkRecord): Place {
    const { country } = record;
    const key = record.settlementText ? `${country}:${placeText(record.settlementText)}` : null;
    const learned = key === null ? NOWHERE : (this.#settlements.get(key) ?? NOWHERE);
    const settlements = record.settlement ? new Set([record.settlement]) : learned;
    if (record.municipality) return { settlements, municipalities: new Set([record.municipality]) };
    const municipalities = new Set<string>();
    for (const settlement of settlements)
      for (const municipality of this.#municipalities.get(`${country}:${settlement}`) ?? []) municipalities.add(municipality);
    if (municipalities.size === 0 && key !== null) for (const municipality of this.#byText.get(key) ?? []) municipalities.add(municipality);
    return { settlements, municipalities };
  }

  /** Municipalities in which a settlement lies, by code. */
  municipalitiesOf(country: string, settlement: string): ReadonlySet<string> {
    return this.#municipalities.get(`${country}:${settlement}`) ?? NOWHERE;
  }
}

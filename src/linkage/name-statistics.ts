import type { Name } from './names.ts';

/** How often each word of a name occurs, so that a slip of the pen is told from another name: a slip is rare. */
export class NameStatistics {
  readonly #given = new Map<string, number>();
  readonly #family = new Map<string, number>();

  add(given: Name, family: Name): void {
    for (const { code } of given) this.#given.set(code, (this.#given.get(code) ?? 0) + 1);
    for (const { neutral } of family) this.#family.set(neutral, (this.#family.get(neutral) ?? 0) + 1);
  }

  /** True unless both words are names in their own right. */
  mayBeSlip(part: 'given' | 'family', a: string, b: string): boolean {
    const counts = part === 'given' ? this.#given : this.#family;
    const [less, more] = [counts.get(a) ?? 0, counts.get(b) ?? 0].sort((x, y) => x - y) as [number, number];
    return less <= RARE || less * RATIO <= more;
  }

  /** A given name that many bear. */
  isEstablished(code: string): boolean {
    return (this.#given.get(code) ?? 0) > RARE * 2;
  }
}
const RARE = 3;
const RATIO = 25;

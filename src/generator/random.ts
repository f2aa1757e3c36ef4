/** Seeded pseudo-random numbers (sfc32 by Chris Doty-Humphrey): the same seed gives the same sequence on every machine. Not for secrets. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  /** @param seed a whole number; @param stream a name, so that parts drawn side by side do not depend on each other. */
  constructor(seed: number, stream = '') {
    let h = 0x9e3779b9 ^ (seed | 0);
    const mix = (value: number): number => {
      h = Math.imul(h ^ value, 0x85ebca6b);
      h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
      h ^= h >>> 16;
      return h;
    };
    mix(Math.floor(seed / 0x1_0000_0000) | 0);
    for (const letter of stream) mix(letter.codePointAt(0) ?? 0);
    this.#a = mix(1);
    this.#b = mix(2);
    this.#c = mix(3);
    for (let i = 0; i < 15; i += 1) this.next();
  }

  /** A whole number of 0 to 2³²−1. */
  next(): number {
    const sum = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c |= 0;
    return sum >>> 0;
  }

  /** At least 0, below 1. */
  float(): number {
    return this.next() / 0x1_0000_0000;
  }

  /** A whole number from 0 to `below` − 1. */
  below(below: number): number {
    return Math.floor(this.float() * below);
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  chance(probability: number): boolean {
    return this.float() < probability;
  }

  /** One of the list, all alike. @throws RangeError for an empty list. */
  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('nothing to pick from');
    return list[this.below(list.length)] as T;
  }

  /** One of the list, the first ones more often than the last, as names are. */
  pickEarly<T>(list: readonly T[]): T {
    const u = this.float();
    return list[Math.floor(u ** 1.6 * list.length)] as T;
  }

  /** One of the pairs, by weight. */
  weighted<T>(pairs: readonly (readonly [value: T, weight: number])[]): T {
    let total = 0;
    for (const [, weight] of pairs) total += weight;
    let at = this.float() * total;
    for (const [value, weight] of pairs) {
      at -= weight;
      if (at < 0) return value;
    }
    return (pairs[pairs.length - 1] as readonly [T, number])[0];
  }
}

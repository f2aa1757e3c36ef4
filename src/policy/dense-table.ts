import { DENY, type Outcome } from './outcome.ts';

/** Outcomes by three indexes: two bytes a cell into a list of distinct outcomes. A cell that was never written is DENY. */
export class DenseTable {
  readonly #cells: Uint16Array;
  readonly #sizes: readonly [number, number, number];
  readonly #outcomes: Outcome[] = [DENY];
  readonly #index = new Map<string, number>([[JSON.stringify(DENY), 0]]);

  constructor(first: number, second: number, third: number) {
    this.#sizes = [first, second, third];
    this.#cells = new Uint16Array(first * second * third);
  }

  set(first: number, second: number, third: number, outcome: Outcome): void {
    const key = JSON.stringify(outcome);
    let index = this.#index.get(key);
    if (index === undefined) {
      index = this.#outcomes.push(Object.freeze(outcome)) - 1;
      if (index > 0xffff) throw new RangeError('more than 65,535 distinct outcomes');
      this.#index.set(key, index);
    }
    this.#cells[this.#at(first, second, third)] = index;
  }

  /** DENY for an index outside the table or undefined. */
  get(first: number | undefined, second: number | undefined, third: number | undefined): Outcome {
    if (first === undefined || second === undefined || third === undefined) return DENY;
    return this.#outcomes[this.#cells[this.#at(first, second, third)] ?? 0] ?? DENY;
  }

  #at(first: number, second: number, third: number): number {
    const [, seconds, thirds] = this.#sizes;
    return (first * seconds + second) * thirds + third;
  }
}

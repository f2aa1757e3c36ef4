const BITS = 16;

/** A set of record numbers (decimal text, below 2^53) in a bit a number: the records that a file confirms. */
export class RecordSet {
  readonly #chunks = new Map<number, Uint8Array>();

  add(record: string): void {
    const n = Number(record);
    const key = Math.floor(n / 2 ** BITS);
    let chunk = this.#chunks.get(key);
    if (!chunk) {
      chunk = new Uint8Array(2 ** (BITS - 3));
      this.#chunks.set(key, chunk);
    }
    const bit = n % 2 ** BITS;
    chunk[bit >> 3] = (chunk[bit >> 3] as number) | (1 << (bit & 7));
  }

  has(record: string): boolean {
    const n = Number(record);
    const bit = n % 2 ** BITS;
    return ((this.#chunks.get(Math.floor(n / 2 ** BITS))?.[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
  }
}

import type { Dataset } from './dataset.ts';
import { hash64, hashText, mixHigh, mixLow } from './hash64.ts';

/** Alternatives of one part that are followed up. */
const MOST_CODES = 6;
const MOST_KEYS = 16;

interface PassHashes {
  readonly seed: number;
  readonly symmetric: boolean;
  readonly parts: readonly PartHashes[];
}
interface PartHashes {
  readonly column: number;
  /** Per value: its codes' hashes, high and low in turn. */
  readonly hashes: (Uint32Array | undefined)[];
  codes(value: unknown): readonly string[];
}

/** The blocking keys of the records of a dataset, pass by pass. */
export class RecordKeys {
  readonly #data: Dataset<never>;
  readonly #passes: readonly PassHashes[];
  /** Keys of the record asked last, high and low in turn. */
  readonly found = new Uint32Array(MOST_KEYS * 2);

  constructor(data: Dataset<never>) {
    this.#data = data;
    const shared = new Map<unknown, PartHashes>();
    this.#passes = data.schema.passes.map(({ name, parts, symmetric }) => ({
      seed: hash64(name).low,
      symmetric: symmetric ?? false,
      parts: parts.map((part) => {
        const kept = shared.get(part);
        if (kept) return kept;
        const column = data.schema.fields.findIndex((field) => field.name === part.field);
        if (column < 0) throw new RangeError(`pass ${name}: no field ${part.field}`);
        const made: PartHashes = { column, hashes: [], codes: part.codes };
        shared.set(part, made);
        return made;
      }),
    }));
  }

  #hashesOf(part: PartHashes, record: number): Uint32Array {
    const column = this.#data.columns[part.column] as Dataset<never>['columns'][number];
    const id = column.ids[record] as number;
    let hashes = part.hashes[id];
    if (!hashes) {
      const value = id === 0 ? null : column.value(id);
      const codes = value === null ? [] : [...new Set(part.codes(value))].slice(0, MOST_CODES);
      hashes = new Uint32Array(codes.length * 2);
      codes.forEach((code, i) => {
        const { high, low } = hash64(code);
        (hashes as Uint32Array)[2 * i] = high;
        (hashes as Uint32Array)[2 * i + 1] = low;
      });
      part.hashes[id] = hashes;
    }
    return hashes;
  }

  /** Distinct keys of a record in one pass. @returns how many; they stand in `found`. */
  of(pass: number, record: number): number {
    const { seed, symmetric, parts } = this.#passes[pass] as PassHashes;
    const [first, second, third] = parts;
    const a = this.#hashesOf(first as PartHashes, record);
    if (a.length === 0) return 0;
    const b = second ? this.#hashesOf(second, record) : null;
    if (b?.length === 0) return 0;
    const c = third ? this.#hashesOf(third, record) : null;
    if (c?.length === 0) return 0;
    let count = 0;
    for (let i = 0; i < a.length; i += 2) {
      for (let j = 0; j < (b ? b.length : 2); j += 2) {
        let [h1, l1] = [a[i] as number, a[i + 1] as number];
        let [h2, l2] = b ? [b[j] as number, b[j + 1] as number] : [0, 0];
        if (symmetric && (h1 > h2 || (h1 === h2 && l1 > l2))) [h1, l1, h2, l2] = [h2, l2, h1, l1];
        const high = mixHigh(mixHigh(seed, h1), h2);
        const low = mixLow(mixLow(seed, l1), l2);
        for (let k = 0; k < (c ? c.length : 2); k += 2) {
          const h = c ? mixHigh(high, c[k] as number) : high;
          const l = c ? mixLow(low, c[k + 1] as number) : low;
          if (count < MOST_KEYS && !this.#has(count, h, l)) {
            this.found[2 * count] = h;
            this.found[2 * count + 1] = l;
            count += 1;
          }
        }
      }
    }
    return count;
  }

  #has(count: number, high: number, low: number): boolean {
    for (let i = 0; i < count; i += 1) if (this.found[2 * i] === high && this.found[2 * i + 1] === low) return true;
    return false;
  }

  /** All keys of a record, as signed 64-bit decimal text. */
  texts(record: number): string[] {
    const texts = new Set<string>();
    for (let pass = 0; pass < this.#passes.length; pass += 1) {
      const count = this.of(pass, record);
      for (let i = 0; i < count; i += 1) texts.add(hashText(this.found[2 * i] as number, this.found[2 * i + 1] as number));
    }
    return [...texts];
  }
}

const LEAST_SLOTS = 1 << 14;

interface Level {
  readonly prints: Uint32Array;
  readonly counts: Uint8Array;
  used: number;
}

/**
 * Counts how often a content was met in one file, in 5 to 10 bytes a distinct content: the contents of a 500 MB file do not fit in a Map.
 * Distinct contents are told apart by about 55 bits of their keyed hash. Taking two for one makes a row the second occurrence of its content, which is harmless.
 */
export class OccurrenceCounter {
  readonly #levels: Level[] = [];
  /** Beyond 254 occurrences. */
  readonly #many = new Map<string, number>();

  #grow(): Level {
    const slots = LEAST_SLOTS << this.#levels.length;
    const level = { prints: new Uint32Array(slots), counts: new Uint8Array(slots), used: 0 };
    this.#levels.push(level);
    return level;
  }

  /** How often this hash (at least 8 bytes) was given before: 0, 1, 2, … */
  next(mac: Buffer): number {
    const print = mac.readUInt32LE(0);
    const home = mac.readUInt32LE(4);
    for (const level of this.#levels) {
      const mask = level.prints.length - 1;
      for (let slot = home & mask; level.counts[slot] !== 0; slot = (slot + 1) & mask) {
        if (level.prints[slot] === print) return this.#again(level, slot, mac);
      }
    }
    let last = this.#levels.at(-1);
    if (!last || last.used * 4 >= last.prints.length * 3) last = this.#grow();
    const mask = last.prints.length - 1;
    let slot = home & mask;
    while (last.counts[slot] !== 0) slot = (slot + 1) & mask;
    last.prints[slot] = print;
    last.counts[slot] = 1;
    last.used += 1;
    return 0;
  }

  #again(level: Level, slot: number, mac: Buffer): number {
    const seen = level.counts[slot] as number;
    if (seen < 255) {
      level.counts[slot] = seen + 1;
      return seen;
    }
    const key = mac.toString('base64');
    const many = this.#many.get(key) ?? 255;
    this.#many.set(key, many + 1);
    return many;
  }
}

import type { RecordKeys } from './record-keys.ts';

/** A key that more records share says too little: it makes no candidates. Names that many bear meet through the finer passes. */
export const WIDEST_BLOCK = 60;

/** Blocks of one pass with 2…60 records, as spans of `members`; and the keys of each record, 0 where the block is too wide or has one record only. */
export interface Blocks {
  readonly spans: Uint32Array;
  readonly members: Int32Array;
  readonly keyStart: Uint32Array;
  /** Block number + 1 per key of a record. */
  readonly keyBlock: Int32Array;
  readonly tooWide: number;
}

/** All of it can be read by other threads. */
const sharedInts = (length: number): Int32Array<SharedArrayBuffer> => new Int32Array(new SharedArrayBuffer(length * 4));
const sharedCounts = (length: number): Uint32Array<SharedArrayBuffer> => new Uint32Array(new SharedArrayBuffer(length * 4));

/** Groups the records by the keys of one pass. */
export function blocksOf(keys: RecordKeys, pass: number, size: number): Blocks {
  let capacity = Math.max(1024, size + (size >> 2));
  let high = new Uint32Array(capacity);
  let low = new Uint32Array(capacity);
  const keyStart = sharedCounts(size + 1);
  let total = 0;
  for (let record = 0; record < size; record += 1) {
    const count = keys.of(pass, record);
    if (total + count > capacity) {
      capacity *= 2;
      const [h, l] = [new Uint32Array(capacity), new Uint32Array(capacity)];
      h.set(high);
      l.set(low);
      [high, low] = [h, l];
    }
    for (let i = 0; i < count; i += 1) {
      high[total] = keys.found[2 * i] as number;
      low[total] = keys.found[2 * i + 1] as number;
      total += 1;
    }
    keyStart[record + 1] = total;
  }
  let slots = 1024;
  while (slots < total * 2) slots *= 2;
  const mask = slots - 1;
  const slotBlock = new Int32Array(slots);
  const blockOf = new Int32Array(total);
  const first = new Uint32Array(total);
  const counts = new Uint32Array(total);
  let blocks = 0;
  for (let k = 0; k < total; k += 1) {
    const [h, l] = [high[k] as number, low[k] as number];
    let slot = (h ^ Math.imul(l, 0x9e3779b1)) & mask;
    for (;;) {
      const block = slotBlock[slot] as number;
      if (block === 0) {
        first[blocks] = k;
        blocks += 1;
        slotBlock[slot] = blocks;
        blockOf[k] = blocks;
        counts[blocks - 1] = 1;
        break;
      }
      const k0 = first[block - 1] as number;
      if (high[k0] === h && low[k0] === l) {
        blockOf[k] = block;
        counts[block - 1] = (counts[block - 1] as number) + 1;
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  let kept = 0;
  let memberCount = 0;
  let tooWide = 0;
  const renumbered = new Int32Array(blocks + 1);
  for (let block = 0; block < blocks; block += 1) {
    const count = counts[block] as number;
    if (count > WIDEST_BLOCK) tooWide += 1;
    if (count < 2 || count > WIDEST_BLOCK) continue;
    kept += 1;
    renumbered[block + 1] = kept;
    memberCount += count;
  }
  const spans = sharedCounts(kept + 1);
  for (let block = 0; block < blocks; block += 1) {
    const number = renumbered[block + 1] as number;
    if (number > 0) spans[number] = counts[block] as number;
  }
  for (let block = 0; block < kept; block += 1) spans[block + 1] = (spans[block + 1] as number) + (spans[block] as number);
  const members = sharedInts(memberCount);
  const fill = spans.slice(0, kept);
  const keyBlock = sharedInts(total);
  for (let record = 0; record < size; record += 1) {
    for (let k = keyStart[record] as number; k < (keyStart[record + 1] as number); k += 1) {
      const number = renumbered[blockOf[k] as number] as number;
      keyBlock[k] = number;
      if (number === 0) continue;
      members[fill[number - 1] as number] = record;
      fill[number - 1] = (fill[number - 1] as number) + 1;
    }
  }
  return { spans, members, keyStart, keyBlock, tooWide };
}

/** Do two records share a kept block? */
export function shareBlock(blocks: Blocks, a: number, b: number): boolean {
  const { keyStart, keyBlock } = blocks;
  const endA = keyStart[a + 1] as number;
  const endB = keyStart[b + 1] as number;
  for (let i = keyStart[a] as number; i < endA; i += 1) {
    const block = keyBlock[i] as number;
    if (block === 0) continue;
    for (let j = keyStart[b] as number; j < endB; j += 1) if (keyBlock[j] === block) return true;
  }
  return false;
}

/** Calls back with each pair of blocks `from` … `to` of a pass that no pass before it has given, and no block before it in the same pass; a < b. */
export function eachPair(passes: readonly Blocks[], pass: number, from: number, to: number, onPair: (a: number, b: number) => void): void {
  const blocks = passes[pass] as Blocks;
  const { spans, members } = blocks;
  const several = (record: number): boolean => (blocks.keyStart[record + 1] as number) - (blocks.keyStart[record] as number) > 1;
  for (let block = from; block < to; block += 1) {
    const end = spans[block + 1] as number;
    for (let i = spans[block] as number; i < end; i += 1) {
      const a = members[i] as number;
      next: for (let j = i + 1; j < end; j += 1) {
        const b = members[j] as number;
        for (let before = 0; before < pass; before += 1) if (shareBlock(passes[before] as Blocks, a, b)) continue next;
        if (several(a) && several(b) && firstShared(blocks, a, b) !== block + 1) continue;
        onPair(a, b);
      }
    }
  }
}

function firstShared(blocks: Blocks, a: number, b: number): number {
  let least = 0x7fffffff;
  for (let i = blocks.keyStart[a] as number; i < (blocks.keyStart[a + 1] as number); i += 1) {
    const block = blocks.keyBlock[i] as number;
    if (block === 0 || block >= least) continue;
    for (let j = blocks.keyStart[b] as number; j < (blocks.keyStart[b + 1] as number); j += 1)
      if (blocks.keyBlock[j] === block) least = block;
  }
  return least;
}

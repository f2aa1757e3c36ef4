import { withinGroups } from './comparator.ts';
import type { Column, Dataset } from './dataset.ts';
import type { PairScorer } from './pair-scorer.ts';

const RANDOM_PAIRS = 150_000;

/** Deterministic numbers 0 … 2³²−1 (Marsaglia xorshift). */
function* numbers(seed: number): Generator<number, never> {
  let x = seed;
  for (;;) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    yield x >>> 0;
  }
}

/** How often each value of a field occurs, and how often two records have the same text. */
export function countsOf(data: Dataset<never>, f: number): { counts: Map<string, number>; known: number; same: number } {
  const column = data.columns[f] as Column;
  const field = data.schema.fields[f];
  const perValue = new Uint32Array(column.texts.length);
  for (let i = 0; i < data.size; i += 1) perValue[column.ids[i] as number] = (perValue[column.ids[i] as number] as number) + 1;
  const counts = new Map<string, number>();
  let [known, same] = [0, 0];
  for (let id = 1; id < perValue.length; id += 1) {
    const count = perValue[id] as number;
    known += count;
    same += count * count;
    if (field?.comparator.rarity.length === 0) continue;
    const key = field?.rarityKey ? field.rarityKey(column.value(id)) : (column.texts[id] as string);
    if (key !== null && key !== undefined) counts.set(key, (counts.get(key) ?? 0) + count);
  }
  return { counts, known, same: known > 1 ? (same - known) / (known * (known - 1)) : 0 };
}

/** P(level | two people at random): equal texts by their frequencies, the rest from a seeded sample. */
export function learnRandom(data: Dataset<never>, scorer: PairScorer, same: readonly number[]): number[][] {
  const { fields } = data.schema;
  const counts = fields.map(({ comparator }) => new Array<number>(comparator.levels.length).fill(0));
  const random = numbers(0x2545f491);
  for (let n = 0; n < RANDOM_PAIRS; n += 1) {
    const a = random.next().value % data.size;
    const b = random.next().value % data.size;
    if (a === b) continue;
    scorer.compare(a, b);
    for (let f = 0; f < fields.length; f += 1) {
      const level = scorer.levels[f] as number;
      const { ids } = data.columns[f] as Column;
      if (level > 0 && ids[a] !== ids[b]) (counts[f] as number[])[level - 1] = ((counts[f] as number[])[level - 1] as number) + 1;
    }
  }
  return counts.map((row, f) => {
    const { comparator } = fields[f] as (typeof fields)[number];
    const u = withinGroups(
      comparator,
      row.map((count) => count + 0.2),
    );
    // Equal texts are at the level that a value has with itself: the first for all but partial dates and doubtful ids.
    const first = comparator.groups?.find((group) => group.includes(1)) ?? u.map((_, i) => i + 1);
    for (const level of first) u[level - 1] = (u[level - 1] as number) * (1 - (same[f] as number));
    u[0] = (u[0] as number) + (same[f] as number);
    return u.map((p) => Math.max(p, 1e-7));
  });
}

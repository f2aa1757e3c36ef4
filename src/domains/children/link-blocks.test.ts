import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WIDEST_BLOCK } from '../../linkage/blocks.ts';
import { type Block, changesOf } from './link-blocks.ts';

type Keys = ReadonlyMap<string, readonly string[]>;
/** Members of each key. */
function blocksOf(records: Keys): Map<string, string[]> {
  const blocks = new Map<string, string[]>();
  for (const [record, keys] of records) for (const key of keys) blocks.set(key, [...(blocks.get(key) ?? []), record]);
  return blocks;
}
function candidatesOf(records: Keys): Set<string> {
  const pairs = new Set<string>();
  for (const members of blocksOf(records).values()) {
    if (members.length > WIDEST_BLOCK) continue;
    for (const a of members) for (const b of members) if (Number(a) < Number(b)) pairs.add(`${a} ${b}`);
  }
  return pairs;
}

/** One step as storage takes it: what left is gone, what comes is not there yet. */
function step(
  candidates: ReadonlySet<string>,
  before: Keys,
  leaving: readonly string[],
  coming: Keys,
): { candidates: Set<string>; after: Map<string, readonly string[]> } {
  const standing = new Map([...before].filter(([record]) => !leaving.includes(record)));
  const left = new Map<string, number>();
  for (const record of leaving) for (const key of before.get(record) ?? []) left.set(key, (left.get(key) ?? 0) + 1);
  const came = blocksOf(coming);
  const held = blocksOf(standing);
  const asked = new Set([...left.keys(), ...came.keys()]);
  const blocks: Block[] = [...asked].map((h) => {
    const members = held.get(h) ?? [];
    return { h, members: members.length > WIDEST_BLOCK ? null : members };
  });
  const { pairs, outgrown } = changesOf(blocks, left, came);
  const after = new Map([...standing, ...coming]);
  const now = new Set([...candidates].filter((pair) => !pair.split(' ').some((record) => leaving.includes(record))));
  for (const [a, b] of pairs) now.add(`${a} ${b}`);
  // What the database asks of pairs within outgrown blocks: whether another key joins them.
  const joined = candidatesOf(after);
  for (const pair of now) if (pair.split(' ').every((record) => outgrown.includes(record)) && !joined.has(pair)) now.delete(pair);
  return { candidates: now, after };
}

describe('candidates', () => {
  it('are the pairs of narrow blocks, whatever came and went before', () => {
    const keys = fc.uniqueArray(fc.constantFrom('common', 'usual', 'rare', 'rarer'), { minLength: 1, maxLength: 3 });
    const steps = fc.array(fc.record({ come: fc.array(keys, { maxLength: 45 }), leave: fc.array(fc.nat(), { maxLength: 30 }) }), {
      minLength: 2,
      maxLength: 7,
    });
    fc.assert(
      fc.property(steps, (all) => {
        let records = new Map<string, readonly string[]>();
        let candidates = new Set<string>();
        let number = 0;
        for (const { come, leave } of all) {
          const numbers = [...records.keys()];
          const leaving = numbers.length === 0 ? [] : [...new Set(leave.map((n) => numbers[n % numbers.length] as string))];
          const coming = new Map(come.map((list) => [String(++number), list]));
          const done = step(candidates, records, leaving, coming);
          records = done.after;
          candidates = done.candidates;
          expect([...candidates].sort()).toEqual([...candidatesOf(records)].sort());
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are found in a block that holds sixty, and lost with the one that is too many', () => {
    const sixty = new Map(Array.from({ length: WIDEST_BLOCK }, (_, i) => [String(i + 1), ['k']]));
    const pairs = (WIDEST_BLOCK * (WIDEST_BLOCK - 1)) / 2;
    const full = step(new Set(), new Map(), [], sixty);
    expect(full.candidates.size).toBe(pairs);
    const crowded = step(full.candidates, full.after, [], new Map([['61', ['k']]]));
    expect(crowded.candidates.size).toBe(0);
    expect(step(crowded.candidates, crowded.after, ['7'], new Map()).candidates.size).toBe(pairs);
  });
});

import { describe, expect, it } from 'vitest';
import { blocksOf, eachPair, shareBlock, WIDEST_BLOCK } from './blocks.ts';
import { compareEqual } from './compare-text.ts';
import { Dataset } from './dataset.ts';
import type { LinkSchema } from './link-schema.ts';
import { RecordKeys } from './record-keys.ts';

interface Row {
  readonly name: string;
  /** Words, each a key. */
  readonly words: string;
  readonly street: string;
}
const schema: LinkSchema<Row> = {
  name: 'rows',
  fields: [
    { name: 'words', comparator: compareEqual, read: ({ words }) => words },
    { name: 'street', comparator: compareEqual, read: ({ street }) => street },
  ],
  passes: [
    { name: 'word', parts: [{ field: 'words', codes: (text: string) => text.split(' ') }] },
    { name: 'street', parts: [{ field: 'street', codes: (text: string) => [text] }] },
  ],
  nameOf: ({ name }) => name,
};
function blocked(rows: readonly Omit<Row, 'name'>[]) {
  const data = new Dataset<never>(schema as unknown as LinkSchema<never>);
  for (const [i, row] of rows.entries()) data.add({ ...row, name: String(i) } as never);
  const keys = new RecordKeys(data);
  const passes = schema.passes.map((_, pass) => blocksOf(keys, pass, data.size));
  const pairs: string[] = [];
  for (const [pass, { spans }] of passes.entries()) eachPair(passes, pass, 0, spans.length - 1, (a, b) => pairs.push(`${a} ${b}`));
  return { passes, pairs };
}
const many = (count: number, words: string, street = (i: number) => `street ${i}`) =>
  Array.from({ length: count }, (_, i) => ({ words, street: street(i) }));

describe('blocks', () => {
  it(`hold up to ${WIDEST_BLOCK} records; a key of more makes no candidates, and is counted`, () => {
    expect(WIDEST_BLOCK).toBe(60);
    const [full, over] = [blocked(many(60, 'ivan')), blocked(many(61, 'ivan'))];
    expect(full.pairs).toHaveLength((60 * 59) / 2);
    expect(full.passes[0]?.tooWide).toBe(0);
    expect(over.pairs).toEqual([]);
    expect(over.passes[0]?.tooWide).toBe(1);
  });
  it('that are too wide leave the finer ones to speak', () => {
    const { pairs } = blocked(many(70, 'ivan', (i) => `street ${i % 35}`));
    expect(pairs).toHaveLength(35);
  });
  it('give each pair once, however many keys and passes bring it together', () => {
    const { pairs } = blocked(many(5, 'ana maria', () => 'breza'));
    expect(pairs).toHaveLength(10);
    expect(new Set(pairs).size).toBe(10);
  });
  it('say whether two records share one', () => {
    const { passes } = blocked([
      { words: 'ana maria', street: 'a' },
      { words: 'maria', street: 'b' },
      { words: 'petar', street: 'c' },
    ]);
    const [words] = passes;
    if (!words) throw new Error('no pass');
    expect([shareBlock(words, 0, 1), shareBlock(words, 0, 2)]).toEqual([true, false]);
  });
  it('of many records are the pairs that sharing a key means', () => {
    const rows = Array.from({ length: 400 }, (_, i) => ({ words: `w${i % 23} v${(i * 7) % 41}`, street: `s${(i * 13) % 97}` }));
    const { pairs } = blocked(rows);
    const expected: string[] = [];
    const meet = (a: string, b: string) => a.split(' ').some((word) => b.split(' ').includes(word));
    for (const [a, row] of rows.entries())
      for (const [b, other] of rows.entries())
        if (a < b && (row.street === other.street || meet(row.words, other.words))) expected.push(`${a} ${b}`);
    expect([...pairs].sort()).toEqual(expected.sort());
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { generatedRecords } from '../../tests/linkage/generated-records.ts';
import { childSchema } from './child-schema.ts';
import { compareCode, compareText } from './compare-text.ts';
import type { LinkRecord } from './engine.ts';
import { linkAll } from './link-all.ts';
import type { LinkModel } from './link-model.ts';
import type { LinkSchema } from './link-schema.ts';
import { ModelRefused, type RefusalReason } from './model-refused.ts';

interface Row {
  readonly name: string;
  readonly first: string;
  readonly last: string;
  readonly town: string;
}
const code = (text: string) => [text];
const schema: LinkSchema<Row> = {
  name: 'rows',
  fields: [
    { name: 'first', comparator: compareText, read: ({ first }) => first },
    { name: 'last', comparator: compareText, read: ({ last }) => last },
    { name: 'town', comparator: compareCode, read: ({ town }) => town },
  ],
  passes: [
    { name: 'first', parts: [{ field: 'first', codes: code }], trains: true },
    { name: 'last', parts: [{ field: 'last', codes: code }], trains: true },
  ],
  nameOf: ({ name }) => name,
};
const draw = (seed: number) => () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 4294967296;
};
/** Words of letters drawn, so that none is like another. */
const word = (random: () => number) => Array.from({ length: 8 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
async function refusal(rows: readonly Row[]): Promise<RefusalReason | null> {
  try {
    await linkAll(schema, rows);
    return null;
  } catch (error) {
    if (error instanceof ModelRefused) return error.reason;
    throw error;
  }
}
/** `people` people of two records each; the second with the surname and town that `other` makes of the first's. */
function people(count: number, seed: number, other: (row: Omit<Row, 'name'>, random: () => number) => Omit<Row, 'name'>): Row[] {
  const random = draw(seed);
  const [firsts = [], lasts = [], towns = []] = [60, 80, 40].map((size) => Array.from({ length: size }, () => word(random)));
  return Array.from({ length: count }, (_, i) => {
    const pick = (pool: readonly string[]) => pool[Math.floor(random() * pool.length)] as string;
    const one = { first: pick(firsts), last: pick(lasts), town: pick(towns) };
    return [
      { name: `${i}a`, ...one },
      { name: `${i}b`, ...other(one, random) },
    ];
  }).flat();
}

describe('learning', () => {
  it('finds what there is to be found', async () => {
    const rows = people(300, 1, (row, random) => (random() < 0.2 ? { ...row, last: word(random) } : row));
    const { likely, model } = await linkAll(schema, rows);
    const linked = rows.filter((_, i) => i % 2 === 1 && likely[i] === likely[i - 1]).length;
    expect(linked).toBeGreaterThan(200);
    expect(600 - new Set(likely).size - linked).toBeLessThan(15);
    expect(model.records).toBe(600);
  });

  it('is refused of too few records', async () => {
    expect(await refusal(people(20, 2, (row) => row))).toBe('TOO_FEW');
    expect(await refusal([])).toBe('TOO_FEW');
  });
  it('is refused where no two records have anything in common', async () => {
    const random = draw(3);
    const rows = Array.from({ length: 400 }, (_, i) => ({ name: String(i), first: word(random), last: word(random), town: 'x' }));
    expect(await refusal(rows)).toBe('TOO_FEW');
  });
  it('is refused where every candidate looks like a match: what is compared follows from the key', async () => {
    const random = draw(4);
    const rows = Array.from({ length: 600 }, (_, i) => {
      const key = `k${Math.floor(random() * 60)}`;
      return { name: String(i), first: key, last: `last of ${key}`, town: key };
    });
    expect(await refusal(rows)).toBe('COLLAPSED');
  });
  it('is refused where nothing tells candidates apart: all bear one value', async () => {
    const random = draw(4);
    const key = () => `f${Math.floor(random() * 60)}`;
    const rows = Array.from({ length: 600 }, (_, i) => ({ name: String(i), first: key(), last: 'petrov', town: 'sofia' }));
    expect(['COLLAPSED', 'NO_MATCHES']).toContain(await refusal(rows));
  });
  it('is refused where candidates share their key by chance, and nobody has two records', async () => {
    const random = draw(5);
    const rows = Array.from({ length: 1500 }, (_, i) => ({
      name: String(i),
      first: `f${Math.floor(random() * 60)}`,
      last: `l${Math.floor(random() * 60)}`,
      town: word(random),
    }));
    expect(['NO_MATCHES', 'NOT_MONOTONE', 'COLLAPSED']).toContain(await refusal(rows));
  });
  it('says which and why', () => {
    const refused = new ModelRefused('NO_MATCHES', 'names: 0.10 %');
    expect(refused).toMatchObject({ name: 'ModelRefused', reason: 'NO_MATCHES', detail: 'names: 0.10 %' });
    expect(refused.message).toContain('NO_MATCHES');
  });
});

describe('a model of children', () => {
  let records: LinkRecord[];
  let model: LinkModel;
  beforeAll(async () => {
    records = await generatedRecords(300, 21);
    ({ model } = await linkAll(childSchema, records));
  });

  it('has a name that follows from what was learnt: the same from the same records, another from others', async () => {
    expect((await linkAll(childSchema, records)).model).toEqual(model);
    expect((await linkAll(childSchema, records.slice(0, -40))).model.id).not.toBe(model.id);
    expect((await linkAll(childSchema, records, { autoBits: 12 })).model.id).not.toBe(model.id);
  });
  it('is the same in whatever order the records come', async () => {
    const random = draw(9);
    const shuffled = records.map((record) => ({ record, place: random() })).sort((a, b) => a.place - b.place);
    for (const other of [[...records].reverse(), shuffled.map(({ record }) => record)])
      expect((await linkAll(childSchema, other)).model).toEqual(model);
  });
  it('comes back from its row as it was', async () => {
    const stored = JSON.parse(JSON.stringify(model)) as LinkModel;
    expect(stored).toEqual(model);
    const [own, back] = [await linkAll(childSchema, records, { model }), await linkAll(childSchema, records, { model: stored })];
    expect(back.auto).toEqual(own.auto);
    expect(back.model.id).toBe(model.id);
  });
  it('holds chances: above 0, up to 1, and 1 in all for fields whose levels exclude each other', () => {
    for (const { m, u, s, levels, name } of model.fields) {
      for (const row of [m, u, ...(s ? [s] : [])]) {
        expect(row, name).toHaveLength(levels.length);
        for (const p of row) expect(p > 0 && p <= 1, name).toBe(true);
      }
      if (name !== 'birthDate' && name !== 'nationalId')
        expect(
          m.reduce((sum, p) => sum + p, 0),
          name,
        ).toBeCloseTo(1, 2);
    }
  });
  it('keeps a threshold within its bounds, and questions below it', () => {
    expect(model.autoBits).toBeGreaterThanOrEqual(6);
    expect(model.autoBits).toBeLessThanOrEqual(14);
    expect(model.reviewBits).toBeLessThan(model.autoBits);
    expect(model.priorBits).toBeLessThan(0);
  });
  it('names nobody by what is rare: values that one or two records bear are not kept', () => {
    for (const { counts } of model.fields) for (const count of Object.values(counts ?? {})) expect(count).toBeGreaterThanOrEqual(3);
    const text = JSON.stringify(model.fields);
    for (const { ids, motherMac } of records)
      for (const mac of [...ids.map((id) => id.mac), motherMac]) if (mac) expect(text.includes(mac.slice(0, 20))).toBe(false);
  });
});

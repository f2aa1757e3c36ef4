/**
 * Learns the model that comes with the program from places of the product's own generator and writes `src/linkage/shipped-model.ts`:
 * `node scripts/emit-shipped-model.ts DIR…` (directories that `obhvat generate` wrote).
 */
import { writeFileSync } from 'node:fs';
import { childSchema } from '../src/linkage/child-schema.ts';
import { linkAll } from '../src/linkage/link-all.ts';
import { readLinkRecords } from './quality/read-link-records.ts';
import { readTruth } from './quality/read-truth.ts';

const directories = process.argv.slice(2);
if (directories.length === 0) throw new Error('name the directories that obhvat generate wrote');
const records = directories.flatMap((directory) => {
  const { records: read } = readLinkRecords(directory, readTruth(directory).files);
  return read.map((record) => ({ ...record, record: `${directory}:${record.record}` }));
});
const { model } = await linkAll(childSchema, records);
const AGREES = ['part', 'sounds-alike', 'nickname', 'close'];
const round = (p: number): number => Number(p.toPrecision(4));
const shipped = {
  ...model,
  // Without rarity a common name weighs too much.
  autoBits: Math.max(model.autoBits, 9),
  id: `shipped-${model.normaliser}`,
  // Names and places are those of an invented population: how rare they are says nothing of a real one.
  places: { settlements: {}, municipalities: {}, byText: {} },
  // What the generator happens not to do, others do: agreement in a part of a name, or in its sound, never speaks against a match.
  fields: model.fields.map((field) => ({
    ...field,
    m: field.m.map((p, level) =>
      round(field.name.endsWith('Name') && AGREES.includes(field.levels[level] as string) ? Math.max(p, field.u[level] as number) : p),
    ),
    u: field.u.map(round),
    counts: null,
  })),
};
writeFileSync(
  new URL('../src/linkage/shipped-model.ts', import.meta.url),
  `import type { LinkModel } from './link-model.ts';

/** The model that holds until one is learnt: learnt from the product's own generator (\`scripts/emit-shipped-model.ts\`), without the rarity of names and places. */
export const SHIPPED_MODEL: LinkModel = ${JSON.stringify(shipped, null, 2)};
`,
);
console.log(`${records.length} records, prior ${model.priorBits}, auto from ${model.autoBits} bits`);

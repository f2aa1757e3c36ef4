import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { linkRecord } from '../../tests/support/link-record.ts';
import { childSchema } from './child-schema.ts';
import { EMPTY_PLACES, Gazetteer } from './gazetteer.ts';
import { SHIPPED_MODEL } from './shipped-model.ts';

/** What no record may say of a child, and nothing may be linked by (Regulation (EU) 2016/679, article 9). Names of languages and places are no traits: the words are looked for in names of fields alone. */
const TRAITS = [
  /ethnic/i,
  /(?:^|[^a-z])(?:roma|rroma|tsigan|romani)(?:$|[^a-z])/i,
  /minorit/i,
  /national(?:ity|ities)/i,
  /religio/i,
  /(?:^|_)race(?:$|_)/i,
  /mother_?tongue/i,
];
const isTrait = (field: string): boolean => TRAITS.some((trait) => trait.test(field.replace(/([a-z0-9])([A-Z])/g, '$1_$2')));
const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const textsIn = (path: string, ending: RegExp): [string, string][] =>
  (readdirSync(folder(path), { recursive: true }) as string[])
    .filter((name) => ending.test(name))
    .map((name) => [name, readFileSync(`${folder(path)}/${name}`, 'utf8')]);

describe('a field that says to which people a child belongs', () => {
  it('would be found here', () => {
    for (const field of ['ethnicity', 'ethnicGroup', 'isRoma', 'roma', 'minority', 'nationality', 'childNationality', 'religion'])
      expect(isTrait(field), field).toBe(true);
    for (const field of ['nationalId', 'national_id', 'citizenship', 'romania', 'romanian', 'trace', 'settlement'])
      expect(isTrait(field), field).toBe(false);
  });
  it('is none of what is compared', () => {
    const { fields, passes } = childSchema(() => new Gazetteer(EMPTY_PLACES));
    expect([...fields, ...passes].map(({ name }) => name).filter(isTrait)).toEqual([]);
    expect(SHIPPED_MODEL.fields.map(({ name }) => name).filter(isTrait)).toEqual([]);
  });
  it('is none of what linkage sees of a record', () => {
    expect(Object.keys(linkRecord({ kind: 'visits' })).filter(isTrait)).toEqual([]);
    const said = readFileSync(folder('engine.ts'), 'utf8').match(/readonly \w+/g) ?? [];
    expect(said.length).toBeGreaterThan(20);
    expect(said.map((text) => text.slice(9)).filter(isTrait)).toEqual([]);
  });
  it('is none of the graph', () => {
    const fields = textsIn('../../schema', /\.graphql$/).flatMap(([name, text]) =>
      [...text.matchAll(/^\s+(\w+)(?:\(.*\))?:/gm)].map(([, field]) => `${name}: ${field}`),
    );
    expect(fields.length).toBeGreaterThan(100);
    expect(fields.filter((field) => isTrait(field.split(': ')[1] as string))).toEqual([]);
  });
  it('is none of the columns in which records are kept', () => {
    const columns = textsIn('../../migrations', /\.(?:sql|ts)$/).flatMap(([name, text]) =>
      [...text.matchAll(/^\s*([a-z_]+)\s+(?:text|jsonb|integer|smallint|boolean|date)\b/gm)].map(([, column]) => `${name}: ${column}`),
    );
    expect(columns.length).toBeGreaterThan(20);
    expect(columns.filter((column) => isTrait(column.split(': ')[1] as string))).toEqual([]);
  });
});

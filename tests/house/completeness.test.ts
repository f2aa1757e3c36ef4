import { type GraphQLNamedType, type GraphQLResolveInfo, isInputObjectType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pg } from '../../src/db/sql.ts';
import type { Blueprint } from '../../src/exchange/blueprint.ts';
import { storedCoordinates, storedShapes } from '../../src/exchange/datum.ts';
import { gated } from '../../src/exchange/gate.ts';
import { ROW_SCOPES } from '../../src/exchange/scope.ts';
import { blueprint } from '../../src/hub.ts';
import { buildView } from '../../src/policy/build-view.ts';
import { readCoordinates } from '../../src/policy/read-coordinates.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let plans: Blueprint;
let stored: Map<string, string>;
beforeAll(async () => {
  plans = await blueprint();
  database = await createTestDatabase({ size: 1 });
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  const { rows } = await admin.query('select table_schema, table_name, column_name, data_type from information_schema.columns');
  stored = new Map(rows.map((row) => [`${row.table_schema}.${row.table_name}.${row.column_name}`, row.data_type]));
  await admin.end();
});
afterAll(() => database?.drop());

// A caller under a purpose that needs a case, without one: whatever has a duty before it refuses.
const NO_CASE = {
  caller: { kind: 'school', actor: null, caseReference: null, agency: {} },
  plan: { info: { caseRequired: true, law: [], basis: {}, instrument: {}, notice: {} }, scopes: [] },
  reason: null,
};
const codeOf = (answer: unknown) => (answer as { code?: string } | null)?.code;
const own = (types: readonly GraphQLNamedType[]) => types.filter(({ name }) => !name.startsWith('__'));

describe('every part of the full schema', () => {
  it('has a category', () => {
    const { coordinates, missing } = readCoordinates(plans.schema);
    expect(missing).toEqual([]);
    const known = new Set(coordinates.map(({ coordinate }) => coordinate));
    const parts = own(Object.values(plans.schema.getTypeMap())).flatMap((type) => {
      if (isObjectType(type))
        return Object.values(type.getFields()).flatMap((field) => [
          `${type.name}.${field.name}`,
          ...field.args.map((arg) => `${type.name}.${field.name}(${arg.name}:)`),
        ]);
      if (isInputObjectType(type)) return Object.keys(type.getFields()).map((field) => `${type.name}.${field}`);
      return [];
    });
    expect(parts.length).toBeGreaterThan(200);
    expect(parts.filter((part) => !known.has(part))).toEqual([]);
  });

  it('has an outcome in every view', () => {
    const { coordinates } = readCoordinates(plans.schema);
    for (const view of plans.policy.views)
      expect(
        coordinates.filter(({ coordinate }) => !view.outcomes.has(coordinate)),
        view.id,
      ).toEqual([]);
  });

  it('that may be released is nullable: any value may be withheld', () => {
    const { coordinates } = readCoordinates(plans.schema);
    const strict = coordinates.filter(({ coordinate, category }) => {
      const [typeName = '', fieldName = ''] = coordinate.split('.');
      const type = plans.schema.getType(typeName);
      if (category === 'plumbing' || !isObjectType(type) || coordinate.includes('(')) return false;
      return String(type.getFields()[fieldName]?.type).endsWith('!');
    });
    expect(strict.map(({ coordinate }) => coordinate)).toEqual([]);
  });
});

describe('every view', () => {
  it('has a duty before each root field but `me` and `policy`', async () => {
    for (const plan of plans.policy.views) {
      const shielded = gated(buildView(plans.schema, plan));
      const roots = [shielded.getQueryType(), shielded.getMutationType()].flatMap((root) => Object.values(root?.getFields() ?? {}));
      expect(roots.length, plan.id).toBeGreaterThan(2);
      for (const field of roots) {
        const code = await Promise.resolve(field.resolve?.({}, {}, NO_CASE, {} as GraphQLResolveInfo)).then(codeOf, codeOf);
        expect([plan.id, field.name, code]).toEqual([
          plan.id,
          field.name,
          ['me', 'policy'].includes(field.name) ? undefined : 'CASE_REQUIRED',
        ]);
      }
    }
  });

  it('lists row scopes that there are', () => {
    for (const { id, scopes } of plans.policy.views) {
      expect(scopes.length, id).toBeGreaterThan(0);
      expect(
        scopes.filter((scope) => !Object.hasOwn(ROW_SCOPES, scope)),
        id,
      ).toEqual([]);
    }
  });

  it('is granted every column that a field it permits is stored in', () => {
    for (const { id, permitted } of plans.policy.views) {
      const granted = plans.classes.find((each) => each.views.includes(id))?.tables ?? {};
      const lacking = storedCoordinates().flatMap(({ coordinate, table, columns }) =>
        permitted(coordinate)
          ? columns.filter((column) => !granted[table]?.includes(column)).map((column) => `${coordinate}: ${table}.${column}`)
          : [],
      );
      expect(lacking, id).toEqual([]);
    }
  });
});

describe('every stored field', () => {
  it('has its columns in the migrated database, of which the sealed ones are opened by a decoder', () => {
    const shapes = storedShapes();
    expect(shapes.length).toBeGreaterThan(10);
    for (const { type, table, keys, child, hidden, fields } of shapes) {
      const named = [...keys, ...hidden.values(), ...(child ? [child] : []), ...[...fields.values()].flatMap(({ columns }) => columns)];
      expect(
        named.filter((column) => !stored.has(`${table}.${column}`)),
        type,
      ).toEqual([]);
      for (const [field, { columns, decode }] of fields) {
        if (columns.some((column) => stored.get(`${table}.${column}`) === 'bytea')) expect(decode, `${type}.${field}`).toBeDefined();
      }
    }
    for (const { coordinate, table, columns } of storedCoordinates())
      expect(
        columns.filter((column) => !stored.has(`${table}.${column}`)),
        coordinate,
      ).toEqual([]);
  });

  it('is a field of the schema under that name', () => {
    for (const { type, fields } of storedShapes()) {
      const graphType = plans.schema.getType(type);
      // A shape without a type of its own is read for a computed field.
      if (!isObjectType(graphType)) continue;
      expect(
        [...fields.keys()].filter((field) => !graphType.getFields()[field]),
        type,
      ).toEqual([]);
    }
  });
});

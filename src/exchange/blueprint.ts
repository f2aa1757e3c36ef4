import { readdirSync, readFileSync } from 'node:fs';
import type { GraphQLSchema } from 'graphql';
import type { NonEmptyArray } from 'type-graphql';
import { packagePath } from '../db/package-path.ts';
import { type ColumnClass, columnClasses } from '../policy/column-classes.ts';
import { compilePolicy } from '../policy/compile-policy.ts';
import type { PolicySource } from '../policy/parse-purpose.ts';
import type { Policy } from '../policy/policy.ts';
import { formatPolicyError } from '../policy/policy-error.ts';
import { readCoordinates } from '../policy/read-coordinates.ts';
import { storedCoordinates, storedShapes } from './datum.ts';
import { fullSchema, type ResolverClass } from './full-schema.ts';

/** The hub as its sources say: full schema, compiled policy, and the column classes that the database is to grant. */
export interface Blueprint {
  readonly schema: GraphQLSchema;
  readonly policy: Policy;
  readonly sources: readonly PolicySource[];
  readonly classes: readonly ColumnClass[];
  /** View id → database role (without the database's prefix). */
  readonly roles: ReadonlyMap<string, string>;
}

/** The rule files of `schema/policy/`, in the order of their names. */
export function readPolicySources(folder = packagePath('schema/policy')): { file: string; text: string }[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return files.sort().map((file) => ({ file, text: readFileSync(`${folder}/${file}`, 'utf8') }));
}

/** @throws Error with every reason when the policy is incomplete: such a hub does not start. */
export async function drawBlueprint(resolvers: NonEmptyArray<ResolverClass>, sources = readPolicySources()): Promise<Blueprint> {
  const schema = await fullSchema(resolvers);
  const { coordinates, missing } = readCoordinates(schema);
  const compiled = compilePolicy(sources, coordinates, missing);
  if (!compiled.ok) throw new Error(`the policy does not compile:\n${compiled.errors.map(formatPolicyError).join('\n')}`);
  const storage = Map.groupBy(storedCoordinates(), ({ coordinate }) => coordinate);
  const keys = new Map<string, Set<string>>();
  for (const shape of storedShapes()) keys.set(shape.table, new Set([...(keys.get(shape.table) ?? []), ...shape.keys]));
  const always = Object.fromEntries([...keys].map(([table, columns]) => [table, [...columns].sort()]));
  const classes = columnClasses(compiled.policy, storage, always);
  const roles = new Map(classes.flatMap(({ role, views }) => views.map((view) => [view, `v_${role}`] as const)));
  return { schema, policy: compiled.policy, sources, classes, roles };
}

import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { lexicographicSortSchema } from 'graphql';
import { blueprint } from './hub.ts';
import { buildView } from './policy/build-view.ts';
import { printView } from './policy/print-view.ts';

/** The files that are made from the sources and checked in, so that a change of policy or fields is a diff that an officer can read: path → text. */
export async function emittedFiles(): Promise<Map<string, string>> {
  const { schema, policy } = await blueprint();
  const files = new Map([['schema/hub.graphql', `${printSchemaWithDirectives(lexicographicSortSchema(schema))}\n`]]);
  for (const plan of policy.views) files.set(`schema/views/${plan.id}.graphql`, printView(buildView(schema, plan), plan));
  return files;
}

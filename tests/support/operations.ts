import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { packagePath } from '../../src/db/package-path.ts';

const FOLDER = packagePath('schema/operations');

/** The operations that clients run, by view: `schema/operations/<view>.graphql` → name → text. */
export function operationFiles(): Map<string, Map<string, string>> {
  return new Map(
    readdirSync(FOLDER).map((file) => {
      const text = readFileSync(`${FOLDER}/${file}`, 'utf8');
      const named = parse(text).definitions.map((definition) => {
        if (definition.kind !== 'OperationDefinition' || !definition.name)
          throw new Error(`${file} holds something else than named operations`);
        return [definition.name.value, text.slice(definition.loc?.start, definition.loc?.end)] as const;
      });
      return [file.replace(/\.graphql$/, ''), new Map(named)];
    }),
  );
}

const files = operationFiles();
/** One operation of a view. @throws Error when there is none of that name. */
export function operation(view: string, name: string): string {
  const text = files.get(view)?.get(name);
  if (!text) throw new Error(`schema/operations/${view}.graphql has no ${name}`);
  return text;
}

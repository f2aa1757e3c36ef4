import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { buildSchema, parse, specifiedRules, validate } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { packagePath } from '../../src/db/package-path.ts';
import { emittedFiles } from '../../src/emitted-files.ts';
import { operationFiles } from '../support/operations.ts';

let files: Map<string, string>;
beforeAll(async () => {
  files = await emittedFiles();
});

describe('the emitted files', () => {
  it('are those that are checked in: after a change, npx obhvat policy emit', () => {
    for (const [path, text] of files) {
      expect(existsSync(packagePath(path)), path).toBe(true);
      expect(readFileSync(packagePath(path), 'utf8'), path).toBe(text);
    }
    const views = readdirSync(packagePath('schema/views')).map((file) => `schema/views/${file}`);
    expect(views.filter((path) => !files.has(path))).toEqual([]);
  });

  it('parse, and are schemas by themselves', () => {
    expect(files.size).toBe(17);
    for (const [path, text] of files) expect(() => buildSchema(text), path).not.toThrow();
  });
});

describe('the operations that clients run', () => {
  it('are valid in the view that their file is named after, and every view has some', () => {
    const operations = operationFiles();
    const views = [...files.keys()]
      .filter((path) => path.startsWith('schema/views/'))
      .map((path) => path.slice('schema/views/'.length, -'.graphql'.length));
    expect([...operations.keys()].sort()).toEqual(views.sort());
    for (const [view, named] of operations) {
      const schema = buildSchema(files.get(`schema/views/${view}.graphql`) as string);
      for (const [name, text] of named)
        expect(
          validate(schema, parse(text), specifiedRules).map(({ message }) => message),
          `${view} ${name}`,
        ).toEqual([]);
    }
  });
});

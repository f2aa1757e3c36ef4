import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../src/kernel/errors.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
  await hub.ask('bg-coordinator', 'trace.list', '{ me { kind } }');
});
afterAll(() => hub?.stop());

const ask = async (query: string, variables: object = {}) => {
  const began = performance.now();
  const answer = await hub.ask('bg-coordinator', 'trace.list', query, variables);
  return { ...answer, code: answer.errors?.[0]?.extensions.code as string, seconds: (performance.now() - began) / 1000 };
};
/** Fragments that each spread the one before twice: a document of 2 KB whose expansion has no end in sight. */
const nested = (levels: number) =>
  `{ children { edges { node { ...f${levels} } } } } fragment f0 on Child { id } ${Array.from({ length: levels }, (_, n) => `fragment f${n + 1} on Child { ...f${n} ...f${n} }`).join(' ')}`;
const deep = (levels: number) =>
  `{ coverageList { edges { node { child { cases { child `.concat(
    '{ cases { child '.repeat(levels),
    '{ id }',
    ' } }'.repeat(levels),
    ' } } } } } }',
  );

describe('an operation that is too much', () => {
  it.each([
    ['nested deeply', deep(12), 'OPERATION_TOO_COMPLEX'],
    ['with a hundred aliases', `{ ${Array.from({ length: 100 }, (_, n) => `a${n}: me { kind }`).join(' ')} }`, 'OPERATION_TOO_COMPLEX'],
    ['with a thousand directives', `{ me { kind ${'@include(if: true) '.repeat(60)} } }`, 'OPERATION_TOO_COMPLEX'],
    ['of five thousand tokens', `{ me { ${'kind '.repeat(5000)} } }`, 'GRAPHQL_PARSE_FAILED'],
    ['of 2 KB in nested fragments', nested(45), 'OPERATION_TOO_COMPLEX'],
    [
      'of fragments in a circle',
      '{ children { edges { node { ...a } } } } fragment a on Child { ...b } fragment b on Child { ...a }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'with pages within pages',
      `{ children(first: 100) { edges { node { ${Array.from({ length: 25 }, (_, n) => `a${n}: enrolments { status schoolId schoolYear school { name } }`).join(' ')} } } } }`,
      'OPERATION_TOO_COMPLEX',
    ],
    [
      'that introspects without end',
      `{ __schema { types ${'{ fields { type { name } } interfaces '.repeat(9)} { name } ${'}'.repeat(9)} } }`,
      'OPERATION_TOO_COMPLEX',
    ],
  ])('%s is refused within a second, before anything is read', async (_, query, code) => {
    const answer = await ask(query);
    expect(answer.code).toBe(code);
    expect(answer.status).toBe(400);
    expect(answer.data).toBeUndefined();
    expect(answer.seconds).toBeLessThan(1);
  });

  it('asks for a page of 101', async () => {
    expect((await ask('{ children(first: 101) { edges { cursor } } }')).code).toBe('PAGE_TOO_LARGE');
    expect((await ask('query ($n: Int) { coverageList(first: $n) { edges { cursor } } }', { n: 101 })).code).toBe('PAGE_TOO_LARGE');
    expect((await ask('{ tracingCases(first: 101) { edges { cursor } } }')).code).toBe('PAGE_TOO_LARGE');
    expect((await ask('{ children(first: -1) { edges { cursor } } }')).code).toBe('BAD_USER_INPUT');
    expect((await ask('{ children(first: 100) { edges { cursor } } }')).code).toBeUndefined();
  });

  it('has more than 256 KiB', async () => {
    const { status, code } = await ask(`{ me { kind } } # ${'x'.repeat(300_000)}`);
    expect([status, code]).toEqual([413, 'DOCUMENT_TOO_LARGE']);
  });

  it('is two mutations at once, or a batch', async () => {
    const one = 'openCase(input: { idempotencyKey: "12345678", child: "x", reason: "because" }) { state }';
    expect((await ask(`mutation { a: ${one} b: ${one} }`)).code).toBe('OPERATION_TOO_COMPLEX');
    const answer = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await hub.token('bg-coordinator', 'trace.list')}` },
      body: JSON.stringify([{ query: '{ me { kind } }' }, { query: '{ me { kind } }' }]),
    });
    expect(answer.status).toBe(400);
  });
});

describe('an error', () => {
  const SECRET = 'Иванка1348139777';
  it.each([
    ['a wrong type', 'query ($n: Int) { children(first: $n) { edges { cursor } } }', { n: SECRET }],
    ['a wrong date', 'query ($d: LocalDate) { coverageList(asOf: $d) { edges { cursor } } }', { d: SECRET }],
    ['a wrong member', 'query ($s: [CoverageStatus!]) { coverageList(status: $s) { edges { cursor } } }', { s: [SECRET] }],
    ['a wrong input', 'mutation ($i: OpenCaseInput!) { openCase(input: $i) { state } }', { i: { child: SECRET, secret: SECRET } }],
    [
      'a key too short',
      'mutation ($i: OpenCaseInput!) { openCase(input: $i) { state } }',
      { i: { idempotencyKey: 'x', child: SECRET, reason: SECRET } },
    ],
    [
      'an unknown child',
      'mutation ($i: OpenCaseInput!) { openCase(input: $i) { state } }',
      { i: { idempotencyKey: '12345678', child: SECRET, reason: SECRET } },
    ],
    [
      'an unknown case',
      'mutation ($i: AdvanceCaseInput!) { advanceCase(input: $i) { state } }',
      { i: { idempotencyKey: '123456789', case: SECRET, to: 'CLOSED', outcome: 'DUPLICATE', reason: SECRET } },
    ],
    ['a cursor', 'query ($c: String) { children(after: $c) { edges { cursor } } }', { c: SECRET }],
    ['a wrong literal', `{ children(first: "${'Иванка1348139777'}") { edges { cursor } } }`, {}],
    ['a literal of no member', '{ coverageList(status: [Ivanka1348139777]) { edges { cursor } } }', {}],
    ['a wrong syntax', `{ children "${'Иванка1348139777'}" }`, {}],
    ['a NUL', 'query ($s: [String!]) { children(where: { settlement: $s }) { edges { cursor } } }', { s: [`${SECRET}\u0000`] }],
    ['a number too large', 'query ($n: Int) { children(where: { bornFrom: $n }) { edges { cursor } } }', { n: 9_999_999_999 }],
  ])('about %s has a code of the closed list and repeats no value', async (_, query, variables) => {
    const answer = await ask(query, variables);
    expect(Object.keys(ERROR_CODES)).toContain(answer.code);
    expect(answer.code).not.toBe('INTERNAL');
    expect(answer.text).not.toMatch(/Иванка|Ivanka|1348139777/);
    expect(answer.text).not.toMatch(/ at \/|node_modules|select |stack/);
  });

  it('of a body that is no JSON, of another type or method, is named and echoes nothing', async () => {
    const authorization = `Bearer ${await hub.token('bg-coordinator', 'trace.list')}`;
    const send = (init: RequestInit & { headers?: Record<string, string> }) =>
      fetch(`${hub.url}/graphql`, { method: 'POST', ...init, headers: { authorization, ...init.headers } });
    const cases = [
      [await send({ body: `{"query": "${SECRET}`, headers: { 'content-type': 'application/json' } }), 400, 'BAD_REQUEST'],
      [await send({ body: `<x>${SECRET}</x>`, headers: { 'content-type': 'text/xml' } }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
      [await send({ method: 'DELETE' }), 405, 'METHOD_NOT_ALLOWED'],
      [
        await fetch(`${hub.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"query":"{ me { kind } }"}',
        }),
        401,
        'UNAUTHENTICATED',
      ],
    ] as const;
    for (const [answer, status, code] of cases) {
      const text = await answer.text();
      expect([answer.status, JSON.parse(text).errors[0].extensions.code]).toEqual([status, code]);
      expect(text).not.toContain('Иванка');
    }
  });

  it('a page of another origin, or a kept copy, gets nothing: no store, and a challenge without a realm of secrets', async () => {
    const { headers } = await ask('{ me { kind } }');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the caller’s own schema', () => {
  it('is its view: what it may not ask for is not in it, and no other’s word is in a description', async () => {
    const answer = await fetch(`${hub.url}/schema.graphql`, {
      headers: { authorization: `Bearer ${await hub.token('bg-coordinator', 'trace.list')}` },
    });
    const sdl = await answer.text();
    expect(sdl).toContain('coverageList');
    expect((await ask('{ children { edges { node { coverige } } } }')).errors?.[0]?.message).toBe(
      'Cannot query field "coverige" on type "Child".',
    );
    for (const absent of ['currentAddress', 'nationalIds', 'birthDate', 'recordVisit', 'protectionConcern'])
      expect(sdl).not.toContain(absent);
    expect((await fetch(`${hub.url}/schema.graphql`)).status).toBe(401);
  });
});

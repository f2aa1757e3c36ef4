import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operation } from '../support/operations.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
const statements: number[] = [];
beforeAll(async () => {
  hub = await startTestHub({ onStatements: (count) => statements.push(count) });
});
afterAll(() => hub?.stop());

const RANDOM = 'AAAAAAAAAAAAAAAAAAAAAA';
const territory = (variables: object) =>
  hub.ask('bg-coordinator', 'trace.list', operation('coordinator.trace.list', 'Territory'), variables);
const codeOf = (answer: { errors?: { extensions: { code: string } }[] }) => answer.errors?.[0]?.extensions.code;

describe('an id', () => {
  it('of Boris is another one for each agency, and the same tomorrow', async () => {
    const own = async (client: string, purpose: string) => {
      const { data } = await hub.ask(client, purpose, '{ children { edges { node { id givenName } } } }');
      return data.children.edges.find(({ node }: { node: { givenName: string } }) => node.givenName === 'Борис').node.id;
    };
    const ids = [
      await own('bg-school-1', 'enrol.administer'),
      await own('bg-assistance', 'benefit.session'),
      await own('bg-coordinator', 'trace.list'),
      await own('bg-registry', 'register.supply'),
    ];
    expect(new Set(ids).size).toBe(4);
    expect(await own('bg-school-1', 'attend.follow-up')).toBe(ids[0]);
  });

  it.each([
    ['of another agency', () => hub.idFor('bg-assistance', 'Boris')],
    ['of a child out of reach', () => hub.idFor('bg-school-1', 'Ani')],
    [
      'of a guardian',
      async () =>
        new (await import('../../src/exchange/opaque-id.ts')).OpaqueIds(hub.installation.vault, 'bg-school-1').encode('Guardian', '1'),
    ],
    ['that is a number', async () => await hub.childNumber('Boris')],
    ['that is an SQL text', async () => "' or '1'='1"],
  ])('%s is as unknown as a random one: same answer, same statements', async (_, makeId) => {
    const ask = (id: string) =>
      hub.ask(
        'bg-school-1',
        'enrol.administer',
        'query ($id: ID!) { child(id: $id) { id givenName currentAddress enrolments { status } withheld { field } } }',
        { id },
      );
    const answers = [await ask(await makeId()), await ask(RANDOM)];
    const [one, other] = statements.slice(-2);
    for (const answer of answers) expect(answer.data).toEqual({ child: null });
    expect(answers[0]?.text.replace(answers[0].extensions.disclosure.id, '')).toBe(
      answers[1]?.text.replace(answers[1].extensions.disclosure.id, ''),
    );
    expect(one).toBe(other);
    const known = await ask(await hub.idFor('bg-school-1', 'Boris'));
    expect(known.data.child.givenName).toBe('Борис');
  });
});

describe('a list', () => {
  it.each([
    [{}, ['Ани', 'Борис', 'Весела', 'Георги', 'Захари']],
    [{ orderBy: { familyName: 'ASC' } }, ['Захари', 'Борис', 'Ани', 'Весела', 'Георги']],
    [{ orderBy: { familyName: 'DESC' } }, ['Георги', 'Весела', 'Ани', 'Борис', 'Захари']],
    [{ orderBy: { birthYear: 'ASC' } }, ['Захари', 'Георги', 'Борис', 'Весела', 'Ани']],
    [{ where: { bornFrom: 2013, bornTo: 2014 } }, ['Борис', 'Весела']],
    [{ where: { municipality: ['PDV22'] } }, []],
    [{ where: { settlement: [] } }, []],
  ])('%j, page by page, is the whole list once and in order', async (args, expected) => {
    const seen: string[] = [];
    let after: string | null = null;
    for (;;) {
      const {
        data,
      }: {
        data: {
          children: {
            totalCount: number;
            edges: { node: { givenName: string } }[];
            pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
          };
        };
      } = await territory({ ...args, first: 2, after });
      expect(data.children.totalCount).toBe(expected.length);
      expect(data.children.pageInfo.hasPreviousPage).toBe(after !== null);
      seen.push(...data.children.edges.map(({ node }) => node.givenName));
      if (!data.children.pageInfo.hasNextPage) break;
      after = data.children.pageInfo.endCursor;
    }
    expect(seen).toEqual(expected);
  });

  it('takes no cursor of another list, order or agency, and none that was changed', async () => {
    const cursor = (await territory({ first: 1 })).data.children.pageInfo.endCursor as string;
    expect(codeOf(await territory({ first: 1, after: cursor }))).toBeUndefined();
    expect(codeOf(await territory({ first: 1, after: cursor, orderBy: { familyName: 'ASC' } }))).toBe('CURSOR_INVALID');
    const list = await hub.ask('bg-coordinator', 'trace.list', operation('coordinator.trace.list', 'CoverageList'), { after: cursor });
    expect(codeOf(list)).toBe('CURSOR_INVALID');
    const other = await hub.ask('bg-registry', 'register.supply', operation('registry.register.supply', 'Persons'), { after: cursor });
    expect(codeOf(other)).toBe('CURSOR_INVALID');
    for (const changed of [`${cursor.slice(0, -2)}AA`, 'x', '', 'e30']) {
      const answer = await territory({ first: 1, after: changed });
      expect([changed, changed === '' ? 'CURSOR_INVALID' : codeOf(answer)]).toEqual([changed, 'CURSOR_INVALID']);
    }
  });
});

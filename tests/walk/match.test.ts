import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operation } from '../support/operations.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
const statements: number[] = [];
beforeAll(async () => {
  hub = await startTestHub({ onStatements: (count) => statements.push(count) });
});
afterAll(() => hub?.stop());

const papersOf = async (name: string) => {
  const [found] = await hub.rows<{ value_enc: Buffer; birth_date: string }>(
    'select i.value_enc, c.birth_date from hub.child_identifier i join hub.child c using (child_id) where c.child_id = $1 limit 1',
    [await hub.childNumber(name)],
  );
  return {
    scheme: 'EGN',
    nationalId: hub.installation.vault.open('national-id', found?.value_enc as Buffer).toString(),
    birthDate: found?.birth_date as string,
  };
};
let asked = 0;
const match = (papers: object) => {
  asked += 1;
  return hub.ask('bg-school-1', 'enrol.administer', operation('school.enrol.administer', 'Match'), {
    input: { idempotencyKey: `match number ${asked}`, ...papers },
  });
};
const withoutId = (text: string, id: string) => text.replaceAll(id, '');

describe('a family at the desk of the school of Boyana', () => {
  it('shows Boris’s papers: he is found, and the ledger says that it was asked for him', async () => {
    const answer = await match(await papersOf('Boris'));
    expect(answer.data.matchChild.child).toMatchObject({ givenName: 'Борис', id: await hub.idFor('bg-school-1', 'Boris') });
    const entries = await hub.rows<{ groups: { released: string[] }[]; everything: string }>(
      'select groups, to_jsonb(d)::text as everything from ledger.disclosure d where disclosure_id = $1',
      [answer.extensions.disclosure.id],
    );
    expect(entries[0]?.groups[0]?.released).toContain('MatchChildInput.nationalId');
    expect(entries[0]?.everything).not.toContain((await papersOf('Boris')).nationalId);
  });

  it('Zahari, who is another school’s, is as unknown as a number that nobody has: same answer, same statements', async () => {
    const one = await match(await papersOf('Zahari'));
    const other = await match({ scheme: 'EGN', nationalId: '6101057509', birthDate: '2014-01-01' });
    expect(one.data).toEqual({ matchChild: { child: null } });
    expect(withoutId(one.text, one.extensions.disclosure.id)).toBe(withoutId(other.text, other.extensions.disclosure.id));
    expect(statements.at(-1)).toBe(statements.at(-2));
  });

  it('a number of his with another birth date, a mistyped number, or no number finds nobody', async () => {
    const { nationalId, birthDate } = await papersOf('Boris');
    for (const papers of [
      { scheme: 'EGN', nationalId, birthDate: '2013-08-14' },
      { scheme: 'EGN', nationalId: `${nationalId.slice(0, -1)}${(Number(nationalId.at(-1)) + 1) % 10}`, birthDate },
      { scheme: 'LNCH', nationalId, birthDate },
      { scheme: 'EGN', nationalId: '', birthDate },
      { scheme: 'EGN', nationalId: '%', birthDate },
    ]) {
      const { data, text } = await match(papers);
      expect(data, JSON.stringify(papers)).toEqual({ matchChild: { child: null } });
      expect(text).not.toContain(nationalId);
    }
  });
});

describe('node, the object of an id', () => {
  it('is the child for its own agency, and nothing for an id of another', async () => {
    const ask = (id: string) =>
      hub.ask('bg-school-1', 'enrol.administer', 'query ($id: ID!) { node(id: $id) { __typename id ... on Child { givenName } } }', { id });
    const id = await hub.idFor('bg-school-1', 'Boris');
    expect((await ask(id)).data).toEqual({ node: { __typename: 'Child', id, givenName: 'Борис' } });
    expect((await ask(await hub.idFor('bg-coordinator', 'Boris'))).data).toEqual({ node: null });
    expect((await ask(await hub.idFor('bg-school-1', 'Ani'))).data).toEqual({ node: null });
  });
});

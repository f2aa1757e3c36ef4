import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, feedsOf, PEOPLE } from '../support/children.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub?.stop());

async function hand(client: string | null, purpose: string, kind: string, file: string, body: Buffer, options: { case?: string } = {}) {
  const headers: Record<string, string> = { 'content-type': 'application/octet-stream' };
  if (client) headers.authorization = `Bearer ${await hub.token(client, purpose, options)}`;
  const answer = await fetch(`${hub.url}/intake/${kind}?file=${encodeURIComponent(file)}`, {
    method: 'POST',
    headers,
    body: new Uint8Array(body),
  });
  const text = await answer.text();
  return { status: answer.status, text, body: JSON.parse(text) };
}
// Mira, whom nobody has heard of, comes to the school of Boyana.
const mira = {
  ...PEOPLE[1],
  name: 'Mira',
  given: 'Мира',
  patronymic: 'Илиева',
  family: 'Илиева',
  sex: 'F',
  born: '2014-07-07',
  absentHours: undefined,
  benefit: undefined,
} as (typeof PEOPLE)[number];
const rollOf = (extra = '') => bytesOf('school-roll', `${feedsOf([mira]).find(({ kind }) => kind === 'school-roll')?.text}${extra}`);
const people = () => hub.rows('select child_id from hub.child where not vacant');

describe('a file handed in over the network', () => {
  it('is taken with a receipt of every line; the school then finds the pupil on its roll', async () => {
    const { status, body } = await hand('bg-school-1', 'enrol.administer', 'school-roll', 'септември.txt', rollOf('2026|2200101|x\n'));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      kind: 'school-roll',
      file: 'септември.txt',
      rows: 2,
      accepted: 1,
      unchanged: 0,
      quarantined: [{ line: 3, code: expect.any(String) }],
      linked: 1,
    });
    const { data } = await hub.ask(
      'bg-school-1',
      'enrol.administer',
      '{ children(where: { bornFrom: 2014 }) { edges { node { givenName } } } }',
    );
    expect(data.children.edges.map(({ node }: { node: { givenName: string } }) => node.givenName)).toContain('Мира');
  });

  it('a second time changes nothing', async () => {
    const before = await people();
    const { body } = await hand('bg-school-1', 'enrol.administer', 'school-roll', 'септември.txt', rollOf());
    expect(body).toMatchObject({ rows: 1, accepted: 0, unchanged: 1, linked: 0 });
    expect(await people()).toEqual(before);
  });

  it.each([
    ['bg-outreach', 'trace.enrol', 'school-roll', 403, 'FORBIDDEN'],
    ['bg-school-1', 'enrol.administer', 'population', 403, 'FORBIDDEN'],
    ['bg-school-1', 'attend.follow-up', 'school-roll', 403, 'FORBIDDEN'],
    ['bg-school-1', 'enrol.administer', 'horoscopes', 200, 'NOT_FOUND'],
  ])('%s for %s may not hand in %s', async (client, purpose, kind, status, code) => {
    const before = await hub.rows('select delivery_id from hub.delivery');
    const answer = await hand(client, purpose, kind, 'a.txt', rollOf());
    expect([answer.status, answer.body.errors[0].extensions.code]).toEqual([status, code]);
    expect(await hub.rows('select delivery_id from hub.delivery')).toEqual(before);
  });

  it('without a token, or with a name that is a path, it is refused', async () => {
    const none = await hand(null, '', 'school-roll', 'a.txt', rollOf());
    expect([none.status, none.body.errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    for (const file of ['../../etc/passwd', '', '.hidden', 'a/b.txt', `${'x'.repeat(200)}.txt`]) {
      const { status, body } = await hand('bg-school-1', 'enrol.administer', 'school-roll', file, rollOf());
      expect([file, status, body.errors[0].extensions.code]).toEqual([file, 400, 'BAD_USER_INPUT']);
    }
  });

  it('in another encoding it is refused as a whole, and its content is not repeated', async () => {
    const utf8 = Buffer.from(feedsOf(PEOPLE).find(({ kind }) => kind === 'school-roll')?.text ?? '');
    const { status, body, text } = await hand('bg-school-1', 'enrol.administer', 'school-roll', 'utf8.txt', utf8);
    expect([status, body.errors[0].extensions.code]).toEqual([422, 'FEED_REFUSED']);
    expect(text).not.toMatch(/Борис|1348/);
  });
});

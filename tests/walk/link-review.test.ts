import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkRecords } from '../../src/domains/children/link-records.ts';
import { goldAfter } from '../../src/linkage/gold.ts';
import { FEED_FORMATS } from '../../src/hub.ts';
import { importStream } from '../../src/intake/import-feed.ts';
import { bytesOf, SCHOOLS } from '../support/children.ts';
import { type Answer, startTestHub, type TestHub } from '../support/hub.ts';
import { operation } from '../support/operations.ts';

const VIEW = 'coordinator.link.review';
let hub: TestHub;

// Pupils whom their schools know without an id: nothing grave hangs on them.
const PUPILS = {
  Tanya: ['Таня', 'Иванова', 'Пенева', '2014-05-06', 2, SCHOOLS.boyana],
  Krasimir: ['Красимир', 'Асенов', 'Желев', '2011-02-17', 1, SCHOOLS.lyulin],
  Lyuben: ['Любен', 'Горанов', 'Тодоров', '2012-09-01', 1, SCHOOLS.lyulin],
  Siyana: ['Сияна', 'Златева', 'Ценова', '2010-12-24', 2, SCHOOLS.boyana],
  Manol: ['Манол', 'Руменов', 'Кехайов', '2013-04-19', 1, SCHOOLS.plovdiv],
} as const;
type Pupil = keyof typeof PUPILS;
const NAMES = Object.keys(PUPILS) as Pupil[];

async function handInPupils(): Promise<void> {
  const { db, vault } = hub.installation;
  const lines = NAMES.map((name) => {
    const [given, patronymic, family, born, sex, school] = PUPILS[name];
    return [2026, school, '', -1, given, patronymic, family, born, sex === 2 ? 'F' : 'M', 1, 5, 1, '2026-09-15', '', '', ''].join('|');
  });
  const text = `${[FEED_FORMATS['school-roll'].columns.join('|'), ...lines].join('\n')}\n`;
  const receipt = await importStream(
    { db, vault, formats: FEED_FORMATS },
    {
      kind: 'school-roll',
      supplier: 'bg-school-1',
      clientId: null,
      fileName: 'no-ids',
      stream: Readable.from([bytesOf('school-roll', text)]),
    },
  );
  expect(receipt).toMatchObject({ accepted: NAMES.length, quarantined: [] });
  await linkRecords(db, 'test');
}

const recordOf = async (name: Pupil) =>
  (
    await hub.rows<{ n: string }>("select record_id::text as n from hub.source_record where file_name = 'no-ids' and line = $1", [
      NAMES.indexOf(name) + 2,
    ])
  )[0]?.n as string;
const childOf = async (record: string) =>
  (await hub.rows<{ c: string }>('select child_id::text as c from hub.membership where record_id = $1 and valid_to is null', [record]))[0]
    ?.c;
/** The first record of a child of the stories, its civil one. */
const civilRecord = async (name: string) =>
  (await hub.rows<{ n: string }>('select record_id::text as n from registry.person where child_id = $1', [await hub.childNumber(name)]))[0]
    ?.n as string;

let value = 100;
/** Puts a question into the queue, each of less value than the one before. */
async function open(one: string, other: string): Promise<{ a: string; b: string }> {
  const [a, b] = [one, other].sort((x, y) => Number(x) - Number(y)) as [string, string];
  value -= 1;
  await hub.rows(
    "insert into hub.review_pair (a, b, weight, reason, value, model_id) values ($1, $2, 1.25, 'WEAK', $3, 'm') on conflict (a, b) where closed_at is null do update set value = excluded.value",
    [a, b, value],
  );
  return { a, b };
}
const close = ({ a, b }: { a: string; b: string }) =>
  hub.rows('update hub.review_pair set closed_at = now() where a = $1 and b = $2 and closed_at is null', [a, b]);

const ask = (name: string, variables: object = {}, actor = 'elena', client = 'bg-coordinator') =>
  hub.ask(client, 'link.review', operation(VIEW, name), variables, { actor });
interface Node {
  id: string;
  left: Record<string, string | null>;
  right: Record<string, string | null>;
  weight: number | null;
  probability: number | null;
  reason: string | null;
  twoPersons: boolean | null;
  agreements: { field: string; level: string; bits: number }[] | null;
}
const questions = async (actor?: string, client?: string, first = 100): Promise<Node[]> =>
  (await ask('Questions', { first }, actor, client)).data.linkReview.edges.map(({ node }: { node: Node }) => node);
const namesOf = ({ left, right }: Node) => [left.givenName, right.givenName].sort();
const questionOf = async (one: string, other: string, actor?: string, client?: string) =>
  (await questions(actor, client)).find((node) => namesOf(node).join() === [one, other].sort().join());
let keys = 0;
const decide = (pair: string, verdict: string, actor = 'elena', more: object = {}, client = 'bg-coordinator') => {
  keys += 1;
  return ask(
    'Decide',
    { input: { idempotencyKey: `decision ${keys}`, pair, verdict, reason: 'same mother at the same door', ...more } },
    actor,
    client,
  );
};
const revoke = (decision: string, actor = 'elena', client = 'bg-coordinator') => {
  keys += 1;
  return ask(
    'Revoke',
    { input: { idempotencyKey: `revocation ${keys}`, decisionId: decision, reason: 'the mother was another' } },
    actor,
    client,
  );
};
const codeOf = (answer: Answer) => answer.errors?.[0]?.extensions.code;

beforeAll(async () => {
  hub = await startTestHub();
  await handInPupils();
  // What the engine itself asks is not what these stories are about.
  await hub.rows('update hub.review_pair set closed_at = now() where closed_at is null');
}, 60_000);
afterAll(() => hub?.stop());

describe('a reviewer', () => {
  it('sees two records side by side, with the fields of its purpose and nothing else', async () => {
    const pair = await open(await recordOf('Tanya'), await recordOf('Krasimir'));
    const [question, ...others] = await questions();
    expect(others).toEqual([]);
    expect(question).toMatchObject({ weight: 1.25, reason: 'WEAK', twoPersons: false });
    expect(question?.probability).toBeCloseTo(1 / (1 + 2 ** -1.25), 6);
    const tanya = [question?.left, question?.right].find((side) => side?.givenName === 'Таня');
    expect(tanya).toEqual({
      givenName: 'Таня',
      patronymic: 'Иванова',
      familyName: 'Пенева',
      birthDate: '2014-05-06',
      sex: 'F',
      settlement: '68134',
      municipality: 'SOF46',
      school: SCHOOLS.boyana,
      schoolName: 'Училище Бояна',
      sourceKind: 'school-roll',
      nationalIdEnding: null,
    });
    await close(pair);
  });

  it('is shown the last four characters of an id and no more, and is told of the mother only that she agrees', async () => {
    const pair = await open(await civilRecord('Ani'), await civilRecord('Boris'));
    const answer = await ask('Questions');
    const [{ node }] = answer.data.linkReview.edges;
    expect(node.left.nationalIdEnding).toMatch(/^\d{4}$/);
    expect(node.agreements.map(({ field }: { field: string }) => field)).toEqual(expect.arrayContaining(['givenName', 'nationalId']));
    const [id] = await hub.rows<{ value_enc: Buffer }>('select value_enc from hub.child_identifier where record_id = $1', [
      await civilRecord('Ani'),
    ]);
    const whole = hub.installation.vault.open('national-id', id?.value_enc as Buffer).toString();
    for (const kept of [whole, 'ул. Роза', 'Мария', 'съседката']) expect(answer.text).not.toContain(kept);
    const why = await ask('Why', { id: node.id });
    expect(why.data.linkExplanation.fields.length).toBeGreaterThan(3);
    expect(why.text).not.toMatch(/Ани|Борис|Роза|2015/);
    for (const field of ['currentAddress', 'motherName', 'nationalId', 'address'])
      expect(codeOf(await hub.ask('bg-coordinator', 'link.review', `{ linkReview { edges { node { left { ${field} } } } } }`))).toBe(
        'GRAPHQL_VALIDATION_FAILED',
      );
    await close(pair);
  });

  it('sees pairs of which both children are in its territory, and of others not that they are there', async () => {
    const far = await open(await recordOf('Tanya'), await recordOf('Manol'));
    expect(await questions()).toEqual([]);
    expect(await questions('ion', 'ro-coordinator')).toEqual([]);
    const near = await open(await recordOf('Tanya'), await recordOf('Krasimir'));
    const [question] = await questions();
    const theirs = await ask('Why', { id: question?.id }, 'ion', 'ro-coordinator');
    const nobodys = await ask('Why', { id: 'AAAAAAAAAAAAAAAAAAAAAA' }, 'ion', 'ro-coordinator');
    expect(theirs.data).toEqual({ linkExplanation: null });
    expect(nobodys.data).toEqual(theirs.data);
    const decided = await decide(question?.id as string, 'SAME', 'ion', {}, 'ro-coordinator');
    const none = await decide('AAAAAAAAAAAAAAAAAAAAAA', 'SAME', 'ion', {}, 'ro-coordinator');
    expect(codeOf(decided)).toBe('NOT_FOUND');
    expect(decided.text).toBe(none.text);
    for (const pair of [far, near]) await close(pair);
  });

  it('alone has a queue: under every other purpose the field is as unknown as one that there is not', async () => {
    for (const [client, purpose] of [
      ['bg-coordinator', 'trace.list'],
      ['bg-registry', 'register.supply'],
      ['bg-ministry', 'statistics.publish'],
      ['bg-oversight', 'oversight.audit'],
    ] as const) {
      const asked = await hub.ask(client, purpose, '{ linkReview { edges { cursor } } }');
      const unknown = await hub.ask(client, purpose, '{ linkAbsent { edges { cursor } } }');
      expect(codeOf(asked)).toBe('GRAPHQL_VALIDATION_FAILED');
      expect(asked.text.replaceAll('linkReview', 'linkAbsent')).toBe(unknown.text);
    }
    await expect(hub.token('bg-registry', 'link.review')).rejects.toThrow();
  });

  it('goes through the queue page by page, what matters most first', async () => {
    const pupils: string[] = [];
    for (const name of ['Tanya', 'Krasimir', 'Lyuben', 'Siyana'] as const) pupils.push(await recordOf(name));
    const pairs = [];
    for (const [i, one] of pupils.entries()) for (const other of pupils.slice(i + 1)) pairs.push(await open(one, other));
    const seen: string[][] = [];
    let after: string | null = null;
    for (let page = 0; page < 9; page += 1) {
      const { data }: Answer = await ask('Questions', { first: 2, after });
      seen.push(...data.linkReview.edges.map(({ node }: { node: Node }) => namesOf(node)));
      if (!data.linkReview.pageInfo.hasNextPage) break;
      after = data.linkReview.pageInfo.endCursor;
    }
    const whole = (await questions()).map(namesOf);
    expect(seen).toEqual(whole);
    expect(whole.filter((names, i) => whole.findIndex((other) => other.join() === names.join()) === i).length).toBeGreaterThanOrEqual(6);
    expect(codeOf(await ask('Questions', { first: 101 }))).toBe('PAGE_TOO_LARGE');
    expect(codeOf(await ask('Questions', { after: 'AAAA' }))).toBe('CURSOR_INVALID');
    for (const pair of pairs) await close(pair);
  });
});

describe('a decision', () => {
  it('links at once where nothing grave hangs on it, once however often it is sent; taken back, all is as before', async () => {
    const [tanya, krasimir] = [await recordOf('Tanya'), await recordOf('Krasimir')];
    await open(tanya, krasimir);
    const before = [await childOf(tanya), await childOf(krasimir)];
    expect(before[0]).not.toBe(before[1]);
    const id = (await questionOf('Таня', 'Красимир'))?.id as string;
    const first = await decide(id, 'SAME', 'elena', { idempotencyKey: 'once and for all' });
    expect(first.data.decideLink).toMatchObject({ state: 'RECORDED' });
    expect((await decide(id, 'SAME', 'elena', { idempotencyKey: 'once and for all' })).data).toEqual(first.data);
    expect(codeOf(await decide(id, 'DIFFERENT', 'elena', { idempotencyKey: 'once and for all' }))).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await childOf(tanya)).toBe(await childOf(krasimir));
    expect(await hub.rows('select count(*)::integer as n from hub.pair_decision')).toEqual([{ n: 1 }]);
    expect(await questions()).toEqual([]);
    const { data } = await ask('Decisions', {}, 'petar');
    expect(data.linkDecisions.edges[0].node).toMatchObject({ verdict: 'SAME', state: 'RECORDED', isOwn: false, reason: null });

    const taken = await revoke(data.linkDecisions.edges[0].node.id, 'petar');
    expect(taken.data.revokeLinkDecision).toMatchObject({ state: 'REVOKED' });
    expect(await childOf(tanya)).not.toBe(await childOf(krasimir));
    // A number is never used again; the one that stays is a number from before.
    expect(before).toContain(await childOf(tanya).then(async (child) => (before.includes(child) ? child : await childOf(krasimir))));
    expect(codeOf(await revoke(first.data.decideLink.decisionId))).toBe('CONFLICT');
    expect(codeOf(await revoke('AAAAAAAAAAAAAAAAAAAAAA'))).toBe('NOT_FOUND');
  });

  it('stands in the ledger, with both children and no value', async () => {
    const [entry] = await hub.rows<{ purpose: string; actor: string; row_count: number; groups: unknown }>(
      "select purpose, actor, row_count, groups from ledger.disclosure where operation_name = 'Decide' order by seq limit 1",
    );
    expect(entry).toMatchObject({ purpose: 'link.review', actor: 'elena' });
    expect(entry?.row_count).toBeGreaterThanOrEqual(1);
    expect(JSON.stringify(entry?.groups)).toContain('LinkDecisionPayload.state');
    const [shown] = await hub.rows<{ groups: unknown }>(
      "select groups from ledger.disclosure where operation_name = 'Questions' and row_count = 2 order by seq limit 1",
    );
    expect(JSON.stringify(shown?.groups)).toContain('LinkReviewSide.birthDate');
    expect(JSON.stringify(shown?.groups)).not.toContain('Таня');
  });

  it('that is grave waits for a second person: not the same one, nor one whom nobody names', async () => {
    const [ani, boris] = [await civilRecord('Ani'), await civilRecord('Boris')];
    await open(ani, boris);
    const id = (await questionOf('Ани', 'Борис'))?.id as string;
    expect((await questionOf('Ани', 'Борис'))?.twoPersons).toBe(true);
    const first = await decide(id, 'DIFFERENT');
    expect(first.data.decideLink.state).toBe('WAITS_FOR_SECOND');
    expect(await hub.rows('select * from hub.standing_decision')).toEqual([]);
    expect(codeOf(await decide(id, 'DIFFERENT'))).toBe('CONFLICT');
    keys += 1;
    const nameless = await hub.ask('bg-coordinator', 'link.review', operation(VIEW, 'Decide'), {
      input: { idempotencyKey: `decision ${keys}`, pair: id, verdict: 'DIFFERENT', reason: 'no name' },
    });
    expect(codeOf(nameless)).toBe('CONFLICT');
    expect(await questionOf('Ани', 'Борис')).toBeUndefined();
    // Petar is asked like the first, and does not learn what she said.
    const asked = await questionOf('Ани', 'Борис', 'petar');
    expect(asked?.id).toBe(id);
    expect(
      (await ask('Decisions', {}, 'petar')).data.linkDecisions.edges.filter(
        ({ node }: { node: { verdict: string } }) => node.verdict === 'DIFFERENT',
      ),
    ).toEqual([]);
    expect((await decide(id, 'DIFFERENT', 'petar')).data.decideLink.state).toBe('RECORDED');
    expect(await hub.rows('select verdict from hub.standing_decision')).toEqual([{ verdict: 'DIFFERENT' }]);
    expect(await questionOf('Ани', 'Борис', 'rumen')).toBeUndefined();
    expect((await revoke(first.data.decideLink.decisionId, 'petar')).data.revokeLinkDecision.state).toBe('REVOKED');
    expect(await hub.rows('select * from hub.standing_decision')).toEqual([]);
  });

  it('on which two disagree is in force for neither', async () => {
    const pair = await open(await civilRecord('Vesela'), await civilRecord('Zahari'));
    const id = (await questionOf('Весела', 'Захари'))?.id as string;
    await decide(id, 'SAME');
    expect((await decide(id, 'DIFFERENT', 'petar')).data.decideLink.state).toBe('CONTESTED');
    expect(await hub.rows('select * from hub.standing_decision')).toEqual([]);
    expect(await childOf(pair.a)).not.toBe(await childOf(pair.b));
    expect((await questionOf('Весела', 'Захари', 'rumen'))?.id).toBe(id);
    await close(pair);
  });
});

describe('gold questions', () => {
  /** A reviewer whose first question, about these two, is followed by a gold one. */
  const reviewerWith = (verdict: 'SAME' | 'DIFFERENT', { a, b }: { a: string; b: string }) => {
    for (let n = 0; ; n += 1) {
      const due = goldAfter('1', `bg-coordinator/reviewer-${n}`, a, b);
      if (due?.verdict === verdict) return `reviewer-${n}`;
    }
  };

  it('look like any other, without an id, and link nothing however they are answered', async () => {
    const pair = await open(await recordOf('Lyuben'), await recordOf('Siyana'));
    const reviewer = reviewerWith('SAME', pair);
    const [ordinary, gold, ...others] = await questions(reviewer);
    expect(others).toEqual([]);
    expect(namesOf(ordinary as Node)).toEqual(['Любен', 'Сияна']);
    expect(Object.keys(gold as Node)).toEqual(Object.keys(ordinary as Node));
    expect(gold?.left.givenName).toBe(gold?.right.givenName);
    expect([gold?.left.nationalIdEnding, gold?.right.nationalIdEnding]).toEqual([null, null]);
    expect(gold?.agreements?.map(({ field }) => field)).not.toContain('nationalId');
    expect(gold?.weight).not.toBeNull();
    expect(gold?.reason).not.toBeNull();

    const links = () => hub.rows('select record_id, child_id from hub.membership where valid_to is null order by 1');
    const before = await links();
    const answer = await decide(gold?.id as string, 'DIFFERENT', reviewer);
    expect(['RECORDED', 'WAITS_FOR_SECOND']).toContain(answer.data.decideLink.state);
    await linkRecords(hub.installation.db, 'test');
    expect(await links()).toEqual(before);
    expect(await hub.rows('select * from hub.standing_decision')).toEqual([]);
    expect(await hub.rows('select verdict, expected from hub.pair_decision where is_gold')).toEqual([
      { verdict: 'DIFFERENT', expected: 'SAME' },
    ]);
    expect(codeOf(await decide(gold?.id as string, 'SAME', reviewer))).toBe('CONFLICT');
    // Another page puts another one behind the same question, or none; never the one that was answered.
    expect((await questions(reviewer)).map(({ id }) => id)).not.toContain(gold?.id);
    await close(pair);
  });
});

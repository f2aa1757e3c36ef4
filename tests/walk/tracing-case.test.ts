import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operation } from '../support/operations.ts';
import { type Answer, startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
let reference: string;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub?.stop());

const coordinator = (name: string, variables: object) =>
  hub.ask('bg-coordinator', 'trace.list', operation('coordinator.trace.list', name), variables);
const team = (name: string, variables: object = {}) =>
  hub.ask('bg-outreach', 'trace.visit', operation('outreach.trace.visit', name), variables, { case: reference });
const codeOf = (answer: Answer) => answer.errors?.[0]?.extensions.code;
const open = async (changes: object = {}) =>
  coordinator('OpenCase', {
    input: {
      idempotencyKey: 'open the case of Ani',
      child: await hub.idFor('bg-coordinator', 'Ani'),
      reason: 'on no roll since 15 September',
      ...changes,
    },
  });
const visit = async (changes: object = {}) =>
  team('RecordVisit', {
    input: {
      idempotencyKey: 'visit of 20 November',
      child: await hub.idFor('bg-outreach', 'Ani'),
      visitedOn: '2026-11-20',
      outcome: 'FOUND_SPOKE_PARENT',
      evidenceGrade: 'B',
      note: 'майката ще я запише',
      ...changes,
    },
  });
const caseOf = async () => {
  const { data } = await coordinator('Cases', {});
  return data.tracingCases.edges
    .map(({ node }: { node: { reference: string } }) => node)
    .find((node: { reference: string }) => node.reference === reference);
};

describe('Ani’s case, from opening to closing', () => {
  it('the coordinator opens it; the same request again gives the same case and opens no second', async () => {
    const first = await open();
    expect(first.data.openCase).toMatchObject({ state: 'LISTED', child: { givenName: 'Ани' } });
    reference = first.data.openCase.reference;
    const again = await open();
    expect(again.data).toEqual(first.data);
    expect(await hub.rows('select reference from tracing.tracing_case')).toEqual([{ reference }]);
  });

  it('the key with other input is refused, and so is a second case of the child', async () => {
    const reused = await open({ reason: 'another reason' });
    expect([reused.status, codeOf(reused), reused.data?.openCase]).toEqual([200, 'IDEMPOTENCY_KEY_REUSED', null]);
    const second = await open({ idempotencyKey: 'open it a second time' });
    expect(codeOf(second)).toBe('CONFLICT');
    expect(await hub.rows('select count(*)::integer as cases from tracing.tracing_case')).toEqual([{ cases: 1 }]);
  });

  it('the team has nothing before it is assigned; assigned to a stranger it cannot be', async () => {
    expect((await team('TheChild')).data.children.edges).toEqual([]);
    const advance = (assignee: string) =>
      coordinator('AdvanceCase', {
        input: { idempotencyKey: `assign to ${assignee}`, case: reference, to: 'ASSIGNED', assignee, reason: 'nearest team' },
      });
    for (const stranger of ['bg-assistance', 'ro-outreach', 'nobody-at-all']) {
      const refused = await advance(stranger);
      expect(codeOf(refused)).toBe('BAD_USER_INPUT');
      expect(refused.text).not.toContain(stranger);
    }
    expect((await advance('bg-outreach')).data.advanceCase).toMatchObject({ reference, state: 'ASSIGNED' });
    expect((await team('TheChild')).data.children.edges).toHaveLength(1);
  });

  it('the team records a visit, once however often it sends it, and the coordinator reads the outcome without the note', async () => {
    const first = await visit();
    expect(first.data.recordVisit.child.visits[0]).toEqual({
      visitedOn: '2026-11-20',
      outcome: 'FOUND_SPOKE_PARENT',
      note: 'майката ще я запише',
    });
    expect(first.data.recordVisit.child.cases).toEqual([{ state: 'VISITED' }]);
    expect((await visit()).data).toEqual(first.data);
    const node = await caseOf();
    expect(node).toMatchObject({
      state: 'VISITED',
      assignee: 'bg-outreach',
      child: { visits: [{ visitedOn: '2026-11-20', outcome: 'FOUND_SPOKE_PARENT', team: 'bg-outreach' }, { visitedOn: '2026-10-01' }] },
    });
    expect(JSON.stringify(node)).not.toContain('майката');
  });

  it('a visit of tomorrow, to another child, or with a key of another visit is refused and leaves no trace', async () => {
    const before = await hub.rows('select count(*) from outreach.visit');
    const tomorrow = await visit({ idempotencyKey: 'visit of tomorrow', visitedOn: '2999-01-01' });
    expect(codeOf(tomorrow)).toBe('BAD_USER_INPUT');
    const zahari = await visit({ idempotencyKey: 'visit to Zahari', child: await hub.idFor('bg-outreach', 'Zahari') });
    const random = await visit({ idempotencyKey: 'visit to nobody', child: 'AAAAAAAAAAAAAAAAAAAAAA' });
    expect(codeOf(zahari)).toBe('NOT_FOUND');
    expect(zahari.text).toBe(random.text);
    expect(codeOf(await visit({ note: 'another note' }))).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await hub.rows('select count(*) from outreach.visit')).toEqual(before);
  });

  it('another agency’s coordinator cannot close it, nor learn whether it is there', async () => {
    const close = (client: string, asked: string) =>
      hub.ask(client, 'trace.list', operation('coordinator.trace.list', 'AdvanceCase'), {
        input: { idempotencyKey: `closing ${asked}`, case: asked, to: 'CLOSED', outcome: 'DUPLICATE', reason: 'because' },
      });
    const there = await close('ro-coordinator', reference);
    const nowhere = await close('ro-coordinator', 'TC-000000000000');
    expect(codeOf(there)).toBe('NOT_FOUND');
    expect(there.text).toBe(nowhere.text);
  });

  it('closing needs an outcome; once it is closed, the team sees nothing any more and cannot record', async () => {
    const close = (extra: object, key: string) =>
      coordinator('AdvanceCase', { input: { idempotencyKey: key, case: reference, to: 'CLOSED', reason: 'she is back', ...extra } });
    expect(codeOf(await close({}, 'close without an outcome'))).toBe('CONFLICT');
    expect((await close({ outcome: 'FIRST_ENROLLED' }, 'close with an outcome')).data.advanceCase).toMatchObject({ state: 'CLOSED' });
    const { data } = await team('TheChild');
    expect(data.children.edges).toEqual([]);
    expect(codeOf(await visit({ idempotencyKey: 'visit after closing' }))).toBe('NOT_FOUND');
    expect(await caseOf()).toMatchObject({ state: 'CLOSED', outcome: 'FIRST_ENROLLED' });
    expect(codeOf(await close({ outcome: 'DUPLICATE' }, 'close a second time'))).toBe('CONFLICT');
  });

  it('every step stands in its history with who, why and under which law', async () => {
    const events = await hub.rows('select from_state, to_state, purpose, reason, basis from tracing.case_event order by event_id');
    expect(events.map(({ from_state, to_state, purpose }) => [from_state, to_state, purpose])).toEqual([
      [null, 'LISTED', 'trace.list'],
      ['LISTED', 'ASSIGNED', 'trace.list'],
      ['ASSIGNED', 'VISITED', 'trace.visit'],
      ['VISITED', 'CLOSED', 'trace.list'],
    ]);
    for (const { basis } of events) expect(basis).toContain('Decree 100/2018');
  });
});

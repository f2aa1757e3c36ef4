import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operation } from '../support/operations.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
let reference: string;
const portal = ['bg-guardian-portal', 'family.access'] as const;

beforeAll(async () => {
  hub = await startTestHub();
  const input = {
    idempotencyKey: 'case of Ani',
    child: await hub.idFor('bg-coordinator', 'Ani'),
    assignee: 'bg-outreach',
    reason: 'on no roll',
  };
  const { data } = await hub.ask('bg-coordinator', 'trace.list', operation('coordinator.trace.list', 'OpenCase'), { input });
  reference = data.openCase.reference;
});
afterAll(() => hub?.stop());

/** What the team is shown of Ani's parents, and why not. */
async function shown(): Promise<{ guardians: string[] | null; reasons: string[] }> {
  const { data } = await hub.ask('bg-outreach', 'trace.visit', operation('outreach.trace.visit', 'TheChild'), {}, { case: reference });
  const [{ node }] = data.children.edges;
  return {
    guardians: node.guardians?.map((each: { ground: string }) => each.ground) ?? null,
    reasons: node.withheld
      .filter((each: { field: string }) => each.field === 'Child.guardians')
      .map((each: { reason: string }) => each.reason),
  };
}
const WITHHELD = { guardians: null, reasons: ['GUARDIAN_AUTHORIZATION_MISSING'] };
const SHOWN = { guardians: ['REGISTER_PARENT', 'REGISTER_PARENT'], reasons: [] };

let asked = 0;

const next = () => {
  asked += 1;

  return asked;
};
async function say(parent: 'mother' | 'father', effect: 'GRANT' | 'REFUSE', extra: object = {}) {
  const input = {
    idempotencyKey: `consent event ${next()}`,
    child: await hub.idFor('bg-guardian-portal', 'Ani'),
    effect,
    purposes: ['trace.visit'],
    categories: ['family.guardian'],
    recipients: ['outreach'],
    evidence: 'portal session 2026-11-20',
    noticeVersion: '2026-09',
    ...extra,
  };
  return hub.ask(...portal, operation('guardian.family.access', 'Allow'), { input }, { actor: await hub.guardianOf('Ani', parent) });
}
async function takeBack(parent: 'mother' | 'father') {
  const input = {
    idempotencyKey: `consent event ${next()}`,
    child: await hub.idFor('bg-guardian-portal', 'Ani'),
    purposes: ['trace.visit'],
    evidence: 'portal session 2026-11-21',
  };
  return hub.ask(...portal, operation('guardian.family.access', 'TakeBack'), { input }, { actor: await hub.guardianOf('Ani', parent) });
}

describe('Ani’s parents decide whether the team is told who they are', () => {
  it('before anybody has said anything it is not', async () => {
    expect(await shown()).toEqual(WITHHELD);
  });

  it('her mother refuses: the reason that the team reads is the same as before', async () => {
    expect((await say('mother', 'REFUSE')).data.recordConsent.child.authorizations).toEqual([
      { effect: 'REFUSE', purposes: ['trace.visit'] },
    ]);
    expect(await shown()).toEqual(WITHHELD);
  });

  it('her mother grants: the next request shows them; she withdraws: the one after does not', async () => {
    expect((await say('mother', 'GRANT')).errors).toBeUndefined();
    expect(await shown()).toEqual(SHOWN);
    expect((await takeBack('mother')).data.withdrawConsent.child.authorizations.map((each: { effect: string }) => each.effect)).toEqual([
      'WITHDRAW',
      'GRANT',
      'REFUSE',
    ]);
    expect(await shown()).toEqual(WITHHELD);
  });

  it('one grants and the other refuses: a refusal decides', async () => {
    await say('mother', 'GRANT');
    await say('father', 'REFUSE');
    expect(await shown()).toEqual(WITHHELD);
    await say('father', 'GRANT');
    expect(await shown()).toEqual(SHOWN);
    await say('father', 'REFUSE');
    await takeBack('father');
    expect(await shown()).toEqual(SHOWN);
    await takeBack('mother');
    expect(await shown()).toEqual(WITHHELD);
  });

  it('a grant that has run out, is for another recipient, purpose or category, allows nothing', async () => {
    for (const extra of [
      { validTo: '2026-01-01T00:00:00.000Z' },
      { recipients: ['school'] },
      { purposes: ['trace.enrol'] },
      { categories: ['benefit.entitlement'] },
    ]) {
      const answer = await say('mother', 'GRANT', extra);
      expect(answer.errors, JSON.stringify(extra)).toBeUndefined();
      expect(await shown(), JSON.stringify(extra)).toEqual(WITHHELD);
      await takeBack('mother');
    }
  });

  it('a grant lapses when she who gave it loses her authority', async () => {
    await say('mother', 'GRANT');
    expect(await shown()).toEqual(SHOWN);
    await hub.rows(
      "insert into consent.authority_event (guardian_id, child_id, effect, ground) select guardian_id, $1, 'LOST', 'COURT' from consent.guardian where reference = $2",
      [await hub.childNumber('Ani'), await hub.guardianOf('Ani', 'mother')],
    );
    expect(await shown()).toEqual(WITHHELD);
    const mine = await hub.ask(
      ...portal,
      operation('guardian.family.access', 'MyChildren'),
      {},
      { actor: await hub.guardianOf('Ani', 'mother') },
    );
    expect(mine.data.children.edges).toEqual([]);
    expect((await say('mother', 'GRANT')).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('her father says yes at the door: the team records it, and reads the names with the same answer', async () => {
    const [father] = await hub.rows<{ guardian_id: string }>('select guardian_id from consent.guardian where reference = $1', [
      await hub.guardianOf('Ani', 'father'),
    ]);
    const { OpaqueIds } = await import('../../src/exchange/opaque-id.ts');
    const guardian = new OpaqueIds(hub.installation.vault, 'bg-outreach').encode('Guardian', father?.guardian_id as string);
    const input = {
      idempotencyKey: 'at the door',
      child: await hub.idFor('bg-outreach', 'Ani'),
      guardian,
      effect: 'GRANT',
      purposes: ['trace.visit'],
      evidence: 'ПР-7/2026',
      noticeVersion: '2026-09',
    };
    const { data } = await hub.ask(
      'bg-outreach',
      'trace.visit',
      operation('outreach.trace.visit', 'RecordConsent'),
      { input },
      { case: reference },
    );
    expect(data.recordConsent.child).toEqual({ guardians: [{ name: null }], withheld: [] });
    // What takes it back does not show it once more.
    const back = await hub.ask(
      'bg-outreach',
      'trace.visit',
      'mutation ($input: WithdrawConsentInput!) { withdrawConsent(input: $input) { child { guardians { name } withheld { reason } } } }',
      { input: { idempotencyKey: 'back at the door', child: input.child, guardian, purposes: ['trace.visit'], evidence: 'ПР-8/2026' } },
      { case: reference },
    );
    expect(back.data.withdrawConsent.child).toMatchObject({
      guardians: null,
      withheld: [{ reason: 'GUARDIAN_AUTHORIZATION_MISSING' }, {}],
    });
  });
});

describe('nobody else decides', () => {
  it('a parent of another child, a word that is no category, no purpose at all: refused without an event', async () => {
    const before = await hub.rows('select count(*) from consent.authorization_event');
    const input = {
      idempotencyKey: 'no parent of hers',
      child: await hub.idFor('bg-guardian-portal', 'Ani'),
      effect: 'GRANT',
      purposes: ['trace.visit'],
      evidence: 'e',
      noticeVersion: '1',
    };
    const stranger = await hub.ask(
      ...portal,
      operation('guardian.family.access', 'Allow'),
      { input },
      { actor: await hub.guardianOf('Zahari', 'father') },
    );
    expect(stranger.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    const father = { actor: await hub.guardianOf('Ani', 'father') };
    for (const wrong of [{ categories: ['horoscope'] }, { purposes: [] }, { recipients: ['neighbours'] }]) {
      const answer = await hub.ask(...portal, operation('guardian.family.access', 'Allow'), { input: { ...input, ...wrong } }, father);
      expect(answer.errors?.[0]?.extensions.code, JSON.stringify(wrong)).toBe('BAD_USER_INPUT');
      expect(answer.text).not.toMatch(/horoscope|neighbours/);
    }
    expect(await hub.rows('select count(*) from consent.authorization_event')).toEqual(before);
  });
});

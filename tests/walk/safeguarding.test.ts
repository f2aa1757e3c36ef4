import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operation } from '../support/operations.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
  await hub.safeguard('Vesela');
});
afterAll(() => hub?.stop());

const rollOf = async (name: string) => {
  const { data, text } = await hub.ask('bg-school-1', 'enrol.administer', operation('school.enrol.administer', 'Roll'));
  return {
    text,
    node: data.children.edges
      .map(({ node }: { node: { givenName: string } }) => node)
      .find((node: { givenName: string }) => node.givenName === name),
  };
};

describe('Vesela, whose home is hidden', () => {
  it('her school sees her, and instead of her address and parents the word PROTECTED and whom to ask', async () => {
    const { node, text } = await rollOf('Весела');
    expect(node).toMatchObject({ currentAddress: null, guardians: null, enrolments: [{ status: 'ENROLLED' }] });
    expect(node.withheld).toContainEqual({
      field: 'Child.currentAddress',
      reason: 'PROTECTED',
      ask: expect.stringContaining('child-protection authority'),
    });
    expect(text).not.toContain('Тиха');
    expect((await rollOf('Борис')).node.currentAddress).toBe('ул. Роза 5');
  });

  it('withheld says the same whether or not there is an address', async () => {
    const before = (await rollOf('Весела')).node.withheld;
    await hub.rows('update hub.child set current_address = null where child_id = $1', [await hub.childNumber('Vesela')]);
    expect((await rollOf('Весела')).node.withheld).toEqual(before);
    await hub.rows("update hub.child set current_address = 'ул. Тиха 7' where child_id = $1", [await hub.childNumber('Vesela')]);
  });

  it('her father is not told that she is protected, nor which school she goes to: only that it is not shown here', async () => {
    const { data, text } = await hub.ask(
      'bg-guardian-portal',
      'family.access',
      operation('guardian.family.access', 'MyChildren'),
      {},
      { actor: await hub.guardianOf('Vesela', 'father') },
    );
    const [{ node }] = data.children.edges;
    expect(node).toMatchObject({ givenName: 'Весела', enrolments: null, absences: null, visits: null });
    expect(new Set(node.withheld.map(({ reason }: { reason: string }) => reason))).toEqual(new Set(['NOT_SHOWN_HERE']));
    expect(text).not.toMatch(/PROTECTED|safeguard|Бояна/);
  });

  it('a coordinator who breaks the glass does not get the hidden address, child protection does', async () => {
    const reason = 'call to 112 at 21:40: a child alone at night';
    const duty = await hub.ask(
      'bg-coordinator-duty',
      'vital.break-glass',
      operation('coordinator.vital.break-glass', 'InDanger'),
      { id: await hub.idFor('bg-coordinator-duty', 'Vesela') },
      { reason },
    );
    expect(duty.data.child).toMatchObject({ givenName: 'Весела', currentAddress: null, guardians: null });
    expect(duty.data.child.withheld.map(({ reason: why }: { reason: string }) => why)).toContain('PROTECTED');
    const protection = await hub.ask(
      'bg-protection',
      'vital.break-glass',
      operation('protection.vital.break-glass', 'InDanger'),
      { id: await hub.idFor('bg-protection', 'Vesela') },
      { reason },
    );
    expect(protection.data.child).toMatchObject({ currentAddress: 'ул. Тиха 7', guardians: null });
  });

  it('an ordered or filtered list tells nothing of a withheld value: there is no order or filter by address', async () => {
    for (const query of [
      '{ children(orderBy: { currentAddress: ASC }) { edges { cursor } } }',
      '{ children(where: { currentAddress: "x" }) { edges { cursor } } }',
    ]) {
      const answer = await hub.ask('bg-school-1', 'enrol.administer', query);
      expect([answer.status, answer.errors?.[0]?.extensions.code]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
    }
  });

  it('child protection raises it for the child of its case, and the school’s next answer keeps Boris’s address back; nobody else can', async () => {
    const input = {
      idempotencyKey: 'refer Boris to protection',
      child: await hub.idFor('bg-coordinator', 'Boris'),
      kind: 'PROTECTION',
      assignee: 'bg-protection',
      reason: 'bruises seen',
    };
    const { data } = await hub.ask('bg-coordinator', 'trace.list', operation('coordinator.trace.list', 'OpenCase'), { input });
    const set = (name: string, key: string) =>
      hub
        .idFor('bg-protection', name)
        .then((child) =>
          hub.ask(
            'bg-protection',
            'protect.child',
            operation('protection.protect.child', 'SetSafeguarding'),
            { input: { idempotencyKey: key, child, effect: 'RAISED', evidence: 'order 7/2026' } },
            { case: data.openCase.reference },
          ),
        );
    expect((await rollOf('Борис')).node.currentAddress).toBe('ул. Роза 5');
    expect((await set('Zahari', 'raise it for Zahari')).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await set('Boris', 'raise it for Boris')).errors).toBeUndefined();
    const { node } = await rollOf('Борис');
    expect(node).toMatchObject({ currentAddress: null, guardians: null });
    const school = await hub.ask(
      'bg-school-1',
      'enrol.administer',
      'mutation { setSafeguarding(input: { idempotencyKey: "12345678", child: "x", effect: LIFTED, evidence: "x" }) { child { id } } }',
    );
    expect([school.status, school.errors?.[0]?.extensions.code]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
  });

  it('once the court lifts it, the next answer shows the address', async () => {
    await hub.safeguard('Vesela', 'LIFTED');
    const { node } = await rollOf('Весела');
    expect(node).toMatchObject({ currentAddress: 'ул. Тиха 7', withheld: [] });
  });
});

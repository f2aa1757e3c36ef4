import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operation } from '../support/operations.ts';
import { startTestHub, type TestHub } from '../support/hub.ts';

let hub: TestHub;
let visitCase: string;
let protectionCase: string;
const AS_OF = '2026-11-16';

beforeAll(async () => {
  hub = await startTestHub();
  const open = async (name: string, kind: string, assignee: string) => {
    const input = {
      idempotencyKey: `${kind} ${name}`,
      child: await hub.idFor('bg-coordinator', name),
      kind,
      assignee,
      reason: 'on no roll since 15 September',
    };
    const { data } = await hub.ask('bg-coordinator', 'trace.list', operation('coordinator.trace.list', 'OpenCase'), { input });
    return data.openCase.reference as string;
  };
  visitCase = await open('Ani', 'TRACING', 'bg-outreach');
  protectionCase = await open('Ani', 'PROTECTION', 'bg-protection');
});
afterAll(() => hub?.stop());

// biome-ignore lint/suspicious/noExplicitAny: a list of the answer
const nodes = (connection: any) => connection.edges.map((edge: any) => edge.node);
const names = (connection: unknown) => nodes(connection).map((child: { givenName: string }) => child.givenName);
const ANI = { givenName: 'Ани', familyName: 'Иванова' };

/** Asks for a field that the view does not hold: the answer is that of a field that there never was. */
async function expectUnknown(client: string, purpose: string, query: (field: string) => string, field: string, options = {}) {
  const [hidden, never] = [
    await hub.ask(client, purpose, query(field), {}, options),
    await hub.ask(client, purpose, query('zodiacSign'), {}, options),
  ];
  expect(hidden.status).toBe(400);
  expect(hidden.data).toBeUndefined();
  expect(hidden.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  expect(hidden.text.replaceAll(field, 'zodiacSign')).toBe(never.text);
  expect(hidden.text).not.toMatch(/did you mean/i);
}
const ofChildren = (field: string) => `{ children { edges { node { ${field} } } } }`;

describe('the same child, seen by each agency', () => {
  it('the school of Boyana sees its pupils Boris and Vesela with their papers, and of Ani, who is on no roll, nothing', async () => {
    const { status, data } = await hub.ask('bg-school-1', 'enrol.administer', operation('school.enrol.administer', 'Roll'));
    expect(status).toBe(200);
    expect(names(data.children)).toEqual(['Борис', 'Весела']);
    const [boris] = nodes(data.children);
    expect(boris).toMatchObject({
      birthDate: '2013-08-13',
      currentAddress: 'ул. Роза 5',
      absences: [{ year: 2026, month: 10, hours: 9, overThreshold: true }],
      withheld: [],
    });
    expect(boris.nationalIds).toEqual([{ scheme: 'EGN', value: expect.stringMatching(/^1348\d{6}$/), valid: true }]);
    expect(boris.guardians.map((each: { ground: string }) => each.ground)).toEqual(['REGISTER_PARENT', 'REGISTER_PARENT']);
    const one = await hub.ask('bg-school-1', 'enrol.administer', 'query ($id: ID!) { child(id: $id) { givenName } }', {
      id: await hub.idFor('bg-school-1', 'Ani'),
    });
    expect(one.data).toEqual({ child: null });
    await expectUnknown('bg-school-1', 'enrol.administer', ofChildren, 'entitlements');
    await expectUnknown('bg-school-1', 'enrol.administer', ofChildren, 'cases');
  });

  it('the class teacher who follows up absences sees the year of birth, not the date, and no address', async () => {
    const { data } = await hub.ask('bg-school-1', 'attend.follow-up', operation('school.attend.follow-up', 'AbsentPupils'));
    expect(nodes(data.children)[0]).toMatchObject({ givenName: 'Борис', birthYear: 2013, absences: [{ hours: 9 }] });
    for (const field of ['birthDate', 'currentAddress', 'nationalIds', 'guardians'])
      await expectUnknown('bg-school-1', 'attend.follow-up', ofChildren, field);
  });

  it('the school in Iași sees Ionela, whose carer is named, and not where her parent went', async () => {
    const { data } = await hub.ask('ro-school-1', 'attend.follow-up', operation('school.attend.follow-up', 'AbsentPupils'));
    expect(nodes(data.children)).toMatchObject([{ givenName: 'Ionela', parentsAbroad: [{ carerNamed: true }] }]);
    await expectUnknown(
      'ro-school-1',
      'attend.follow-up',
      (field) => `{ children { edges { node { parentsAbroad { ${field} } } } } }`,
      'destinationCountry',
    );
  });

  it('the coordinator of Sofia lists Ani and Georgi, with the reasons, and neither Dimana of Plovdiv nor an address', async () => {
    const { data } = await hub.ask('bg-coordinator', 'trace.list', operation('coordinator.trace.list', 'CoverageList'), { asOf: AS_OF });
    expect(
      nodes(data.coverageList).map(({ child, coverage }: never) => [
        (child as typeof ANI).givenName,
        (coverage as { status: string }).status,
      ]),
    ).toEqual([
      ['Ани', 'NEVER_ENROLLED'],
      ['Георги', 'LEFT_EARLY'],
    ]);
    expect(nodes(data.coverageList)[0]).toMatchObject({
      child: { ...ANI, birthYear: 2015, nationalIdEndings: [{ ending: expect.stringMatching(/^\d{4}$/) }] },
      coverage: { nextStep: 'VISIT', because: [{ claim: 'REGISTERED' }] },
    });
    for (const field of ['birthDate', 'currentAddress', 'nationalIds', 'guardians', 'protectionConcern'])
      await expectUnknown('bg-coordinator', 'trace.list', ofChildren, field);
    const elsewhere = await hub.ask('bg-coordinator', 'trace.list', operation('coordinator.trace.list', 'CoverageList'), {
      asOf: AS_OF,
      municipality: 'PDV22',
    });
    expect(elsewhere.data.coverageList.edges).toEqual([]);
  });

  it('the outreach team with the case sees Ani alone, her door, and that it does not go alone; who her parents are waits for their word', async () => {
    const { data, extensions } = await hub.ask(
      'bg-outreach',
      'trace.visit',
      operation('outreach.trace.visit', 'TheChild'),
      {},
      { case: visitCase },
    );
    const children = nodes(data.children);
    expect(children).toHaveLength(1);
    expect(children[0]).toMatchObject({
      ...ANI,
      birthDate: '2015-03-04',
      currentAddress: 'ул. Роза 5',
      protectionConcern: true,
      guardians: null,
      cases: [{ reference: visitCase, state: 'ASSIGNED' }],
      visits: [{ note: 'съседката помни майката' }],
    });
    expect(children[0].withheld.map(({ field, reason }: { field: string; reason: string }) => `${field} ${reason}`)).toContain(
      'Child.guardians GUARDIAN_AUTHORIZATION_MISSING',
    );
    expect(extensions.disclosure.withheld).toContainEqual(
      expect.objectContaining({ child: children[0].id, field: 'Child.guardians', reason: 'GUARDIAN_AUTHORIZATION_MISSING' }),
    );
    await expectUnknown('bg-outreach', 'trace.visit', ofChildren, 'protectionCases', { case: visitCase });
    await expectUnknown('bg-outreach', 'trace.visit', ofChildren, 'nationalIds', { case: visitCase });
  });

  it('the outreach team without a case is told that it needs one, and gets no data', async () => {
    const { status, data, errors, extensions } = await hub.ask('bg-outreach', 'trace.visit', operation('outreach.trace.visit', 'TheChild'));
    expect([status, data, errors?.[0]?.extensions.code, extensions]).toEqual([403, undefined, 'CASE_REQUIRED', undefined]);
    const me = await hub.ask('bg-outreach', 'trace.visit', '{ me { client kind case } }');
    expect(me.data).toEqual({ me: { client: 'bg-outreach', kind: 'outreach', case: null } });
  });

  it('a case of nobody, of protection, or of the team in Iași shows no child', async () => {
    for (const [client, reference] of [
      ['bg-outreach', 'TC-000000000000'],
      ['bg-outreach', protectionCase],
      ['ro-outreach', visitCase],
    ] as const) {
      const { data } = await hub.ask(client, 'trace.visit', operation('outreach.trace.visit', 'TheChild'), {}, { case: reference });
      expect(data.children.edges).toEqual([]);
    }
  });

  it('social assistance sees in its session the children it pays for, with their ids and absences, and no address of theirs', async () => {
    const { data } = await hub.ask('bg-assistance', 'benefit.session', operation('assistance.benefit.session', 'Session'));
    expect(names(data.children).sort()).toEqual(['Ани', 'Борис', 'Георги']);
    const boris = nodes(data.children).find((child: { givenName: string }) => child.givenName === 'Борис');
    expect(boris).toMatchObject({
      absences: [{ hours: 9 }],
      entitlements: [{ amount: '50.00', currency: 'BGN' }],
      enrolments: [{ status: 'ENROLLED' }],
    });
    await expectUnknown('bg-assistance', 'benefit.session', ofChildren, 'currentAddress');
    await expectUnknown('bg-assistance', 'benefit.session', ofChildren, 'guardians');
    await expectUnknown(
      'bg-assistance',
      'benefit.session',
      (field) => `{ children { edges { node { enrolments { ${field} } } } } }`,
      'dischargeReason',
    );
  });

  it('child protection sees the child of its case in full, with notes, and no other', async () => {
    const { data } = await hub.ask(
      'bg-protection',
      'protect.child',
      operation('protection.protect.child', 'TheChild'),
      {},
      { case: protectionCase },
    );
    expect(nodes(data.children)).toMatchObject([
      {
        ...ANI,
        currentAddress: 'ул. Роза 5',
        visits: [{ note: 'съседката помни майката' }],
        protectionCases: [{ reference: protectionCase, assignee: 'bg-protection' }],
      },
    ]);
    expect(nodes(data.children)[0].guardians).toHaveLength(2);
    const tracing = await hub.ask(
      'bg-protection',
      'protect.child',
      operation('protection.protect.child', 'TheChild'),
      {},
      { case: visitCase },
    );
    expect(tracing.data.children.edges).toEqual([]);
  });

  it('the civil register sees how the hub reads its persons, and not what the schools say of them', async () => {
    const { data } = await hub.ask('bg-registry', 'register.supply', operation('registry.register.supply', 'Persons'), {
      where: { municipality: ['SOF46'], bornFrom: 2015 },
    });
    expect(nodes(data.children)).toMatchObject([{ ...ANI, citizenship: 'BG', permanentAddress: 'ул. Роза 5' }]);
    await expectUnknown('bg-registry', 'register.supply', ofChildren, 'enrolments');
    await expectUnknown('bg-registry', 'register.supply', ofChildren, 'coverage');
  });

  it('the foreign school sees its own report, and has no word for a child', async () => {
    const { data } = await hub.ask('bg-foreign-school', 'foreign.report', operation('foreign-school.foreign.report', 'Report'), {
      term: '2026-2027/1',
    });
    expect(data.foreignReport.map((cell: { count: number }) => cell.count)).toEqual([6, 4]);
    const other = await hub.ask('ro-foreign-school', 'foreign.report', operation('foreign-school.foreign.report', 'Report'), {
      term: '2026-2027/1',
    });
    expect(other.data.foreignReport).toEqual([]);
    await expectUnknown('bg-foreign-school', 'foreign.report', (field) => `{ ${field} { edges { node { id } } } }`, 'children');
  });

  it('the ministry sees its published table with small cells kept back, and cannot ask for a child', async () => {
    const { data } = await hub.ask('bg-ministry', 'statistics.publish', operation('ministry.statistics.publish', 'Published'));
    expect(data.publishedStatistics.length).toBeGreaterThan(0);
    for (const cell of data.publishedStatistics) expect(cell).toMatchObject({ asOf: AS_OF, children: null, suppressed: true });
    await expectUnknown('bg-ministry', 'statistics.publish', (field) => `{ ${field} { edges { node { id } } } }`, 'children');
    await expectUnknown('bg-ministry', 'statistics.publish', (field) => `{ ${field} { edges { cursor } } }`, 'coverageList');
  });

  it('oversight sees who asked and under which law, and not a value of any child', async () => {
    const { data, text } = await hub.ask('bg-oversight', 'oversight.audit', operation('oversight.oversight.audit', 'Disclosures'), {
      agency: 'bg-outreach',
      first: 50,
    });
    const [entry] = nodes(data.disclosures).filter((each: { children: number }) => each.children === 1);
    expect(entry).toMatchObject({
      agency: 'bg-outreach',
      purpose: 'trace.visit',
      caseReference: visitCase,
      legalBasis: expect.stringContaining('Decree 100/2018'),
    });
    expect(entry.released).toContain('Child.currentAddress');
    expect(entry.withheld).toContain('Child.guardians: GUARDIAN_AUTHORIZATION_MISSING');
    expect(text).not.toMatch(/Ани|Роза|Иванов/);
    await expectUnknown('bg-oversight', 'oversight.audit', (field) => `{ ${field} { edges { node { id } } } }`, 'children');
  });

  it('Ani’s mother sees what the hub holds of her daughter, and no place, case or protection', async () => {
    const actor = await hub.guardianOf('Ani', 'mother');
    const { data } = await hub.ask('bg-guardian-portal', 'family.access', operation('guardian.family.access', 'MyChildren'), {}, { actor });
    expect(nodes(data.children)).toMatchObject([
      {
        givenName: 'Ани',
        birthDate: '2015-03-04',
        entitlements: [{ amount: '85.00' }],
        visits: [{ visitedOn: '2026-10-01' }],
        authorizations: [],
      },
    ]);
    for (const field of ['currentAddress', 'settlement', 'cases', 'protectionConcern', 'coverage', 'guardians'])
      await expectUnknown('bg-guardian-portal', 'family.access', ofChildren, field, { actor });
    const nobody = await hub.ask('bg-guardian-portal', 'family.access', operation('guardian.family.access', 'MyChildren'));
    expect([nobody.status, nobody.errors?.[0]?.extensions.code]).toEqual([403, 'FORBIDDEN']);
    const stranger = await hub.ask(
      'bg-guardian-portal',
      'family.access',
      operation('guardian.family.access', 'MyChildren'),
      {},
      { actor: 'G-nobody' },
    );
    expect(stranger.data.children.edges).toEqual([]);
  });

  it('in danger of life, protection breaks the glass for one child with a reason, and the ledger keeps the reason', async () => {
    const ask = (reason?: string) =>
      hub
        .idFor('bg-protection', 'Zahari')
        .then((id) =>
          hub.ask('bg-protection', 'vital.break-glass', operation('protection.vital.break-glass', 'InDanger'), { id }, { reason }),
        );
    for (const none of [undefined, 'hurry']) {
      const refused = await ask(none);
      expect([refused.status, refused.data, refused.errors?.[0]?.extensions.code]).toEqual([403, undefined, 'REASON_REQUIRED']);
    }
    const { data } = await ask('call to 112 at 21:40: smoke in the flat, a child alone');
    expect(data.child).toMatchObject({ givenName: 'Захари', currentAddress: 'ж.к. Люлин, бл. 310', protectionConcern: false });
    expect(data.child.guardians).toHaveLength(2);
    await expectUnknown('bg-protection', 'vital.break-glass', (field) => `{ ${field} { edges { cursor } } }`, 'children', {
      reason: 'call to 112 at 21:40: smoke',
    });
    const entries = await hub.rows("select reason from ledger.disclosure where purpose = 'vital.break-glass'");
    expect(entries).toEqual([{ reason: 'call to 112 at 21:40: smoke in the flat, a child alone' }]);
  });
});

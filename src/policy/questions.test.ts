import { describe, expect, it } from 'vitest';
import { compiled, starterSources } from '../../tests/properties/policy-fixture.ts';
import { can } from './can.ts';
import { columnClasses } from './column-classes.ts';
import { diffPolicies } from './diff-policies.ts';
import { explainOutcome } from './explain-outcome.ts';
import { matrix } from './matrix.ts';

const policy = compiled();
const edited = (file: string, from: string, to: string) =>
  compiled(starterSources.map((source) => (source.file === file ? { file, text: source.text.replace(from, to) } : source)));

describe('the officer asks', () => {
  it('"can social assistance ever see an address": never, and no rule says a word about it', () => {
    expect(can(policy, 'assistance', 'residence.address').filter(({ outcome }) => outcome.effect !== 'DENY')).toEqual([]);
    expect(can(policy, 'assistance', 'Child.currentAddress')).toEqual([]);
  });

  it('"can a coordinator": only by breaking the glass, and not of a safeguarded child', () => {
    const rows = can(policy, 'coordinator', 'Child.currentAddress').filter(({ outcome }) => outcome.effect !== 'DENY');
    expect(rows).toMatchObject([
      { purpose: 'vital.break-glass', verb: 'read', outcome: { effect: 'PERMIT_IF', conditions: [{ kind: 'NOT_SAFEGUARDED' }] } },
    ]);
    expect(rows[0]?.deciding[0]).toMatchObject({ id: 'vital.break-glass/where-coordinator', file: 'vital.break-glass.yaml' });
    expect(rows[0]?.deciding[0]?.line).toBeGreaterThan(1);
  });

  it('"why not": a deny is named with its reason, a source that is denied too', () => {
    expect(explainOutcome(policy, 'guardian', 'family.access', 'Child.currentAddress')).toMatchObject({
      outcome: { effect: 'DENY' },
      denying: [{ id: 'family.access/no-place' }],
      because: 'a rule denies it, and a deny always wins',
    });
    expect(explainOutcome(policy, 'assistance', 'benefit.session', 'Child.label').because).toBe(
      'it is derived from residence.address, which is not permitted',
    );
    expect(explainOutcome(policy, 'ministry', 'trace.visit', 'identity.name').because).toBe('ministry does not ask under trace.visit');
    expect(explainOutcome(policy, 'school', 'enrol.administer', 'Child.shoeSize').because).toContain(
      'neither in the schema nor a category',
    );
  });

  it('and the explanation of every cell agrees with the table', () => {
    for (const { kind, purpose } of policy.views)
      for (const { coordinate, verb } of policy.coordinates)
        expect(explainOutcome(policy, kind, purpose, coordinate).outcome, `${kind} ${purpose} ${coordinate}`).toEqual(
          policy.outcome(kind, purpose, coordinate, verb),
        );
  });

  it('for the whole matrix: every row permits something', () => {
    const rows = matrix(policy);
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.find((row) => row.kind === 'outreach' && row.category === 'family.guardian')?.verbs.read).toMatchObject({
      effect: 'PERMIT_IF',
    });
    expect(rows.some((row) => row.kind === 'ministry' && row.category.startsWith('identity'))).toBe(false);
  });
});

describe('the difference of two policies', () => {
  it('is empty for the same meaning in other words', () => {
    expect(diffPolicies(policy, edited('trace.yaml', 'A child is asked for by its name.', 'Children have names.'))).toEqual([]);
  });

  it('names a cell that newly permits as a widening, and the way back as none', () => {
    const wider = edited('trace.visit.yaml', '    guardian: authorization\n', '');
    const changes = diffPolicies(policy, wider).filter(({ what }) => what === 'Child.guardians');
    expect(changes).toMatchObject([
      { kind: 'outreach', purpose: 'trace.visit', before: { effect: 'PERMIT_IF' }, after: { effect: 'PERMIT' }, widens: true },
    ]);
    expect(diffPolicies(wider, policy).every(({ widens }) => !widens)).toBe(true);
  });
});

describe('column classes', () => {
  const storage = new Map([
    ['Child.givenName', [{ table: 'hub.child', columns: ['given_name'] }]],
    ['Child.birthDate', [{ table: 'hub.child', columns: ['birth_date'] }]],
    ['Child.birthYear', [{ table: 'hub.child', columns: ['birth_year'] }]],
    ['ChildFilter.settlement', [{ table: 'hub.child', columns: ['settlement'] }]],
    ['Entitlement.amount', [{ table: 'assistance.entitlement', columns: ['amount', 'currency'] }]],
  ]);
  const classes = columnClasses(policy, storage, {
    'hub.child': ['child_id', 'vacant'],
    'assistance.entitlement': ['child_id'],
    'school.school': ['school_id'],
  });
  const classOf = (view: string) => classes.find(({ views }) => views.includes(view));

  it('hold what the view may read or compare with, and the keys of those tables only', () => {
    expect(classOf('coordinator.trace.list')?.tables).toEqual({
      'hub.child': ['birth_year', 'child_id', 'given_name', 'settlement', 'vacant'],
    });
    expect(classOf('guardian.family.access')?.tables).toEqual({
      'assistance.entitlement': ['amount', 'child_id', 'currency'],
      'hub.child': ['birth_date', 'birth_year', 'child_id', 'given_name', 'vacant'],
    });
    expect(classOf('ministry.statistics.publish')?.tables).toEqual({});
  });

  it('are shared by views of one column set, and every view has just one', () => {
    expect(classOf('ministry.statistics.publish')).toBe(classOf('oversight.oversight.audit'));
    expect(classes.flatMap(({ views }) => views).sort()).toEqual(policy.views.map(({ id }) => id));
    expect(new Set(classes.map(({ role }) => role)).size).toBe(classes.length);
    for (const { role } of classes) expect(role).toMatch(/^[0-9a-f]{12}$/);
  });
});

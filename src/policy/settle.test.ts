import { describe, expect, it } from 'vitest';
import type { Outcome } from './outcome.ts';
import { type AuthorityFact, type AuthorizationFact, type ChildFacts, settle } from './settle.ts';

const day = (text: string) => new Date(`${text}T00:00:00Z`);
const NOW = day('2026-11-16');
const context = { kind: 'outreach', purpose: 'trace.visit', now: NOW } as const;
const guardians: Outcome = {
  effect: 'PERMIT_IF',
  rules: ['trace.visit/guardians'],
  conditions: [{ kind: 'AUTHORIZATION', category: 'family.guardian', default: 'DENY' }],
};
const optOut: Outcome = {
  effect: 'PERMIT_IF',
  rules: ['r'],
  conditions: [{ kind: 'AUTHORIZATION', category: 'family.guardian', default: 'OPT_OUT' }],
};
const address: Outcome = { effect: 'PERMIT_IF', rules: ['trace.visit/address'], conditions: [{ kind: 'NOT_SAFEGUARDED' }] };

const says = (guardian: string, effect: string, more: Partial<AuthorizationFact> = {}): AuthorizationFact =>
  ({ guardian, effect, categories: [], recipients: [], validFrom: day('2026-10-01'), validTo: null, ...more }) as AuthorizationFact;
const holds = (guardian: string, more: Partial<AuthorityFact> = {}): AuthorityFact => ({
  guardian,
  effect: 'GAINED',
  validFrom: day('2019-05-02'),
  validTo: null,
  ...more,
});
const facts = (authorizations: AuthorizationFact[], authorities: AuthorityFact[]): ChildFacts => ({
  safeguarded: false,
  authorizations,
  authorities,
});
const inside = (outcome: Outcome, known: ChildFacts | undefined) => {
  const settled = settle(outcome, known, context);
  return settled.decision === 'release' ? 'release' : settled.inside;
};

describe('settle: what guardians have said', () => {
  it("tells the team who Elif's mother is when she has allowed it", () => {
    expect(settle(guardians, facts([says('Ayşe', 'GRANT')], [holds('Ayşe')]), context)).toEqual({ decision: 'release' });
  });

  it('keeps it back with one and the same outside reason, and tells refused, absent, expired, withdrawn and lost authority apart inside', () => {
    const cases: [string, ChildFacts | undefined][] = [
      ['REFUSED', facts([says('Ayşe', 'REFUSE')], [holds('Ayşe')])],
      ['ABSENT', undefined],
      ['ABSENT', facts([], [])],
      ['EXPIRED', facts([says('Ayşe', 'GRANT', { validTo: day('2026-11-01') })], [holds('Ayşe')])],
      ['WITHDRAWN', facts([says('Ayşe', 'GRANT'), says('Ayşe', 'WITHDRAW', { validFrom: day('2026-11-02') })], [holds('Ayşe')])],
      ['AUTHORITY_LOST', facts([says('Ayşe', 'GRANT')], [holds('Ayşe'), holds('Ayşe', { effect: 'LOST', validFrom: day('2026-11-03') })])],
      ['AUTHORITY_LOST', facts([says('Ayşe', 'GRANT')], [])],
    ];
    for (const [why, known] of cases)
      expect(settle(guardians, known, context)).toEqual({
        decision: 'withhold',
        reason: 'GUARDIAN_AUTHORIZATION_MISSING',
        inside: why,
        rule: 'trace.visit/guardians',
      });
  });

  it("lets Mehmet's refusal outweigh Ayşe's grant, until he has no authority any more", () => {
    const said = [says('Ayşe', 'GRANT'), says('Mehmet', 'REFUSE')];
    expect(inside(guardians, facts(said, [holds('Ayşe'), holds('Mehmet')]))).toBe('REFUSED');
    expect(inside(guardians, facts(said, [holds('Ayşe'), holds('Mehmet', { validTo: day('2026-11-10') })]))).toBe('release');
  });

  it('counts only the newest event of a guardian, and only one that has begun', () => {
    expect(
      inside(guardians, facts([says('Ayşe', 'REFUSE'), says('Ayşe', 'GRANT', { validFrom: day('2026-11-10') })], [holds('Ayşe')])),
    ).toBe('release');
    expect(inside(guardians, facts([says('Ayşe', 'GRANT', { validFrom: day('2026-11-17') })], [holds('Ayşe')]))).toBe('ABSENT');
  });

  it('does not revive an older grant when the newest lapsed', () => {
    expect(
      inside(
        guardians,
        facts(
          [says('Ayşe', 'GRANT'), says('Ayşe', 'GRANT', { validFrom: day('2026-11-01'), validTo: day('2026-11-05') })],
          [holds('Ayşe')],
        ),
      ),
    ).toBe('EXPIRED');
  });

  it('takes the stricter of two events of the same instant, in whatever order they are read', () => {
    const pair = [says('Ayşe', 'GRANT'), says('Ayşe', 'REFUSE')];
    expect(inside(guardians, facts(pair, [holds('Ayşe')]))).toBe('REFUSED');
    expect(inside(guardians, facts(pair.toReversed(), [holds('Ayşe')]))).toBe('REFUSED');
  });

  it('reads intervals half-open: from its first instant, no longer at its last', () => {
    expect(inside(guardians, facts([says('Ayşe', 'GRANT', { validFrom: NOW })], [holds('Ayşe', { validFrom: NOW })]))).toBe('release');
    expect(inside(guardians, facts([says('Ayşe', 'GRANT', { validTo: NOW })], [holds('Ayşe')]))).toBe('EXPIRED');
    expect(inside(guardians, facts([says('Ayşe', 'GRANT')], [holds('Ayşe', { validTo: NOW })]))).toBe('AUTHORITY_LOST');
  });

  it('hears an event only for the categories and recipients that it names', () => {
    const known = (more: Partial<AuthorizationFact>) => facts([says('Ayşe', 'GRANT', more)], [holds('Ayşe')]);
    expect(inside(guardians, known({ categories: ['family.guardian'] }))).toBe('release');
    expect(inside(guardians, known({ categories: ['benefit.entitlement'] }))).toBe('ABSENT');
    expect(inside(guardians, known({ recipients: ['outreach', 'school'] }))).toBe('release');
    expect(inside(guardians, known({ recipients: ['school'] }))).toBe('ABSENT');
  });

  it('lets a narrow refusal stand beside a broad grant of the same guardian', () => {
    const said = [says('Ayşe', 'GRANT'), says('Ayşe', 'REFUSE', { categories: ['family.guardian'], validFrom: day('2026-11-02') })];
    expect(inside(guardians, facts(said, [holds('Ayşe')]))).toBe('REFUSED');
  });

  it('permits by silence where the rule says opt-out, and never against a no or a grant taken back', () => {
    expect(inside(optOut, undefined)).toBe('release');
    expect(inside(optOut, facts([says('Ayşe', 'GRANT', { validTo: day('2026-11-01') })], [holds('Ayşe')]))).toBe('release');
    expect(inside(optOut, facts([says('Ayşe', 'REFUSE')], [holds('Ayşe')]))).toBe('REFUSED');
    expect(
      inside(optOut, facts([says('Ayşe', 'GRANT'), says('Ayşe', 'WITHDRAW', { validFrom: day('2026-11-02') })], [holds('Ayşe')])),
    ).toBe('WITHDRAWN');
  });

  it('lets all of it lapse on the day Elif comes of age', () => {
    const known = { ...facts([says('Ayşe', 'GRANT')], [holds('Ayşe')]), comesOfAge: NOW };
    expect(inside(guardians, known)).toBe('EXPIRED');
  });
});

describe('settle: protection and failure', () => {
  it('keeps the address of a safeguarded child from the team, whatever guardians say', () => {
    expect(settle(address, { ...facts([], []), safeguarded: true }, context)).toEqual({
      decision: 'withhold',
      reason: 'PROTECTED',
      inside: 'SAFEGUARDED',
      rule: 'trace.visit/address',
    });
    expect(settle(address, undefined, context)).toEqual({ decision: 'release' });
  });

  it('permits nothing on a fact that it cannot read', () => {
    const broken: ChildFacts[] = [
      facts([says('Ayşe', 'GRANT'), says('Mehmet', 'MAYBE')], [holds('Ayşe')]),
      facts([says('Ayşe', 'GRANT')], [holds('Ayşe', { effect: 'SHARED' as never })]),
      facts([says('Ayşe', 'GRANT', { validFrom: new Date('never') })], [holds('Ayşe')]),
      facts([says('Ayşe', 'GRANT', { validFrom: '2026-10-01' as never })], [holds('Ayşe')]),
      facts([says('Ayşe', 'GRANT', { categories: null as never })], [holds('Ayşe')]),
    ];
    for (const known of broken) expect(settle(guardians, known, context)).toMatchObject({ decision: 'withhold', reason: 'RULE_FAILED' });
    for (const known of broken) expect(settle(optOut, known, context)).toMatchObject({ decision: 'withhold', reason: 'RULE_FAILED' });
  });

  it('permits nothing on a condition it does not know, a clock that stands still nowhere, or a denied outcome', () => {
    const unknown = { effect: 'PERMIT_IF', rules: ['r'], conditions: [{ kind: 'FULL_MOON' }] } as unknown as Outcome;
    expect(settle(unknown, undefined, context)).toMatchObject({ decision: 'withhold', reason: 'RULE_FAILED' });
    expect(settle(guardians, facts([says('Ayşe', 'GRANT')], [holds('Ayşe')]), { ...context, now: new Date('never') })).toMatchObject({
      reason: 'RULE_FAILED',
    });
    expect(settle({ effect: 'DENY' }, undefined, context)).toMatchObject({ decision: 'withhold', reason: 'RULE_FAILED' });
    expect(settle(address, { ...facts([], []), safeguarded: undefined as never }, context)).toMatchObject({ decision: 'withhold' });
  });
});

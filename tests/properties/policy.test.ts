import fc from 'fast-check';
import { getNamedType, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildView } from '../../src/policy/build-view.ts';
import { compilePolicy } from '../../src/policy/compile-policy.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { readCoordinates } from '../../src/policy/read-coordinates.ts';
import { type AuthorityFact, type AuthorizationFact, settle } from '../../src/policy/settle.ts';
import { DATA_CATEGORIES, VERBS, type Verb } from '../../src/policy/vocabulary.ts';
import { compiled, fixtureSchema } from './policy-fixture.ts';

const { coordinates } = readCoordinates(fixtureSchema);
const HEAD = `title: t
law: [{ country: BG, act: a, article: b }]
basis: { gdpr6: 6(1)(e), gdpr9: 9(2)(g), national: n }
instrument: { reference: r, published: 2018-06-15 }
notice: { reference: n, version: '1' }
guardianSees: now
retentionDays: 1
`;
// A tree: root over a and b, a over c. Everybody asks everywhere, so that every cell counts.
const TREE: Record<string, string | null> = { root: null, a: 'root', b: 'root', c: 'a' };
const PURPOSES = Object.keys(TREE);
const CATEGORIES = DATA_CATEGORIES.filter((category) => category !== 'plumbing').slice(0, 12);

interface Drawn {
  purpose: string;
  effect: 'allow' | 'deny';
  categories: string[];
  verbs: Verb[];
  shielded: boolean;
}
const drawn = (purposes = PURPOSES): fc.Arbitrary<Drawn> =>
  fc.record({
    purpose: fc.constantFrom(...purposes),
    effect: fc.constantFrom('allow' as const, 'allow' as const, 'deny' as const),
    categories: fc.uniqueArray(fc.constantFrom(...CATEGORIES), { minLength: 1, maxLength: 4 }),
    verbs: fc.uniqueArray(fc.constantFrom<Verb>('read', 'match', 'aggregate', 'write'), { minLength: 1, maxLength: 3 }),
    shielded: fc.boolean(),
  });
const drawnList = fc.array(drawn(), { maxLength: 10 });

function policyOf(rules: readonly Drawn[]): Policy | null {
  const sources = PURPOSES.map((purpose) => ({
    file: `${purpose}.yaml`,
    text: [
      `purpose: ${purpose}`,
      ...(TREE[purpose] === null ? [] : [`parent: ${TREE[purpose]}`]),
      `${HEAD}who: [school, guardian]`,
      'scopes: { school: [own-pupils], guardian: [own-child] }',
      'rules:',
      ...rules.flatMap((rule, index) => {
        if (rule.purpose !== purpose) return [];
        const unless = rule.shielded && rule.effect === 'allow' && rule.verbs.join() === 'read' ? ', unless: safeguarding' : '';
        return [`  - { id: r${index}, effect: ${rule.effect}, categories: [${rule.categories}], verbs: [${rule.verbs}]${unless}, why: w }`];
      }),
    ].join('\n'),
  }));
  const result = compilePolicy(sources, []);
  if (!result.ok) expect(new Set(result.errors.map(({ code }) => code))).toEqual(new Set(['RULES_DISAGREE']));
  return result.ok ? result.policy : null;
}

const lineage = (purpose: string | null | undefined): string[] => (purpose ? [purpose, ...lineage(TREE[purpose])] : []);
const CELLS = PURPOSES.flatMap((purpose) => CATEGORIES.flatMap((category) => VERBS.map((verb) => ({ purpose, category, verb }))));
const effects = (policy: Policy) =>
  CELLS.map(({ purpose, category, verb }) => policy.categoryOutcome('school', purpose, category, verb).effect);

describe('policies of any rules', () => {
  it('permit a cell exactly where a rule of its line permits and no rule of its line or below denies (a second, naive reading)', () => {
    fc.assert(
      fc.property(drawnList, (rules) => {
        const policy = policyOf(rules);
        fc.pre(policy !== null);
        for (const { purpose, category, verb } of CELLS) {
          const speaking = rules.filter((rule) => rule.categories.includes(category) && rule.verbs.includes(verb));
          const permitted = speaking.some((rule) => rule.effect === 'allow' && lineage(purpose).includes(rule.purpose));
          const denied = speaking.some(
            (rule) => rule.effect === 'deny' && (lineage(purpose).includes(rule.purpose) || lineage(rule.purpose).includes(purpose)),
          );
          expect(policy?.categoryOutcome('school', purpose, category, verb).effect !== 'DENY').toBe(permitted && !denied);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('never permit a cell more for one more deny, nor deny one more for one more allow', () => {
    fc.assert(
      fc.property(drawnList, drawn(), (rules, extra) => {
        const [before, after] = [policyOf(rules), policyOf([...rules, extra])];
        fc.pre(before !== null && after !== null);
        const [was, is] = [effects(before as Policy), effects(after as Policy)];
        for (const [index, effect] of was.entries()) {
          if (extra.effect === 'deny' && effect === 'DENY') expect(is[index]).toBe('DENY');
          if (extra.effect === 'allow' && effect !== 'DENY') expect(is[index]).not.toBe('DENY');
        }
      }),
      { numRuns: 150 },
    );
  });

  it('give a purpose without rules of its own what the one above permits, word for word', () => {
    fc.assert(
      fc.property(fc.array(drawn(['root', 'a', 'b']), { maxLength: 10 }), (rules) => {
        const policy = policyOf(rules);
        fc.pre(policy !== null);
        for (const category of CATEGORIES)
          for (const verb of VERBS)
            expect(policy?.categoryOutcome('school', 'c', category, verb)).toEqual(policy?.categoryOutcome('school', 'a', category, verb));
      }),
      { numRuns: 100 },
    );
  });

  it('do not depend on the order of their rules, save for the order of the names they cite', () => {
    fc.assert(
      fc.property(drawnList, fc.infiniteStream(fc.nat()), (rules, salt) => {
        const shuffled = rules.map((rule) => ({ rule, key: salt.next().value as number })).sort((a, b) => a.key - b.key);
        const [one, two] = [policyOf(rules), policyOf(shuffled.map(({ rule }) => rule))];
        expect(one && effects(one)).toEqual(two && effects(two));
      }),
      { numRuns: 50 },
    );
  });
});

describe('views of any permissions', () => {
  const policy = compiled();
  const plumbing = coordinates.filter(({ category }) => category === 'plumbing').map(({ coordinate }) => coordinate);
  const data = coordinates.filter(({ category }) => category !== 'plumbing').map(({ coordinate }) => coordinate);
  const ALWAYS = ['Query.me', 'Agency.id'];

  it('hold nothing that is denied; what they leave out of the permitted leans on something that is denied', () => {
    fc.assert(
      fc.property(fc.subarray(data), (some) => {
        const permitted = new Set([...some, ...plumbing, ...ALWAYS]);
        const plan = { ...(policy.views[0] as Policy['views'][number]), permitted: (coordinate: string) => permitted.has(coordinate) };
        const view = buildView(fixtureSchema, plan);
        const held = new Set(readCoordinates(view).coordinates.map(({ coordinate }) => coordinate));
        for (const coordinate of held) expect(permitted.has(coordinate), coordinate).toBe(true);
        // Leaves of types that stand are never lost: a field whose type is a scalar and which takes no arguments needs nothing but its permission.
        for (const type of Object.values(fixtureSchema.getTypeMap())) {
          if (!view.getType(type.name) || type.name.startsWith('__')) continue;
          if (isObjectType(type) || isInterfaceType(type))
            for (const field of Object.values(type.getFields())) {
              const named = getNamedType(field.type);
              const leaf = !isObjectType(named) && !isInterfaceType(named) && !isEnumType(named) && !('getTypes' in named);
              if (leaf && field.args.length === 0 && permitted.has(`${type.name}.${field.name}`))
                expect(held.has(`${type.name}.${field.name}`), `${type.name}.${field.name}`).toBe(true);
            }
          if (isEnumType(type))
            for (const value of type.getValues())
              expect(held.has(`${type.name}.${value.name}`)).toBe(permitted.has(`${type.name}.${value.name}`));
          if (isInputObjectType(type))
            for (const field of Object.values(type.getFields()))
              if (!isEnumType(getNamedType(field.type)) && permitted.has(`${type.name}.${field.name}`))
                expect(held.has(`${type.name}.${field.name}`)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('of the starter policy hold just what their plan permits', () => {
    for (const plan of policy.views)
      for (const { coordinate } of readCoordinates(buildView(fixtureSchema, plan)).coordinates)
        expect(plan.permitted(coordinate), `${plan.id} ${coordinate}`).toBe(true);
  });
});

describe('settling any history of guardians', () => {
  const DAY = 86_400_000;
  const NOW = new Date(100 * DAY);
  const instant = fc.integer({ min: 80, max: 110 }).map((day) => new Date(day * DAY));
  const end = fc.option(instant, { nil: null });
  const guardian = fc.constantFrom('Ayşe', 'Mehmet', 'Иванка');
  const authorization = fc.record<AuthorizationFact>({
    guardian,
    effect: fc.constantFrom('GRANT', 'REFUSE', 'WITHDRAW'),
    categories: fc.constantFrom<string[]>([], ['family.guardian'], ['benefit.entitlement']),
    recipients: fc.constantFrom<string[]>([], ['outreach'], ['school']),
    validFrom: instant,
    validTo: end,
  });
  const authority = fc.record<AuthorityFact>({
    guardian,
    effect: fc.constantFrom('GAINED', 'GAINED', 'LOST'),
    validFrom: instant,
    validTo: end,
  });
  const history = fc.record({
    safeguarded: fc.constant(false),
    authorizations: fc.array(authorization, { maxLength: 8 }),
    authorities: fc.array(authority, { maxLength: 6 }),
  });
  const rule = (how: 'DENY' | 'OPT_OUT') => ({
    effect: 'PERMIT_IF' as const,
    rules: ['r'],
    conditions: [{ kind: 'AUTHORIZATION' as const, category: 'family.guardian' as const, default: how }],
  });
  const context = { kind: 'outreach' as const, purpose: 'trace.visit', now: NOW };

  /** A guardian who certainly refuses: authority for all time, and a refusal of everything that is newer than anything else said. */
  const refusal = (who: string) => ({
    says: { guardian: who, effect: 'REFUSE' as const, categories: [], recipients: [], validFrom: NOW, validTo: null },
    holds: { guardian: who, effect: 'GAINED' as const, validFrom: NOW, validTo: null },
  });

  it('never releases when any guardian with authority refuses', () => {
    fc.assert(
      fc.property(
        history,
        fc.constantFrom('Ayşe', 'Mehmet', 'Иванка'),
        fc.constantFrom('DENY' as const, 'OPT_OUT' as const),
        (known, who, how) => {
          const { says, holds } = refusal(who);
          const authorities = [...known.authorities.filter((each) => !(each.guardian === who && each.validFrom >= NOW)), holds];
          const settled = settle(rule(how), { ...known, authorizations: [...known.authorizations, says], authorities }, context);
          expect(settled).toMatchObject({ decision: 'withhold', reason: 'GUARDIAN_AUTHORIZATION_MISSING', inside: 'REFUSED' });
        },
      ),
    );
  });

  it('releases only on the grant of somebody who has authority now, unless silence permits', () => {
    fc.assert(
      fc.property(history, (known) => {
        if (settle(rule('DENY'), known, context).decision === 'withhold') return;
        const holding = new Set(
          known.authorities
            .filter((each) => each.effect === 'GAINED' && each.validFrom <= NOW && (each.validTo === null || each.validTo > NOW))
            .map((each) => each.guardian),
        );
        const granting = known.authorizations.filter(
          (each) =>
            each.effect === 'GRANT' && each.validFrom <= NOW && (each.validTo === null || each.validTo > NOW) && holding.has(each.guardian),
        );
        expect(granting.length).toBeGreaterThan(0);
        expect(settle(rule('OPT_OUT'), known, context).decision).toBe('release');
      }),
    );
  });

  it('does not depend on the order in which the events are read', () => {
    fc.assert(
      fc.property(history, (known) => {
        const turned = { ...known, authorizations: known.authorizations.toReversed(), authorities: known.authorities.toReversed() };
        expect(settle(rule('DENY'), turned, context)).toEqual(settle(rule('DENY'), known, context));
      }),
    );
  });

  it('permits nothing on facts of any shape that are no facts', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (authorizations, authorities) => {
        const settled = settle(rule('DENY'), { safeguarded: false, authorizations, authorities } as never, context);
        expect(settled.decision).toBe('withhold');
      }),
    );
  });
});

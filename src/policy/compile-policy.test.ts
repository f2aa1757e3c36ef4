import { describe, expect, it } from 'vitest';
import { compilePolicy } from './compile-policy.ts';
import type { Coordinate } from './coordinate.ts';
import { POLICY_ERROR_CODES, type PolicyErrorCode } from './policy-error.ts';

const HEAD = `title: A purpose for trying
law: [{ country: BG, act: An act, article: Art. 1 }]
basis: { gdpr6: 6(1)(e), national: An act }
instrument: { reference: An act, published: 2018-06-15 }
notice: { reference: A notice, version: '1' }
guardianSees: now
retentionDays: 30
`;
const ASKED = 'who: [school]\nscopes: { school: [own-pupils] }\n';
const rule = (id: string, more: string) => `  - { id: ${id}, why: because, ${more} }\n`;
const NAME = rule('name', 'effect: allow, categories: [identity.name], verbs: [read]');
const file = (text: string, name = 'p.yaml') => ({ file: name, text });
const trial = (rules: string, top = 'purpose: p\n', rest = ASKED) => file(`${top}${HEAD}${rest}rules:\n${rules}`);
const at = (coordinate: string, category: string, more: Partial<Coordinate> = {}): Coordinate =>
  ({ coordinate, category, place: 'output', verb: 'read', subject: 'child', ...more }) as Coordinate;

const errorsOf = (sources: { file: string; text: string }[], coordinates: Coordinate[] = [], missing: string[] = []) => {
  const result = compilePolicy(sources, coordinates, missing);
  return result.ok ? [] : result.errors;
};

/** Each code with a policy that has just that fault, and the line where it is to be found (null: a fault of the schema). */
const FAULTS: Record<
  PolicyErrorCode,
  [sources: { file: string; text: string }[], line: number | null, coordinates?: Coordinate[], missing?: string[]]
> = {
  YAML_UNREADABLE: [[file('purpose: [')], 1],
  UNKNOWN_KEY: [[trial(NAME, 'purpose: p\npurpos: q\n')], 2],
  MISSING_KEY: [[trial('  - { id: name, effect: allow, categories: [identity.name], verbs: [read] }\n')], 12],
  WRONG_SHAPE: [[trial(NAME, 'purpose: p\ncaseRequired: perhaps\n')], 2],
  DUPLICATE_PURPOSE: [[trial(NAME), file(trial(NAME).text, 'q.yaml')], 1],
  DUPLICATE_RULE: [[trial(NAME + NAME)], 13],
  UNKNOWN_PARENT: [[trial(NAME, 'purpose: p\nparent: nobody\n')], 2],
  PARENT_CYCLE: [[trial(NAME, 'purpose: p\nparent: p\n')], 2],
  UNKNOWN_KIND: [[trial(NAME, 'purpose: p\n', 'who: [school, scool]\nscopes: { school: [own-pupils], scool: [none] }\n')], 9],
  UNKNOWN_CATEGORY: [[trial(rule('name', 'effect: allow, categories: [identity.nam], verbs: [read]'))], 12],
  UNKNOWN_COORDINATE: [[trial(rule('name', 'effect: allow, fields: [Child.nam], verbs: [read]'))], 12],
  UNKNOWN_VERB: [[trial(rule('name', 'effect: allow, categories: [identity.name], verbs: [reed]'))], 12],
  UNKNOWN_SCOPE: [[trial(NAME, 'purpose: p\n', 'who: [school]\nscopes: { school: [all-of-them] }\n')], 10],
  UNKNOWN_SUBJECT: [[trial(NAME)], null, [at('Child.name', 'identity.name', { subject: 'kid' as never })]],
  UNKNOWN_OBLIGATION: [[trial(rule('name', 'effect: allow, categories: [identity.name], verbs: [read], guardian: perhaps'))], 12],
  UNKNOWN_EXPECTATION: [[file(`${trial(NAME).text}tests: [{ as: school, category: identity.name, expect: maybe }]\n`)], 13],
  MISSING_CATEGORY: [[trial(NAME)], null, [], ['Child.name']],
  MISSING_SCOPE: [[trial(NAME, 'purpose: p\n', 'who: [school]\n')], 1],
  MISSING_INSTRUMENT: [[file(trial(NAME).text.replace(/instrument:.*\n/, ''))], 1],
  MISSING_NOTICE: [[file(trial(NAME).text.replace(/notice:.*\n/, ''))], 1],
  NEVER_CATEGORY: [[trial(rule('roma', 'effect: allow, categories: [identity.ethnicity], verbs: [read]'))], 12],
  SPECIAL_WITHOUT_ARTICLE_9: [[trial(rule('note', 'effect: allow, categories: [outreach.visit-note], verbs: [read]'))], 12],
  VITAL_INTEREST_UNBOUNDED: [
    [file(trial(NAME).text.replace('6(1)(e)', '6(1)(d)').replace('who:', 'reasonRequired: true\nmaxTokenSeconds: 901\nwho:'))],
    10,
  ],
  RULE_WITHOUT_OBJECT: [[trial(rule('name', 'effect: allow, verbs: [read]'))], 12],
  CONDITION_ON_REFERENCE: [
    [trial(NAME + rule('sort', 'effect: allow, categories: [identity.name], verbs: [sort], unless: safeguarding'))],
    13,
  ],
  REFERENCE_BEYOND_READING: [
    [
      trial(
        rule('year', 'effect: allow, categories: [identity.birth-year], verbs: [read]') +
          rule('date', 'effect: allow, categories: [identity.birth-date], verbs: [filter]'),
      ),
    ],
    13,
  ],
  RULES_DISAGREE: [[trial(NAME + rule('again', 'effect: allow, categories: [identity.name], verbs: [read], unless: safeguarding'))], 13],
};

describe('compiling: every fault has its code and its line', () => {
  it.each(POLICY_ERROR_CODES)('%s', (code) => {
    const [sources, line, coordinates, missing] = FAULTS[code];
    const errors = errorsOf(sources, coordinates, missing);
    const found = errors.find((error) => error.code === code);
    expect(found, JSON.stringify(errors)).toBeDefined();
    if (line === null) expect(found?.coordinate).toBe('Child.name');
    else expect(found?.line).toBe(line);
  });

  it('compiles the policy that has none of them', () => {
    expect(errorsOf([trial(NAME)], [at('Child.name', 'identity.name')])).toEqual([]);
  });

  it('lists all faults of all files at once', () => {
    const broken = trial(rule('a', 'effect: allow, categories: [x.y], verbs: [reed]'));
    const errors = errorsOf(
      [broken, { ...broken, file: 'q.yaml' }],
      [at('Child.name', 'identity.nam')],
      ['Child.id', 'Query.children(where:) verb'],
    );
    expect(new Set(errors.map((error) => `${error.file} ${error.code}`))).toEqual(
      new Set([
        'p.yaml UNKNOWN_CATEGORY',
        'p.yaml UNKNOWN_VERB',
        'q.yaml UNKNOWN_CATEGORY',
        'q.yaml UNKNOWN_VERB',
        'q.yaml DUPLICATE_PURPOSE',
        'schema MISSING_CATEGORY',
        'schema UNKNOWN_CATEGORY',
      ]),
    );
    expect(errors.filter(({ code }) => code === 'MISSING_CATEGORY')).toHaveLength(2);
  });

  it('names both rules that disagree', () => {
    const [sources] = FAULTS.RULES_DISAGREE;
    const [error] = errorsOf(sources);
    expect(error?.message).toContain('p/name');
    expect(error?.message).toContain('p/again');
  });

  it.each([
    ['another purpose of the file set through an alias', 'purpose: &p p\nparent: *p\n'],
    ['a doubled key', 'purpose: p\npurpose: q\n'],
    ['a tag', 'purpose: !!binary cA==\n'],
  ])('refuses %s', (_, top) => {
    expect(errorsOf([trial(NAME, top)]).map(({ code }) => code)).toContain('YAML_UNREADABLE');
  });

  it('survives anything that is no policy', () => {
    for (const text of ['', 'null', '42', '- a', 'purpose: {}', 'rules: 7', 'rules: [7]\npurpose: p', '\u0000', 'tests: [[]]'])
      expect(errorsOf([file(text)]).length, JSON.stringify(text)).toBeGreaterThan(0);
  });
});

describe('combining', () => {
  const parent = (rules: string) => file(`purpose: up\n${HEAD}who: []\nrules:\n${rules}`, 'up.yaml');
  const child = (rules: string) => file(`purpose: p\nparent: up\n${HEAD}${ASKED}rules:\n${rules}`);
  const other = (rules: string) => file(`purpose: q\nparent: up\n${HEAD}${ASKED}rules:\n${rules}`, 'q.yaml');
  const outcome = (sources: { file: string; text: string }[], coordinate = at('Child.name', 'identity.name'), purpose = 'p') => {
    const result = compilePolicy(sources, [coordinate]);
    if (!result.ok) throw new Error(JSON.stringify(result.errors));
    return result.policy.outcome('school', purpose, coordinate.coordinate, coordinate.verb);
  };
  const DENIED = rule('no', 'effect: deny, categories: [identity.name], verbs: [read]');
  const SHIELDED = rule('name', 'effect: allow, categories: [identity.name], verbs: [read], unless: safeguarding');

  it('denies what no rule speaks of', () => {
    expect(outcome([parent(''), child('')])).toEqual({ effect: 'DENY' });
  });

  it('hands a permit down', () => {
    expect(outcome([parent(NAME), child('')])).toEqual({ effect: 'PERMIT', rules: ['up/name'] });
  });

  it('lets the deepest permit win, also when it is the stricter or the looser one', () => {
    expect(outcome([parent(NAME), child(SHIELDED)])).toMatchObject({ effect: 'PERMIT_IF', rules: ['p/name'] });
    expect(outcome([parent(SHIELDED), child(NAME)])).toEqual({ effect: 'PERMIT', rules: ['p/name'] });
  });

  it('lets a deny win from above, from below and against a more specific permit', () => {
    expect(outcome([parent(DENIED), child(NAME)])).toEqual({ effect: 'DENY' });
    expect(outcome([file(parent(NAME).text.replace('who: []', ASKED.trimEnd()), 'up.yaml'), child(DENIED)], undefined, 'up')).toEqual({
      effect: 'DENY',
    });
    const field = rule('field', 'effect: allow, fields: [Child.name], verbs: [read]');
    expect(outcome([parent(''), child(field)])).toMatchObject({ effect: 'PERMIT' });
    expect(outcome([parent(''), child(field + DENIED)])).toEqual({ effect: 'DENY' });
  });

  it("does not let one purpose's deny reach its sister", () => {
    expect(outcome([parent(NAME), child(''), other(DENIED)])).toMatchObject({ effect: 'PERMIT' });
  });

  it('names both rules of a permit on which two agree', () => {
    expect(outcome([parent(''), child(NAME + rule('same', 'effect: allow, categories: [identity.name], verbs: [read, sort]'))])).toEqual({
      effect: 'PERMIT',
      rules: ['p/name', 'p/same'],
    });
  });

  it('says of a coarser datum which exact one it stands for', () => {
    const year = rule('year', 'effect: allow, categories: [identity.birth-year], verbs: [read]');
    expect(outcome([parent(''), child(year)], at('Child.birthYear', 'identity.birth-year', { sources: ['identity.birth-date'] }))).toEqual({
      effect: 'PERMIT',
      rules: ['p/year'],
      generalises: 'identity.birth-date',
    });
  });

  it('denies a derived datum when one of its sources is denied and nobody declassified it', () => {
    const label = at('Child.label', 'identity.name', { sources: ['residence.address'] });
    expect(outcome([parent(''), child(NAME)], label)).toEqual({ effect: 'DENY' });
    const both = NAME + rule('address', 'effect: allow, categories: [residence.address], verbs: [read], unless: safeguarding');
    expect(outcome([parent(''), child(both)], label)).toEqual({
      effect: 'PERMIT_IF',
      rules: ['p/name', 'p/address'],
      conditions: [{ kind: 'NOT_SAFEGUARDED' }],
    });
  });

  it('never takes one verb for another', () => {
    const sorted = at('ChildOrder.NAME', 'identity.name', { verb: 'sort', place: 'enumValue' });
    expect(outcome([parent(''), child(NAME)], sorted)).toEqual({ effect: 'DENY' });
  });

  it('gives the same hash for another layout, another for another word', () => {
    const hash = (text: string) => {
      const result = compilePolicy([file(text)], []);
      return result.ok ? result.policy.hash : '';
    };
    const text = trial(NAME).text;
    expect(hash(`# said by the officer\n${text}`)).toBe(hash(text));
    expect(hash(text)).toMatch(/^[0-9a-f]{64}$/);
    expect(hash(text.replace('because', 'because so'))).not.toBe(hash(text));
  });
});

import { describe, expect, it } from 'vitest';
import { parse as parseYaml, stringify } from 'yaml';
import { compiled, fixtureSchema, starterSources } from '../../tests/properties/policy-fixture.ts';
import { buildView } from './build-view.ts';
import { compilePolicy } from './compile-policy.ts';
import { runPolicyTests } from './policy-tests.ts';
import type { Policy } from './policy.ts';
import { readCoordinates } from './read-coordinates.ts';
import { NEVER } from './vocabulary.ts';

const policy = compiled();

/** The policy with one file's content changed; null when it does not compile any more. */
function changed(file: string, change: (content: { rules: Record<string, unknown>[] }) => void): Policy | null {
  const { coordinates, missing } = readCoordinates(fixtureSchema);
  const sources = starterSources.map((source) => {
    if (source.file !== file) return source;
    const content = parseYaml(source.text);
    change(content);
    return { file, text: stringify(content) };
  });
  const result = compilePolicy(sources, coordinates, missing);
  return result.ok ? result.policy : null;
}

describe('the starter policy', () => {
  it('comes out in every example as its files say', () => {
    const { ran, failed } = runPolicyTests(policy);
    expect(failed.map(({ message }) => message)).toEqual([]);
    expect(ran).toBeGreaterThan(200);
  });

  it('has a purpose for each of the contract, each with a view that can be built', () => {
    const promised = [
      'enrol.administer',
      'attend.follow-up',
      'trace.list',
      'trace.visit',
      'trace.enrol',
      'benefit.session',
      'protect.child',
      'register.supply',
    ];
    const others = ['foreign.report', 'statistics.publish', 'oversight.audit', 'family.access', 'vital.break-glass', 'link.review'];
    expect(new Set(policy.views.map(({ purpose }) => purpose))).toEqual(new Set([...promised, ...others]));
    for (const plan of policy.views) expect(() => buildView(fixtureSchema, plan), plan.id).not.toThrow();
  });

  it('has in every file an example that permits and one that refuses', () => {
    for (const purpose of policy.tree.purposes.filter(({ info }) => info.who.length > 0)) {
      const expected = new Set(purpose.tests.map(({ expect: how }) => how));
      expect(expected.has('permit') && expected.has('deny'), purpose.file).toBe(true);
    }
  });

  const allows = [...policy.rules.values()].filter(({ effect }) => effect === 'allow');
  it.each(allows.map(({ id, file }) => [id, file] as const))('would not keep its word without the rule %s', (id, file) => {
    const without = changed(file, (content) => {
      content.rules = content.rules.filter((rule) => `${file.replace('.yaml', '')}/${rule.id}` !== id);
    });
    // A purpose may also stop compiling: a filter that nothing allows to read any more.
    expect(without === null || runPolicyTests(without).failed.length > 0).toBe(true);
  });

  const denies = [...policy.rules.values()].filter(({ effect }) => effect === 'deny');
  it.each(denies.map((rule) => [rule.id, rule] as const))('holds to the deny %s whatever else is allowed in the same breath', (_, rule) => {
    const wide = changed(rule.file, (content) => {
      content.rules = content.rules.filter((each) => each.effect === 'deny');
      content.rules.push({
        id: 'everything',
        effect: 'allow',
        categories: [...rule.categories],
        verbs: [...rule.verbs],
        basis: { gdpr6: '6(1)(e)', gdpr9: '9(2)(g)', national: 'a draft by mistake' },
        why: 'a draft by mistake',
      });
    });
    expect(wide).not.toBeNull();
    for (const view of wide?.views ?? [])
      if (wide?.tree.lineage(view.purpose).some(({ info }) => info.id === rule.purpose))
        for (const category of rule.categories)
          for (const verb of rule.verbs) expect(wide.categoryOutcome(view.kind, view.purpose, category, verb)).toEqual({ effect: 'DENY' });
  });

  it('knows no ethnicity, religion or diagnosis of any child', () => {
    for (const { text, file } of starterSources) for (const word of NEVER) expect(text.includes(word), `${file} ${word}`).toBe(false);
  });

  it('lets nobody but the school see why a child left, and nobody but protection its case', () => {
    const readers = (category: string) =>
      new Set(
        policy.views
          .filter(({ kind, purpose }) => policy.categoryOutcome(kind, purpose, category, 'read').effect !== 'DENY')
          .map(({ id }) => id),
      );
    expect(readers('education.discharge-reason')).toEqual(new Set(['school.enrol.administer']));
    expect(readers('protection.case')).toEqual(new Set(['protection.protect.child']));
    expect(readers('family.parents-abroad')).toEqual(new Set(['protection.protect.child']));
    expect(readers('consent.authorization')).toEqual(new Set(['guardian.family.access']));
  });
});

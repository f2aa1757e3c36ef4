import { buildSchema, graphql, type GraphQLObjectType, type GraphQLSchema, parse, printSchema, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { compiled, fixtureSchema } from '../../tests/properties/policy-fixture.ts';
import { buildView } from './build-view.ts';
import { printView } from './print-view.ts';
import { readCoordinates } from './read-coordinates.ts';
import type { ViewPlan } from './view-plan.ts';

const policy = compiled();
const planOf = (id: string): ViewPlan => policy.views.find((view) => view.id === id) as ViewPlan;
const viewOf = (id: string): GraphQLSchema => buildView(fixtureSchema, planOf(id));
const faults = (schema: GraphQLSchema, document: string) => validate(schema, parse(document)).map(({ message }) => message);
/** A view of a schema of its own, in which just these coordinates are permitted besides plumbing. */
const small = (sdl: string, ...permitted: string[]) => {
  const schema = buildSchema(
    `directive @category(is: String!, verb: String) on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE\n${sdl}`,
  );
  const plumbing = readCoordinates(schema).coordinates.filter(({ category }) => category === 'plumbing');
  const known = new Set([...permitted, ...plumbing.map(({ coordinate }) => coordinate)]);
  return buildView(schema, { ...planOf('school.enrol.administer'), permitted: (coordinate) => known.has(coordinate) });
};
const D = '@category(is: "identity.name")';
const P = '@category(is: "plumbing")';

describe('a view', () => {
  it('answers a denied field as one that never was, without a hint', () => {
    const [message] = faults(viewOf('coordinator.trace.list'), '{ child(id: "1") { birthDate } }');
    expect(message).toMatch(/Cannot query field "birthDate" on type "Child"/);
    expect(faults(viewOf('school.enrol.administer'), '{ child(id: "1") { birthDate } }')).toEqual([]);
  });

  it('has no filter, order or count that its purpose may not use', () => {
    const coordinator = viewOf('coordinator.trace.list');
    expect(faults(coordinator, '{ children(where: { birthYear: 2015 }, orderBy: FAMILY_NAME) { totalCount } }')).toEqual([]);
    expect(faults(coordinator, '{ children(where: { birthDate: "2015-01-02" }) { pageInfo { hasNextPage } } }')).toHaveLength(1);
    expect(faults(coordinator, '{ children(orderBy: BIRTH_DATE) { pageInfo { hasNextPage } } }')).toHaveLength(1);
    expect(faults(viewOf('school.enrol.administer'), '{ children { totalCount } }')).toHaveLength(1);
  });

  it('drops a default order that the purpose may not ask for itself', () => {
    const argument = viewOf('coordinator.trace.list')
      .getQueryType()
      ?.getFields()
      .children?.args.find(({ name }) => name === 'orderBy');
    expect(argument?.defaultValue).toBeUndefined();
  });

  it('drops an argument whose input has nothing left, a root whose required argument is gone, and a root whose result is hollow', () => {
    const family = viewOf('guardian.family.access').getQueryType()?.getFields() ?? {};
    expect(family.children?.args.map(({ name }) => name)).toEqual(['first', 'after']);
    expect(family.coverageList).toBeUndefined();
    expect(family.tracingCase).toBeUndefined();
    expect(viewOf('guardian.family.access').getType('TracingCase')).toBeUndefined();
  });

  it('of an agency that may know of no child has no trace of children', () => {
    for (const id of ['ministry.statistics.publish', 'oversight.oversight.audit', 'foreign-school.foreign.report'])
      expect(printSchema(viewOf(id))).not.toMatch(/child|Visit|Guardian|Coverage|tracing/i);
  });

  it('hides an enum value that speaks of protection from those who may not know of it', () => {
    expect(printSchema(viewOf('coordinator.trace.list'))).not.toContain('PROTECTION_CONCERN');
    expect(printSchema(viewOf('outreach.trace.visit'))).toContain('PROTECTION_CONCERN');
  });

  it('does not speak in descriptions of what it does not hold', () => {
    const shown = printSchema(viewOf('coordinator.trace.list'));
    expect(shown).not.toContain('birthDate');
    expect(shown).toContain('"""The year."""');
    expect(shown).toContain('"""A child."""');
  });

  it('cuts whole sentences only, and not for a word that every sentence has', () => {
    const view = small(
      `type Query { "What to do, e.g. VISIT. Not by secret." a: Int ${D} to: Int ${D} secret: Int ${D} b(A: Int ${D}): Int ${D} "A visit." c: Int ${D} }`,
      'Query.a',
      'Query.c',
    );
    expect(view.getQueryType()?.getFields().a?.description).toBe('What to do, e.g. VISIT.');
    expect(view.getQueryType()?.getFields().c?.description).toBe('A visit.');
  });

  it('keeps a mutation whose answer is structure alone: to write does not hang on reading', () => {
    const view = viewOf('school.enrol.administer');
    expect(view.getMutationType()?.getFields().recordConsent).toBeDefined();
    expect(view.getMutationType()?.getFields().recordVisit).toBeUndefined();
  });

  it('takes an interface from a type that lost one of its fields, and a union member that is gone', () => {
    const view = small(
      `interface Node { id: ID ${D} } type A implements Node { id: ID ${D} a: Int ${D} } type B implements Node { id: ID ${D} b: Int ${D} } union AB = A | B type Query { node: Node ${P} ab: AB ${P} b: B ${P} }`,
      'Node.id',
      'A.id',
      'A.a',
      'B.b',
    );
    expect((view.getType('B') as GraphQLObjectType).getInterfaces()).toEqual([]);
    expect((view.getType('A') as GraphQLObjectType).getInterfaces()).toHaveLength(1);
    const alone = small(`type A { a: Int ${D} } type B { b: Int ${D} } union AB = A | B type Query { ab: AB ${P} }`, 'A.a');
    expect(printSchema(alone)).toContain('union AB = A');
    expect(alone.getType('B')).toBeUndefined();
  });

  it('drops an input type that lost a required member, and what needs it, through a circle too', () => {
    const view = small(
      `input In { need: String! ${D} next: In ${P} } type T { t(in: In! ${P}): Int ${D} u: Int ${D} } type Query { t: T ${P} }`,
      'T.t',
      'T.u',
    );
    expect(view.getType('In')).toBeUndefined();
    expect(Object.keys((view.getType('T') as GraphQLObjectType).getFields())).toEqual(['u']);
  });

  it('refuses to be built when nothing is left to ask for', () => {
    expect(() => small(`type Query { a: Int ${D} }`)).toThrow(/is empty/);
  });

  it('keeps the resolvers', async () => {
    const query = fixtureSchema.getQueryType()?.getFields() ?? {};
    if (query.me) query.me.resolve = () => ({ id: 'school-1' });
    const answer = await graphql({ schema: viewOf('school.enrol.administer'), source: '{ me { id } }' });
    expect(answer.data).toEqual({ me: { id: 'school-1' } });
  });

  it('does not tell in introspection that there are categories', () => {
    expect(viewOf('school.enrol.administer').getDirective('category')).toBeFalsy();
  });
});

describe('the printed view', () => {
  it('names purpose, law, instrument and notice, shows categories and conditions, and is the same each time', () => {
    const plan = planOf('outreach.trace.visit');
    const printed = printView(buildView(fixtureSchema, plan), plan);
    expect(printed).toContain('# outreach for trace.visit');
    expect(printed).toContain('Decree 100');
    expect(printed).toContain('# notice: ');
    expect(printed).toContain(
      'guardians: [Guardian!] @category(is: "family.guardian", subject: "guardian") @residual(conditions: ["GUARDIAN_AUTHORIZATION"])',
    );
    expect(printed).toContain('@residual(conditions: ["NOT_SAFEGUARDED"])');
    expect(printed).not.toContain(policy.hash);
    expect(printView(buildView(fixtureSchema, plan), plan)).toBe(printed);
    expect(() => buildSchema(printed)).not.toThrow();
  });
});

describe('the coordinates of a schema', () => {
  it('include arguments, inputs and order members, each with its verb', () => {
    const { coordinates, missing } = readCoordinates(fixtureSchema);
    expect(missing).toEqual([]);
    const verb = (at: string) => coordinates.find(({ coordinate }) => coordinate === at)?.verb;
    expect(verb('Child.birthDate')).toBe('read');
    expect(verb('ChildFilter.municipality')).toBe('filter');
    expect(verb('ChildOrder.BIRTH_DATE')).toBe('sort');
    expect(verb('Query.coverageList(municipality:)')).toBe('filter');
    expect(verb('ChildConnection.totalCount')).toBe('aggregate');
  });

  it('are missing where nothing is said, where an input states no verb, and where an order member is bare', () => {
    const bare =
      buildSchema(`directive @category(is: String!, verb: String) on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
      enum Order { NAME } input In { name: String ${D} } type Query { a(order: Order ${P}, in: In): Int b: Int ${D} }`);
    expect(readCoordinates(bare).missing.sort()).toEqual(['In.name verb', 'Order.NAME', 'Query.a', 'Query.a(in:)']);
  });

  it('may be told by extensions instead of directives', () => {
    const schema = buildSchema('type Query { a: Int }');
    const field = schema.getQueryType()?.getFields().a;
    if (field) field.extensions = { category: { is: 'identity.name', subject: 'child' } };
    expect(readCoordinates(schema).coordinates).toEqual([
      { coordinate: 'Query.a', place: 'output', verb: 'read', category: 'identity.name', subject: 'child' },
    ]);
  });
});

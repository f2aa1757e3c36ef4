import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** Values that arguments are drawn from, by the argument's name; what no pool names is drawn from `any`. */
export interface Pools {
  /** Ids of children: within reach, out of reach, and of nobody. */
  ids: readonly string[];
  /** Cursors seen so far. */
  cursors: string[];
  words: Readonly<Record<string, readonly unknown[]>>;
  /** Of real children: a match needs all of one. */
  identities: readonly { scheme: string; nationalId: string; birthDate: string }[];
}
type Draw = <T>(values: readonly T[]) => T;
const MATCHING = new Set(['matchChild']);
const DEEPEST = 6;

/** Writes one operation of a view: random fields, arguments, orders, pages, aliases, fragments. */
class OperationWriter {
  readonly #fragments: string[] = [];
  readonly #variables = new Map<string, { type: string; value: unknown }>();
  #names = 0;
  #next(): number {
    this.#names += 1;
    return this.#names;
  }
  constructor(
    readonly draw: Draw,
    readonly chance: (of: number) => boolean,
    readonly pools: Pools,
    readonly eager: (coordinate: string) => boolean,
  ) {}

  operation(schema: GraphQLSchema): { query: string; variables: Record<string, unknown> } {
    const mutation = schema.getMutationType()?.getFields();
    const matching = mutation && Object.values(mutation).filter(({ name }) => MATCHING.has(name));
    const isMatch = matching !== undefined && matching.length > 0 && this.chance(8);
    const root = (isMatch ? schema.getMutationType() : schema.getQueryType()) as GraphQLObjectType;
    const fields = isMatch
      ? matching
      : Object.values(root.getFields()).filter(({ name }) => !['me', 'policy'].includes(name) || this.chance(10));
    const chosen = isMatch || this.chance(2) ? [this.draw(fields)] : [this.draw(fields), this.draw(fields)];
    const body = chosen.map((field) => this.#field(field, schema, 0)).join(' ');
    const declared = [...this.#variables].map(([name, { type }]) => `$${name}: ${type}`).join(', ');
    const query = `${isMatch ? 'mutation' : 'query'} Any${declared && `(${declared})`} { ${body} } ${this.#fragments.join(' ')}`;
    return { query, variables: Object.fromEntries([...this.#variables].map(([name, { value }]) => [name, value])) };
  }

  #field(field: { name: string; args: readonly GraphQLArgument[]; type: GraphQLOutputType }, schema: GraphQLSchema, depth: number): string {
    // Every field has a name of its own: two with other arguments could not be merged.
    const alias = this.chance(4) || field.args.length > 0 ? `f${this.#next()}: ` : '';
    const args = field.args.flatMap((arg) =>
      isNonNullType(arg.type) || this.chance(2) ? [`${arg.name}: ${this.#value(arg.type, arg.name)}`] : [],
    );
    return `${alias}${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${this.#selection(getNamedType(field.type), schema, depth + 1)}`;
  }

  #selection(type: GraphQLNamedType, schema: GraphQLSchema, depth: number): string {
    if (isLeafType(type)) return '';
    if (isInterfaceType(type)) {
      const [only] = schema.getPossibleTypes(type);
      return ` { __typename ... on ${only?.name}${this.#selection(only as GraphQLObjectType, schema, depth)} }`;
    }
    if (!isObjectType(type)) return '';
    const all = Object.values(type.getFields());
    const shallow = depth >= DEEPEST ? all.filter((field) => isLeafType(getNamedType(field.type))) : all;
    const usable = shallow.length > 0 ? shallow : all;
    // Structure is walked through, so that most operations reach data.
    const edges = usable.filter(
      ({ name }) => ['edges', 'node', 'child', 'coverage'].includes(name) && /Connection|Edge|Entry|Payload/.test(type.name),
    );
    const chosen = new Set([
      ...edges,
      ...Array.from({ length: edges.length > 0 ? 1 : 1 + (this.chance(2) ? 3 : 5) }, () => this.draw(usable)),
    ]);
    for (const field of usable) if (this.eager(`${type.name}.${field.name}`) && this.chance(3)) chosen.add(field);
    const inner = [...chosen].map((field) => this.#field(field, schema, depth));
    if (this.chance(6)) inner.push('__typename');
    if (this.chance(8)) return ` { ... on ${type.name} { ${inner.join(' ')} } }`;
    if (this.chance(8)) {
      const name = `Part${this.#next()}`;
      this.#fragments.push(`fragment ${name} on ${type.name} { ${inner.join(' ')} }`);
      return ` { ...${name} }`;
    }
    return ` { ${inner.join(' ')} }`;
  }

  #value(type: GraphQLInputType, name: string): string {
    const plain = isNonNullType(type) ? type.ofType : type;
    if (isInputObjectType(plain)) {
      const fields = Object.values(plain.getFields());
      const identity = plain.name === 'MatchChildInput' && !this.chance(5) ? this.draw(this.pools.identities) : null;
      if (identity)
        return `{ idempotencyKey: "once upon a time", scheme: ${identity.scheme}, nationalId: "${identity.nationalId}", birthDate: "${identity.birthDate}" }`;
      const given = fields.filter((field) => isNonNullType(field.type) || this.chance(3));
      return `{ ${given.map((field) => `${field.name}: ${this.#value(field.type, field.name)}`).join(', ')} }`;
    }
    if (isListType(plain)) return `[${Array.from({ length: this.chance(3) ? 2 : 1 }, () => this.#value(plain.ofType, name)).join(', ')}]`;
    if (isEnumType(plain)) return this.draw(plain.getValues()).name;
    const value = this.#drawn(plain.name, name);
    if (!this.chance(3) || name === 'after') return JSON.stringify(value);
    const variable = `v${this.#variables.size}`;
    this.#variables.set(variable, { type: String(type), value });
    return `$${variable}`;
  }

  #drawn(type: string, name: string): unknown {
    const { ids, cursors, words } = this.pools;
    if (name === 'after') return this.draw([...cursors.slice(-40), 'no-cursor']);
    if (type === 'ID') return this.draw(ids);
    const pool = words[name];
    if (pool) return this.draw(pool);
    if (type === 'Int') return this.draw([0, 1, 2, 2013, 2014, 2016]);
    if (type === 'Boolean') return this.draw([true, false]);
    if (type === 'LocalDate') return this.draw(['2026-11-16', '2026-09-20', '2014-02-02']);
    return this.draw(['', 'x', 'BG', 'SOF46']);
  }
}

/** An operation of a view, drawn by fast-check's generator `g`. @param eager coordinates that are asked for more often. */
export function drawOperation(
  g: fc.GeneratorValue,
  schema: GraphQLSchema,
  pools: Pools,
  eager: (coordinate: string) => boolean,
): { query: string; variables: Record<string, unknown> } {
  const draw: Draw = (values) => values[g(fc.nat, { max: values.length - 1 })] as never;
  const chance = (of: number) => g(fc.nat, { max: of - 1 }) === 0;
  return new OperationWriter(draw, chance, pools, eager).operation(schema);
}

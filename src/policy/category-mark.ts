import { type ConstDirectiveNode, Kind, type ValueNode } from 'graphql';

/** What stands beside a part of the schema, unchecked. */
export interface CategoryMark {
  readonly is: string;
  readonly subject?: string;
  readonly verb?: string;
  readonly sources?: readonly string[];
}

/** Anything of a GraphQL schema that can carry a category. */
export interface Marked {
  readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] } | null;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Reads `@category(is:, subject:, verb:, sources:)` beside a part of the schema; else its `extensions.category`; undefined when it has neither. */
export function readMark(part: Marked): CategoryMark | undefined {
  const directive = part.astNode?.directives?.find((each) => each.name.value === 'category');
  if (!directive) return part.extensions?.category as CategoryMark | undefined;
  const values = new Map((directive.arguments ?? []).map((argument) => [argument.name.value, plain(argument.value)]));
  return {
    is: String(values.get('is') ?? ''),
    subject: values.get('subject') as string | undefined,
    verb: values.get('verb') as string | undefined,
    sources: values.get('sources') as string[] | undefined,
  };
}

function plain(node: ValueNode): unknown {
  if (node.kind === Kind.LIST) return node.values.map(plain);
  return node.kind === Kind.STRING || node.kind === Kind.ENUM ? node.value : undefined;
}

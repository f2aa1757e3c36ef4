import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  MaxIntrospectionDepthRule,
  type OperationDefinitionNode,
  parse,
  type ValidationRule,
  validate,
} from 'graphql';
import { type ComplexityEstimatorArgs, getComplexity } from 'graphql-query-complexity';
import { type ErrorCode, HubError } from '../kernel/errors.ts';

const require = createRequire(import.meta.url);
type Rule<O> = (options: O) => ValidationRule;
type Callbacks = { exposeLimits: boolean; onReject: ((context: unknown, error: GraphQLError) => void)[] };
const { costLimitRule } = require('@escape.tech/graphql-armor-cost-limit') as {
  costLimitRule: Rule<{ maxCost: number; depthCostFactor: number; ignoreIntrospection: boolean } & Callbacks>;
};
const { maxDepthRule } = require('@escape.tech/graphql-armor-max-depth') as {
  maxDepthRule: Rule<{ n: number; ignoreIntrospection: boolean } & Callbacks>;
};
const { maxAliasesRule } = require('@escape.tech/graphql-armor-max-aliases') as { maxAliasesRule: Rule<{ n: number } & Callbacks> };
const { maxDirectivesRule } = require('@escape.tech/graphql-armor-max-directives') as {
  maxDirectivesRule: Rule<{ n: number } & Callbacks>;
};

/** Limits of one operation; a request over any of them is refused before anything is read. */
export const LIMITS = Object.freeze({
  /** Bytes of a request's body. */
  bodyBytes: 256 * 1024,
  /** Lexical tokens of a document. */
  tokens: 4000,
  depth: 12,
  aliases: 30,
  directives: 50,
  /** Cost of the document as written, before page sizes are known: stops nested fragments within milliseconds. */
  documentCost: 20_000,
  /** Fields of the answer at most, page sizes counted. */
  answerFields: 40_000,
});

const refusal = (message: string, code: ErrorCode = 'OPERATION_TOO_COMPLEX') => new GraphQLError(message, { extensions: { code } });
const refuse: Callbacks = {
  exposeLimits: false,
  onReject: [
    () => {
      throw refusal('The operation is too complex.');
    },
  ],
};

/** The limits that need no variables, in the order in which they stand: the cheapest and most protective first. */
export const limitRules: readonly ValidationRule[] = Object.freeze([
  costLimitRule({ maxCost: LIMITS.documentCost, depthCostFactor: 1.2, ignoreIntrospection: false, ...refuse }),
  // The introspection query that every client sends is 21 deep; `check` stops an endless one.
  maxDepthRule({ n: LIMITS.depth, ignoreIntrospection: true, ...refuse }),
  maxAliasesRule({ n: LIMITS.aliases, ...refuse }),
  maxDirectivesRule({ n: LIMITS.directives, ...refuse }),
]);

const MAX_KEPT = 10_000;

/** The limits of a view's documents. They come before GraphQL's own rules, some of which take minutes over 2 KB of nested fragments. */
export class DocumentLimits {
  readonly #view: GraphQLSchema;
  /** Digests of documents that are within the limits: each is looked at once. */
  readonly #within = new Set<string>();

  constructor(view: GraphQLSchema) {
    this.#view = view;
  }

  /** Looks at a document as it came. One that cannot be parsed passes: the parser has a name for that. @throws HubError OPERATION_TOO_COMPLEX */
  check(source: unknown): void {
    if (typeof source !== 'string') return;
    const digest = createHash('sha256').update(source).digest('base64');
    if (this.#within.has(digest)) return;
    let document: DocumentNode;
    try {
      document = parse(source, { maxTokens: LIMITS.tokens });
    } catch {
      return;
    }
    try {
      const [endless] = validate(this.#view, document, [...limitRules, MaxIntrospectionDepthRule]);
      if (endless) throw refusal('The operation is too complex.');
    } catch (error) {
      throw error instanceof GraphQLError ? new HubError('OPERATION_TOO_COMPLEX', error.message) : error;
    }
    if (this.#within.size >= MAX_KEPT) this.#within.clear();
    this.#within.add(digest);
  }
}

const LIST_GUESS = 5;
/** Pages count by what `first` asks; other lists of a child by a guess; a field is one. */
function estimate({ args, childComplexity, field, type }: ComplexityEstimatorArgs): number {
  const { first } = args as { first?: unknown };
  if (typeof first === 'number') return 1 + Math.max(0, first) * childComplexity;
  if (field.args.some((arg) => arg.name === 'first')) return 1 + 20 * childComplexity;
  const isList = String(field.type).startsWith('[') && !type.name.endsWith('Connection');
  return 1 + (isList ? LIST_GUESS : 1) * childComplexity;
}

/** @throws GraphQLError OPERATION_TOO_COMPLEX for an answer that could grow too large, or a mutation of several root fields (one case, one transaction, one entry). */
export function checkOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): void {
  if (operation.operation === 'mutation') {
    const [only, ...others] = operation.selectionSet.selections;
    if (others.length > 0 || only?.kind !== Kind.FIELD) throw refusal('A mutation names one root field.');
  }
  let complexity: number;
  try {
    complexity = getComplexity({ schema, query: document, operationName: operation.name?.value, variables, estimators: [edgesOnce] });
  } catch (error) {
    throw refusal(error instanceof GraphQLError ? error.message : 'The variables do not fit the operation.', 'BAD_USER_INPUT');
  }
  if (complexity > LIMITS.answerFields) throw refusal('The answer could be too large: ask for smaller pages or fewer fields.');
}

// `edges` of a connection repeats what `first` has counted already.
function edgesOnce(options: ComplexityEstimatorArgs): number {
  return options.field.name === 'edges' ? options.childComplexity : estimate(options);
}

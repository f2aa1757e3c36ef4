import { ApolloServer, type ApolloServerPlugin, HeaderMap, type HTTPGraphQLRequest, type HTTPGraphQLResponse } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { ERROR_CODES, HubError } from '../kernel/errors.ts';
import { buildView } from '../policy/build-view.ts';
import { printView } from '../policy/print-view.ts';
import { GATE_CODES, gated } from './gate.ts';
import type { Recorder } from './record.ts';
import { disclosureExtension, disclosureOf, formatError, isIntrospection } from './respond.ts';
import type { ServedExchange, ViewFacts } from './served-exchange.ts';
import { checkOperation, DocumentLimits, LIMITS } from './validate.ts';

/** One view at work: its schema and the server that answers for it, made when the first caller comes. */
export interface ViewServer {
  readonly facts: ViewFacts;
  readonly sdl: string;
  /** @throws HubError OPERATION_TOO_COMPLEX */
  execute(request: HTTPGraphQLRequest, exchange: ServedExchange): Promise<HTTPGraphQLResponse>;
  stop(): Promise<void>;
}

/** @param log logs the cause of an unknown error under the reference it gives. */
export async function startViewServer(options: {
  schema: GraphQLSchema;
  facts: ViewFacts;
  recorder: Recorder;
  log: (cause: unknown) => string;
}): Promise<ViewServer> {
  const { schema, facts, recorder, log } = options;
  const view = buildView(schema, facts.plan);
  const sdl = printView(view, facts.plan);
  const limits = new DocumentLimits(view);
  const server = new ApolloServer<ServedExchange>({
    schema: gated(view),
    introspection: true,
    allowBatchedHttpRequests: false,
    // Suggestions would name what a caller may not know of.
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // A bearer token is no cookie, so a page of another origin cannot send one.
    csrfPrevention: false,
    parseOptions: { maxTokens: LIMITS.tokens },
    formatError: (formatted, error) => formatError(formatted, error, log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      steps(view, recorder, log),
    ],
  });
  await server.start();
  return {
    facts,
    sdl,
    stop: () => server.stop(),
    execute: (request, exchange) => {
      limits.check(sourceOf(request));
      return server.executeHTTPGraphQLRequest({ httpGraphQLRequest: request, context: async () => exchange });
    },
  };
}

const sourceOf = ({ method, body, search }: HTTPGraphQLRequest): unknown =>
  method === 'GET' ? new URLSearchParams(search).get('query') : (body as { query?: unknown } | null)?.query;

/** The steps of the path that stand between GraphQL's own: limits before execution, recording before the answer. */
function steps(view: GraphQLSchema, recorder: Recorder, log: (cause: unknown) => string): ApolloServerPlugin<ServedExchange> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, operation, request, contextValue: exchange }) => {
        if (!operation) return;
        checkOperation(view, document, operation, request.variables ?? {});
        if (operation.operation === 'mutation') exchange.becomeMutation();
      },
      willSendResponse: async ({ response, contextValue: exchange, operation, operationName, source }) => {
        if (response.body.kind !== 'single') throw new Error('answers are sent whole');
        const result = response.body.singleResult;
        if (!operation || result.data === undefined || isIntrospection(operation)) return;
        const gate = result.errors?.find((error) => GATE_CODES.has(String(error.extensions?.code)));
        if (gate) {
          response.body = { kind: 'single', singleResult: { errors: [gate] } };
          response.http.status = 403;
          return;
        }
        try {
          const failedMutation = exchange.isMutation && (result.errors?.length ?? 0) > 0;
          const extension = await disclose(exchange, recorder, source ?? '', operationName ?? null, failedMutation);
          if (extension) result.extensions = { ...result.extensions, disclosure: extension };
        } catch (error) {
          // Nothing leaves without its entry: the whole body is replaced, for a thrown error would lose its code.
          const failure = error instanceof HubError ? error : new HubError('LEDGER_UNAVAILABLE');
          log(error instanceof Error && error.cause ? error.cause : error);
          response.body = {
            kind: 'single',
            singleResult: {
              errors: [{ message: failure.message, extensions: { code: failure.code, next: ERROR_CODES[failure.code].next } }],
            },
          };
          response.http.status = failure.http;
        }
      },
    }),
  };
}

/** Makes the entry durable: for a query by group commit after its session has ended, for a mutation in its own transaction. */
async function disclose(
  exchange: ServedExchange,
  recorder: Recorder,
  source: string,
  operationName: string | null,
  failedMutation: boolean,
) {
  // A failed mutation changed and showed nothing: its transaction is given up whole.
  if (failedMutation) {
    await exchange.session.close();
    return null;
  }
  await exchange.fix();
  const summary = exchange.log.summarise((coordinate) => {
    const outcome = exchange.plan.outcomes.get(coordinate);
    return outcome !== undefined && outcome.effect !== 'DENY' && outcome.generalises !== undefined;
  });
  const entry = disclosureOf(exchange, summary, source, operationName);
  if (exchange.isMutation) {
    await exchange.asLedger((sql) => recorder.recordWithin(sql, entry));
    await exchange.session.commit();
  } else {
    void exchange.session.close();
    await recorder.record(entry);
  }
  return disclosureExtension(exchange, summary);
}

/** Headers of a request as the server wants them. */
export function headerMap(headers: Record<string, string | string[] | undefined>): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  return map;
}

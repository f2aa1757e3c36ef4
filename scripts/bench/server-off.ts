import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { pg } from '../../src/db/sql.ts';
import { Vault } from '../../src/db/vault.ts';
import type { Exchange } from '../../src/exchange/context.ts';
import { DecisionLog } from '../../src/exchange/decision-log.ts';
import { Loading } from '../../src/exchange/load.ts';
import { Metrics } from '../../src/exchange/metrics.ts';
import { OpaqueIds } from '../../src/exchange/opaque-id.ts';
import type { Path } from '../../src/exchange/path.ts';
import { createReceiver } from '../../src/exchange/receive.ts';
import { headerMap } from '../../src/exchange/view-server.ts';
import { checkOperation, DocumentLimits, LIMITS } from '../../src/exchange/validate.ts';
import { blueprint } from '../../src/hub.ts';
import type { Outcome } from '../../src/policy/outcome.ts';
import { CALLER } from './scene.ts';

/** (b) The hub's own resolvers, loaders, limits and HTTP, with policy, consent and recording off: full schema, plain pool, nothing settled, nothing written. */
const { schema, policy } = await blueprint();
const pool = new pg.Pool({ connectionString: process.env.BENCH_ADMIN_URL, max: 10 });
const names = new Map<string, string>();
const nameOf = (text: string) => {
  const name = names.get(text) ?? `b${names.size}`;
  names.set(text, name);
  return name;
};
const session = { query: async (text: string, values: unknown[] = []) => (await pool.query({ name: nameOf(text), text, values })).rows };
const permitted: Outcome = { effect: 'PERMIT', rules: [] };
const view = policy.views.find(({ id }) => id === 'school.enrol.administer');
const plan = { ...view, outcomes: { get: () => permitted } };
const vault = new Vault(Buffer.alloc(32, 1));
const ids = new OpaqueIds(vault, CALLER.agency.id);
class NoLog extends DecisionLog {
  override released(): void {}
  override releasedLoose(): void {}
}
const server = new ApolloServer<Exchange>({
  schema,
  stopOnTerminationSignals: false,
  csrfPrevention: false,
  parseOptions: { maxTokens: LIMITS.tokens },
  plugins: [
    ApolloServerPluginCacheControlDisabled(),
    {
      requestDidStart: async () => ({
        didResolveOperation: async ({ document, operation, request }) =>
          operation && checkOperation(schema, document, operation, request.variables ?? {}),
      }),
    },
  ],
});
await server.start();
const limits = new DocumentLimits(schema);
const path = {
  authenticate: async () => CALLER,
  answer: (_caller: unknown, request: { headers: Record<string, string>; body: unknown }) => {
    const exchange = { caller: CALLER, plan, session, facts: null, log: new NoLog(), ids, vault, reason: null } as unknown as Exchange & {
      load: Loading;
    };
    (exchange as { load: Loading }).load = new Loading(exchange);
    limits.check((request.body as { query?: unknown }).query);
    return server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { ...request, headers: headerMap(request.headers) } as never,
      context: async () => exchange,
    });
  },
};
const app = createReceiver({
  path: path as unknown as Path,
  publicUrl: () => '',
  logger: { info: () => undefined, error: console.error } as never,
  metrics: new Metrics(),
});
await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ url: `http://127.0.0.1:${(app.server.address() as { port: number }).port}/graphql` });

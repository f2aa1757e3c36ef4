import { randomUUID } from 'node:crypto';
import type { HTTPGraphQLResponse } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { Db } from '../db/db.ts';
import type { Vault } from '../db/vault.ts';
import { HubError } from '../kernel/errors.ts';
import type { Policy } from '../policy/policy.ts';
import type { Authenticate, Credentials } from './authenticate.ts';
import type { Caller } from './context.ts';
import type { Recorder } from './record.ts';
import { ServedExchange } from './served-exchange.ts';
import { headerMap, startViewServer, type ViewServer } from './view-server.ts';

/**
 * The one path of every request, step by step:
 *
 * | step | file | on failure |
 * |---|---|---|
 * | receive | receive.ts | 400, a named code |
 * | authenticate | authenticate.ts | 401 |
 * | choose view | here | 403 PURPOSE_NOT_MANDATED |
 * | validate | validate.ts, against the view | 400, as for any unknown field |
 * | gate | gate.ts | 403 |
 * | resolve | the rooms' resolvers: each names a loader | |
 * | load | load.ts, under the view's database role | masked |
 * | settle | load.ts with policy/settle.ts | a rule that errs never permits |
 * | record | record.ts | 503 LEDGER_UNAVAILABLE, no data |
 * | respond | respond.ts | unknown errors become a reference |
 */
export class Path {
  readonly #options: PathOptions;
  readonly #servers = new Map<string, Promise<ViewServer>>();

  constructor(options: PathOptions) {
    this.#options = options;
  }

  /** @throws HubError UNAUTHENTICATED, PURPOSE_NOT_MANDATED. */
  authenticate(credentials: Credentials): Promise<Caller> {
    return this.#options.authenticate(credentials);
  }

  /** The view of a caller. @throws HubError PURPOSE_NOT_MANDATED when policy knows none for its kind and purpose. */
  chooseView(caller: Caller): Promise<ViewServer> {
    const id = `${caller.kind}.${caller.purpose}`;
    let server = this.#servers.get(id);
    if (!server) {
      const { schema, policy, roles, recorder, log } = this.#options;
      const plan = policy.views.find((view) => view.id === id);
      const role = roles.get(id);
      if (!plan || !role) throw new HubError('PURPOSE_NOT_MANDATED');
      server = startViewServer({
        schema,
        facts: { plan, policyHash: policy.hash, purposes: new Set(policy.purposes.keys()), role },
        recorder,
        log,
      });
      this.#servers.set(id, server);
    }
    return server;
  }

  /** An authenticated request through the rest of the path. */
  async answer(
    caller: Caller,
    request: { method: string; headers: Record<string, string | string[] | undefined>; search: string; body: unknown },
  ): Promise<HTTPGraphQLResponse> {
    const server = await this.chooseView(caller);
    const { db, vault, newId } = this.#options;
    const exchange = new ServedExchange({
      caller,
      view: server.facts,
      db,
      vault,
      reason: reasonOf(request.body),
      disclosureId: (newId ?? randomUUID)(),
    });
    try {
      return await server.execute({ ...request, headers: headerMap(request.headers) }, exchange);
    } finally {
      await exchange.session.close();
      this.#options.onStatements?.(exchange.session.statements);
    }
  }

  async stop(): Promise<void> {
    for (const server of this.#servers.values()) await (await server).stop();
  }
}

export interface PathOptions {
  schema: GraphQLSchema;
  policy: Policy;
  /** View id → database role. */
  roles: ReadonlyMap<string, string>;
  db: Db;
  vault: Vault;
  recorder: Recorder;
  authenticate: Authenticate;
  /** Logs an unknown error's kind (never its text) and gives its reference. */
  log: (cause: unknown) => string;
  newId?: () => string;
  onStatements?: (count: number) => void;
}

function reasonOf(body: unknown): string | null {
  const reason = (body as { extensions?: { reason?: unknown } } | null)?.extensions?.reason;
  return typeof reason === 'string' ? reason.slice(0, 2000) : null;
}

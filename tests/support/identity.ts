import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemonstrationClient, demonstrationAgencies } from '../../src/domains/oversight/demonstration-agencies.ts';
import type { ClientDirectory, RegisteredClient, SeenProofs } from '../../src/exchange/authenticate-ports.ts';
import { signClientAssertion, signProof } from '../../src/exchange/authenticate-signing.ts';
import { ensureClientKey, findClientKey } from '../../src/issuer/client-keys.ts';
import { createIssuer, type Issuer } from '../../src/issuer/issuer.ts';
import type { SigningJwk } from '../../src/issuer/jwk.ts';
import { type Clock, systemClock } from '../../src/kernel/clock.ts';

/** Registrations in memory, which a test may change under way. */
export class MemoryDirectory implements ClientDirectory {
  readonly clients = new Map<string, RegisteredClient>();
  asked = 0;
  async findClient(clientId: string) {
    this.asked += 1;
    return this.clients.get(clientId) ?? null;
  }
  change(clientId: string, change: Partial<RegisteredClient>): void {
    this.clients.set(clientId, { ...(this.clients.get(clientId) as RegisteredClient), ...change });
  }
}

export class MemoryProofs implements SeenProofs {
  readonly seen = new Set<string>();
  async first(parts: readonly string[]) {
    const id = JSON.stringify(parts);
    if (this.seen.has(id)) return false;
    this.seen.add(id);
    return true;
  }
}

export interface TokenOptions {
  client?: string;
  scope?: string;
  assertion?: string;
  key?: SigningJwk;
  form?: Record<string, string>;
  proof?: SigningJwk;
}
export interface IssuerAtWork {
  issuer: Issuer;
  home: string;
  clients: MemoryDirectory;
  seen: MemoryProofs;
  demonstration: DemonstrationClient[];
  errors: Error[];
  keyOf(clientId: string): SigningJwk;
  ask(options?: TokenOptions): Promise<{ status: number; body: Record<string, string | number> }>;
  token(options?: TokenOptions): Promise<string>;
  close(): Promise<void>;
}

/** The embedded issuer on a free loopback port, with the demonstration's clients, without a database. */
export async function startIssuer(clock: Clock = systemClock): Promise<IssuerAtWork> {
  const home = mkdtempSync(join(tmpdir(), 'obhvat-issuer-'));
  const clients = new MemoryDirectory();
  const seen = new MemoryProofs();
  const demonstration = demonstrationAgencies({ schoolIds: { BG: ['2200500'], RO: ['2261100007'] } });
  for (const { clientId, agency, purposes, dpopRequired } of demonstration) {
    const keys = [{ ...ensureClientKey(home, clientId) }];
    clients.clients.set(clientId, { clientId, agency, purposes, dpopRequired, revoked: false, jwks: { keys } });
  }
  const errors: Error[] = [];
  let issuer: Issuer | null = null;
  const server = createServer((request, response) => issuer?.callback(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const made = createIssuer({ url, home, clients, seen, clock, onError: (error) => errors.push(error) });
  issuer = made;
  const keyOf = (clientId: string) => findClientKey(home, clientId) as SigningJwk;

  const ask = async (options: TokenOptions = {}) => {
    const { client = 'bg-coordinator', scope = 'purpose:trace.list' } = options;
    const assertion =
      options.assertion ?? (await signClientAssertion({ clientId: client, issuer: url, key: options.key ?? keyOf(client) }));
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      scope,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
      ...options.form,
    });
    const headers: Record<string, string> = options.proof
      ? { dpop: await signProof({ method: 'POST', url: made.tokenEndpoint, key: options.proof }) }
      : {};
    const answer = await fetch(made.tokenEndpoint, { method: 'POST', body: form, headers });
    return { status: answer.status, body: (await answer.json()) as Record<string, string | number> };
  };
  return {
    issuer: made,
    home,
    clients,
    seen,
    demonstration,
    errors,
    keyOf,
    ask,
    token: async (options) => {
      const { status, body } = await ask(options);
      if (status !== 200) throw new Error(`no token: ${JSON.stringify(body)}`);
      return String(body.access_token);
    },
    close: async () => {
      made.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(home, { recursive: true, force: true });
    },
  };
}

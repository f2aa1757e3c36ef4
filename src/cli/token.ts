import { join } from 'node:path';
import { signClientAssertion, signProof } from '../exchange/authenticate-signing.ts';
import { clientKeyFile, findClientKey } from '../issuer/client-keys.ts';
import { makeSigningJwk } from '../issuer/jwk.ts';
import { writePrivateFile } from '../issuer/private-file.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { HubError } from '../kernel/errors.ts';

export interface TokenAnswer {
  token: string;
  tokenType: 'Bearer' | 'DPoP';
  /** Seconds. */
  expiresIn: number;
  purpose: string;
  /** With `dpop`: the file of the private key that each request's proof must be signed with. */
  keyFile: string | null;
}

const DEFAULT_URL = 'http://127.0.0.1:4000';
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const isLoopback = (url: string) => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);

async function askJson(url: string, init: RequestInit = {}): Promise<{ status: number; body: Record<string, unknown> }> {
  try {
    const answer = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(10_000) });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  } catch (cause) {
    throw new HubError('UNAVAILABLE', `the hub does not answer at ${url}: is it running? (npm start, or --url)`, { cause });
  }
}

/** Who the issuer says it is. An assertion made for another name than the asked one could be carried on to that one. */
async function askIssuer(origin: string): Promise<{ issuer: string; endpoint: string }> {
  const { status, body } = await askJson(`${origin}/.well-known/openid-configuration`);
  const { issuer, token_endpoint: endpoint } = body;
  if (status !== 200 || typeof issuer !== 'string' || typeof endpoint !== 'string') {
    throw new HubError('UNAVAILABLE', `${origin} issues no tokens itself: ask the issuer that it is configured with`);
  }
  if (issuer !== origin && !(isLoopback(issuer) && isLoopback(origin))) {
    throw new HubError('BAD_USER_INPUT', `the hub at ${origin} calls itself ${issuer}: use --url ${issuer}`);
  }
  return { issuer, endpoint };
}

/**
 * `token --client ID --purpose P [--case REF] [--actor REF] [--url URL] [--dpop]`: a token from a running hub, with the client's key of this machine.
 * @throws HubError `NOT_FOUND` without a key here, `UNAVAILABLE` when the hub does not answer, `FORBIDDEN` when it refuses (with the OAuth error).
 */
export async function runToken(
  deps: { home: string; clock?: Clock },
  options: { client: string; purpose: string; case?: string; actor?: string; url?: string; dpop?: boolean },
): Promise<TokenAnswer> {
  const { client, purpose, dpop = false } = options;
  const clock = deps.clock ?? systemClock;
  const key = findClientKey(deps.home, client);
  if (!key) throw new HubError('NOT_FOUND', `no key of client ${client} on this machine: expected ${clientKeyFile(deps.home, client)}`);
  const { issuer, endpoint } = await askIssuer((options.url ?? DEFAULT_URL).replace(/\/+$/, ''));
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    scope: `purpose:${purpose}`,
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: await signClientAssertion({ clientId: client, issuer, key, clock }),
  });
  if (options.case) form.set('case', options.case);
  if (options.actor) form.set('actor', options.actor);
  const headers: Record<string, string> = { accept: 'application/json' };
  let keyFile: string | null = null;
  if (dpop) {
    const proofKey = makeSigningJwk();
    keyFile = join(deps.home, 'clients', `${client}.dpop.jwk`);
    writePrivateFile(keyFile, `${JSON.stringify(proofKey)}\n`);
    headers.dpop = await signProof({ method: 'POST', url: endpoint, key: proofKey, clock });
  }
  const { status, body } = await askJson(endpoint, { method: 'POST', headers, body: form });
  if (status !== 200 || typeof body.access_token !== 'string') {
    const why = body.error_description ? `: ${String(body.error_description)}` : '';
    throw new HubError('FORBIDDEN', `the hub gave no token: ${String(body.error ?? status)}${why}`);
  }
  return {
    token: body.access_token,
    tokenType: body.token_type === 'DPoP' ? 'DPoP' : 'Bearer',
    expiresIn: Number(body.expires_in),
    purpose,
    keyFile,
  };
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importJWK, type JWTPayload, SignJWT } from 'jose';
import { type Authenticate, type Credentials, createAuthenticator } from '../../src/exchange/authenticate.ts';
import { failureReason } from '../../src/exchange/authenticate-failure.ts';
import { localKeys } from '../../src/exchange/authenticate-keys.ts';
import type { SigningJwk } from '../../src/issuer/jwk.ts';
import type { Clock } from '../../src/kernel/clock.ts';
import { HubError } from '../../src/kernel/errors.ts';
import { type IssuerAtWork, MemoryProofs } from './identity.ts';

export const GRAPHQL_URL = 'http://127.0.0.1:4000/graphql';
export const bearer = (token: string): Credentials => ({ method: 'POST', url: GRAPHQL_URL, authorization: `Bearer ${token}` });

/** An authenticator of the issuer in this process, with nothing remembered. */
export function authenticatorOf(work: IssuerAtWork, clock?: Clock): Authenticate {
  const { issuer, clients } = work;
  return createAuthenticator({
    issuer: issuer.issuer,
    audience: issuer.audience,
    keys: localKeys(issuer.publishedKeys),
    clients,
    seen: new MemoryProofs(),
    clock,
  });
}

/** The inner reason of a refusal, else its code. @throws Error when it was no refusal, or one that tells a stranger more than the others. */
export async function why(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof HubError)) throw new Error(`expected a refusal, got ${String(error)}`);
  if (error.code === 'UNAUTHENTICATED' && error.message !== 'Get a new token from /oauth/token.')
    throw new Error(`says too much: ${error.message}`);
  return failureReason(error) ?? error.code;
}

/** A token as this issuer would sign it for the coordinator of Sofia, but with whatever a test puts into it. */
export async function forge(
  work: IssuerAtWork,
  claims: JWTPayload,
  options: { header?: Record<string, unknown>; key?: SigningJwk; remove?: string[] } = {},
): Promise<string> {
  const folder = join(work.home, 'issuer');
  const newest = readdirSync(folder).sort().at(-1) as string;
  const key = options.key ?? (JSON.parse(readFileSync(join(folder, newest), 'utf8')) as SigningJwk);
  const now = Math.floor(Date.now() / 1000);
  const all: JWTPayload = {
    iss: work.issuer.issuer,
    aud: work.issuer.audience,
    sub: 'bg-coordinator',
    client_id: 'bg-coordinator',
    agency: 'bg-coordinator',
    kind: 'coordinator',
    purpose: 'trace.list',
    scope: 'purpose:trace.list',
    jti: crypto.randomUUID(),
    iat: now,
    exp: now + 300,
    ...claims,
  };
  for (const name of options.remove ?? []) delete all[name];
  return new SignJWT(all)
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid, ...options.header })
    .sign(await importJWK(key, 'ES256'));
}

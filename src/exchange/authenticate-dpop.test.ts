import { hash } from 'node:crypto';
import { importJWK, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type IssuerAtWork, startIssuer } from '../../tests/support/identity.ts';
import { authenticatorOf, bearer, GRAPHQL_URL, why } from '../../tests/support/tokens.ts';
import { makeSigningJwk, publicHalf } from '../issuer/jwk.ts';
import type { Authenticate } from './authenticate.ts';
import { signProof } from './authenticate-signing.ts';

let work: IssuerAtWork;
const time = { offset: 0, now: () => Date.now() + time.offset };
let authenticate: Authenticate;
beforeAll(async () => {
  work = await startIssuer();
});
afterAll(() => work.close());
beforeEach(() => {
  time.offset = 0;
  authenticate = authenticatorOf(work, time);
});

describe('a token that is bound to a key', () => {
  const key = makeSigningJwk();
  const bound = () => work.token({ proof: key });
  const send = async (token: string, changes: Partial<Parameters<typeof signProof>[0]> = {}) =>
    authenticate({
      method: 'POST',
      url: GRAPHQL_URL,
      authorization: `DPoP ${token}`,
      dpop: await signProof({ method: 'POST', url: GRAPHQL_URL, key, token, clock: time, ...changes }),
    });

  test('is accepted with a proof for this request, and again with a new one', async () => {
    const token = await bound();
    expect((await send(token)).purpose).toBe('trace.list');
    expect((await send(token, { url: `${GRAPHQL_URL}?x=1#y` })).purpose).toBe('trace.list');
  });
  test('is refused as a bearer token, and an unbound token as a bound one', async () => {
    expect(await why(authenticate(bearer(await bound())))).toBe('SCHEME_MISMATCH');
    expect(await why(send(await work.token()))).toBe('SCHEME_MISMATCH');
  });
  test('is refused without a proof', async () => {
    expect(await why(authenticate({ method: 'POST', url: GRAPHQL_URL, authorization: `DPoP ${await bound()}` }))).toBe('PROOF_MISSING');
  });
  test('is refused with a proof that was used', async () => {
    const token = await bound();
    const dpop = await signProof({ method: 'POST', url: GRAPHQL_URL, key, token });
    const request = { method: 'POST', url: GRAPHQL_URL, authorization: `DPoP ${token}`, dpop };
    const results = await Promise.allSettled([authenticate(request), authenticate(request), authenticate(request)]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await why(authenticate(request))).toBe('PROOF_REPLAYED');
  });
  test('is refused with a proof for another address, method or token, by another key, or out of time', async () => {
    const token = await bound();
    expect(await why(send(token, { url: 'http://127.0.0.1:4000/other' }))).toBe('PROOF_REQUEST');
    expect(await why(send(token, { url: 'http://evil.example/graphql' }))).toBe('PROOF_REQUEST');
    expect(await why(send(token, { url: 'not an address' }))).toBe('PROOF_REQUEST');
    expect(await why(send(token, { method: 'GET' }))).toBe('PROOF_REQUEST');
    expect(await why(send(token, { token: undefined }))).toBe('PROOF_TOKEN');
    expect(await why(send(token, { token: await bound() }))).toBe('PROOF_TOKEN');
    expect(await why(send(token, { key: makeSigningJwk() }))).toBe('PROOF_KEY');
    expect(await why(send(token, { clock: { now: () => Date.now() - 70_000 } }))).toBe('PROOF_STALE');
    expect(await why(send(token, { clock: { now: () => Date.now() + 20_000 } }))).toBe('PROOF_STALE');
  });
  test('is refused with a proof that is malformed or shows its private key', async () => {
    const token = await bound();
    const attempt = (dpop: string) => why(authenticate({ method: 'POST', url: GRAPHQL_URL, authorization: `DPoP ${token}`, dpop }));
    expect(await attempt('x')).toBe('PROOF_MALFORMED');
    expect(await attempt(`${await signProof({ method: 'POST', url: GRAPHQL_URL, key, token })}, x`)).toBe('PROOF_MALFORMED');
    const ath = hash('sha256', token, 'base64url');
    const make = async (header: Record<string, unknown>, claims: JWTPayload = {}) =>
      new SignJWT({ htm: 'POST', htu: GRAPHQL_URL, ath, jti: crypto.randomUUID(), iat: Math.floor(Date.now() / 1000), ...claims })
        .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: publicHalf(key), ...header })
        .sign(await importJWK(key, 'ES256'));
    expect(await attempt(await make({ typ: 'JWT' }))).toBe('PROOF_MALFORMED');
    expect(await attempt(await make({ jwk: key }))).toBe('PROOF_MALFORMED');
    expect(await attempt(await make({ jwk: undefined, kid: key.kid }))).toBe('PROOF_MALFORMED');
    expect(await attempt(await make({}, { jti: undefined }))).toBe('PROOF_MALFORMED');
    expect(await attempt(await make({}, { iat: undefined }))).toBe('PROOF_MALFORMED');
  });
  test('is demanded of a client that is registered so', async () => {
    const token = await work.token({ client: 'ro-protection', scope: 'purpose:protect.child' });
    work.clients.change('ro-protection', { dpopRequired: true });
    const reason = await why(authenticate(bearer(token)));
    work.clients.change('ro-protection', { dpopRequired: false });
    expect(reason).toBe('SENDER_CONSTRAINT_MISSING');
  });
});

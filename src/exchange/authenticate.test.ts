import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type IssuerAtWork, MemoryProofs, startIssuer } from '../../tests/support/identity.ts';
import { authenticatorOf, bearer, forge, GRAPHQL_URL, why } from '../../tests/support/tokens.ts';
import { makeSigningJwk, publicHalf } from '../issuer/jwk.ts';
import { HubError } from '../kernel/errors.ts';
import { type Authenticate, createAuthenticator } from './authenticate.ts';
import { authenticateChallenge } from './authenticate-failure.ts';
import { localKeys } from './authenticate-keys.ts';

let work: IssuerAtWork;
let other: IssuerAtWork;
const time = { offset: 0, now: () => Date.now() + time.offset };
let authenticate: Authenticate;
beforeAll(async () => {
  [work, other] = await Promise.all([startIssuer(), startIssuer()]);
});
afterAll(() => Promise.all([work.close(), other.close()]));
beforeEach(() => {
  time.offset = 0;
  authenticate = authenticatorOf(work, time);
});

describe('a token becomes a caller', () => {
  test('for each demonstration client', async () => {
    for (const { clientId, agency, purposes } of work.demonstration) {
      const token = await work.token({ client: clientId, scope: `purpose:${purposes[0]}` });
      const caller = await authenticate(bearer(token));
      expect(caller).toEqual({
        clientId,
        agency,
        kind: agency.kind,
        actor: null,
        purpose: purposes[0],
        caseReference: null,
        tokenId: decodeJwt(token).jti,
        expiresAt: Number(decodeJwt(token).exp) * 1000,
      });
    }
  });
  test('with its case and actor', async () => {
    const token = await work.token({ client: 'bg-outreach', scope: 'purpose:trace.visit', form: { case: 'C-17', actor: 'e-1' } });
    expect(await authenticate(bearer(token))).toMatchObject({ caseReference: 'C-17', actor: 'e-1' });
  });
});

describe('a token is refused, always in the same words', () => {
  test('when there is none, or something else', async () => {
    expect(await why(authenticate({ method: 'POST', url: GRAPHQL_URL }))).toBe('TOKEN_MISSING');
    expect(await why(authenticate({ method: 'POST', url: GRAPHQL_URL, authorization: 'Basic eDp5' }))).toBe('TOKEN_MALFORMED');
    expect(await why(authenticate(bearer('x')))).toBe('TOKEN_MALFORMED');
    expect(await why(authenticate(bearer('a'.repeat(9000))))).toBe('TOKEN_MALFORMED');
    expect(await why(authenticate({ method: 'POST', url: GRAPHQL_URL, authorization: `Bearer ${await work.token()}, Bearer x` }))).toBe(
      'TOKEN_MALFORMED',
    );
  });
  test('under alg none', async () => {
    const body = decodeJwt(await work.token());
    expect(await why(authenticate(bearer(new UnsecuredJWT(body).encode())))).toBe('TOKEN_ALGORITHM');
  });
  test('with the public key used as a shared secret', async () => {
    const body = decodeJwt(await work.token());
    const [key] = work.issuer.publishedKeys().keys;
    for (const secret of [JSON.stringify(key), JSON.stringify({ keys: [key] }), String(key?.x)]) {
      const text = await new SignJWT(body)
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: key?.kid })
        .sign(Buffer.from(secret.padEnd(32)));
      expect(await why(authenticate(bearer(text)))).toBe('TOKEN_ALGORITHM');
    }
  });
  test('signed by another key, also under our key id', async () => {
    const stranger = makeSigningJwk();
    expect(await why(authenticate(bearer(await forge(work, {}, { key: stranger }))))).toBe('TOKEN_KEY_UNKNOWN');
    const [ours] = work.issuer.publishedKeys().keys;
    expect(await why(authenticate(bearer(await forge(work, {}, { key: stranger, header: { kid: ours?.kid } }))))).toBe('TOKEN_SIGNATURE');
    expect(await why(authenticate(bearer(await forge(work, {}, { key: stranger, header: { jwk: publicHalf(stranger) } }))))).toBe(
      'TOKEN_KEY_UNKNOWN',
    );
  });
  test('changed after signing', async () => {
    const [head, , signature] = (await work.token()).split('.');
    const body = Buffer.from(JSON.stringify({ ...decodeJwt(await work.token()), purpose: 'protect.child' })).toString('base64url');
    expect(await why(authenticate(bearer(`${head}.${body}.${signature}`)))).toBe('TOKEN_SIGNATURE');
  });
  test('of another issuer, for another audience, of another type', async () => {
    expect(await why(authenticate(bearer(await other.token())))).toBe('TOKEN_KEY_UNKNOWN');
    expect(await why(authenticate(bearer(await forge(work, { iss: 'https://elsewhere.example' }))))).toBe('TOKEN_ISSUER');
    expect(await why(authenticate(bearer(await forge(work, { aud: 'urn:other:hub' }))))).toBe('TOKEN_AUDIENCE');
    expect(await why(authenticate(bearer(await forge(work, {}, { header: { typ: 'JWT' } }))))).toBe('TOKEN_TYPE');
  });
  test('before and after its time, with five seconds of leeway', async () => {
    const token = await work.token();
    time.offset = 303_000;
    await authenticate(bearer(token));
    time.offset = 306_000;
    expect(await why(authenticate(bearer(token)))).toBe('TOKEN_EXPIRED');
    expect(await why(authenticatorOf(work, time)(bearer(token)))).toBe('TOKEN_EXPIRED');
    time.offset = -10_000;
    expect(await why(authenticatorOf(work, time)(bearer(await work.token())))).toBe('TOKEN_NOT_YET');
    time.offset = 0;
    expect(await why(authenticate(bearer(await forge(work, { nbf: Math.floor(Date.now() / 1000) + 30 }))))).toBe('TOKEN_NOT_YET');
  });
  test('without a claim that it needs', async () => {
    for (const name of ['exp', 'iat', 'jti', 'client_id'])
      expect(await why(authenticate(bearer(await forge(work, {}, { remove: [name] })))), name).toBe('TOKEN_CLAIMS');
    expect(await why(authenticate(bearer(await forge(work, {}, { remove: ['purpose', 'scope'] }))))).toBe('TOKEN_PURPOSE');
  });
  test('with two purposes, or two that differ', async () => {
    for (const claims of [
      { purpose: ['trace.list', 'protect.child'] },
      { scope: 'purpose:trace.list purpose:protect.child' },
      { scope: 'purpose:protect.child' },
      { purpose: 'trace.list protect.child' },
      { purpose: 'constructor' },
    ]) {
      expect(await why(authenticate(bearer(await forge(work, claims)))), JSON.stringify(claims)).toBe('TOKEN_PURPOSE');
    }
  });
  test('with a confirmation that this hub cannot check', async () => {
    for (const cnf of [{ 'x5t#S256': 'x' }, { jkt: 'x', 'x5t#S256': 'x' }, {}, 'x', null]) {
      expect(await why(authenticate(bearer(await forge(work, { cnf })))), JSON.stringify(cnf)).toBe('TOKEN_CONFIRMATION');
    }
  });
  test('after fifteen minutes under break-glass, whatever its own end is', async () => {
    const claims = {
      client_id: 'bg-protection',
      agency: 'bg-protection',
      kind: 'protection',
      purpose: 'vital.break-glass',
      scope: undefined,
    };
    const now = Math.floor(Date.now() / 1000);
    const text = await forge(work, { ...claims, exp: now + 86_400 });
    expect((await authenticate(bearer(text))).expiresAt).toBe((now + 900) * 1000);
    time.offset = 906_000;
    expect(await why(authenticate(bearer(text)))).toBe('TOKEN_EXPIRED');
  });
});

describe('the registration is the authority', () => {
  test('a client that nobody registered, or that says it is another kind, is refused', async () => {
    expect(await why(authenticate(bearer(await forge(work, { client_id: 'nobody' }))))).toBe('CLIENT_UNKNOWN');
    expect(await why(authenticate(bearer(await forge(work, { kind: 'oversight' }))))).toBe('CLIENT_MISMATCH');
    expect(await why(authenticate(bearer(await forge(work, { agency: 'ro-coordinator' }))))).toBe('CLIENT_MISMATCH');
  });
  test('a revoked client and a withdrawn mandate stop within five seconds', async () => {
    const token = await work.token();
    await authenticate(bearer(token));
    const purposes = work.clients.clients.get('bg-coordinator')?.purposes ?? [];
    work.clients.change('bg-coordinator', { purposes: [] });
    time.offset = 5_000;
    const refusal = await authenticate(bearer(token)).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'PURPOSE_NOT_MANDATED', http: 403 });
    work.clients.change('bg-coordinator', { purposes, revoked: true });
    time.offset = 10_000;
    expect(await why(authenticate(bearer(token)))).toBe('CLIENT_REVOKED');
    work.clients.change('bg-coordinator', { revoked: false });
    time.offset = 15_000;
    await authenticate(bearer(token));
  });
  test('is asked once for many requests at the same moment', async () => {
    const token = await work.token();
    work.clients.asked = 0;
    await Promise.all(Array.from({ length: 20 }, () => authenticate(bearer(token))));
    expect(work.clients.asked).toBe(1);
  });
  test('an unreachable registration is no answer, and is asked again', async () => {
    let broken = true;
    const clients = {
      findClient: async (id: string) => (broken ? Promise.reject(new HubError('UNAVAILABLE')) : work.clients.findClient(id)),
    };
    const attempt = createAuthenticator({
      issuer: work.issuer.issuer,
      audience: work.issuer.audience,
      keys: localKeys(work.issuer.publishedKeys),
      clients,
      seen: new MemoryProofs(),
    });
    const token = await work.token();
    expect(await why(attempt(bearer(token)))).toBe('UNAVAILABLE');
    broken = false;
    expect((await attempt(bearer(token))).clientId).toBe('bg-coordinator');
  });
});

test('the challenge says what to do next, not what failed', async () => {
  const of = async (attempt: Promise<unknown>) => authenticateChallenge(await attempt.catch((error: unknown) => error));
  expect(await of(authenticate({ method: 'POST', url: GRAPHQL_URL }))).toBe(
    'Bearer realm="obhvat", DPoP realm="obhvat", algs="ES256 EdDSA PS256"',
  );
  const invalid = 'Bearer realm="obhvat", error="invalid_token"';
  expect(await of(authenticate(bearer('x')))).toBe(invalid);
  expect(await of(authenticate(bearer(await forge(work, { client_id: 'nobody' }))))).toBe(invalid);
  expect(await of(authenticate(bearer(await forge(work, { purpose: 'protect.child', scope: undefined }))))).toBe(
    'Bearer realm="obhvat", error="insufficient_scope"',
  );
  expect(authenticateChallenge(new Error('x'))).toBeNull();
});

test('verification of a known token costs less than 0.2 ms', async () => {
  const token = await work.token();
  const request = bearer(token);
  await authenticate(request);
  const rounds = 5_000;
  const start = performance.now();
  for (let i = 0; i < rounds; i += 1) await authenticate(request);
  const each = (performance.now() - start) / rounds;
  expect(each).toBeLessThan(0.2);
});

import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type IssuerAtWork, startIssuer } from '../../tests/support/identity.ts';
import { signClientAssertion, signProof } from '../exchange/authenticate-signing.ts';
import { makeSigningJwk, publicHalf } from './jwk.ts';

let work: IssuerAtWork;
const loud = vi.spyOn(console, 'warn');
const talk = vi.spyOn(console, 'info');
beforeAll(async () => {
  work = await startIssuer();
});
afterAll(() => work.close());
afterEach(() => {
  expect(work.errors).toEqual([]);
  expect(loud).not.toHaveBeenCalled();
  expect(talk).not.toHaveBeenCalled();
});

const assertion = (claims: Record<string, unknown>, header: Record<string, unknown> = {}, clientId = 'bg-coordinator') => {
  const now = Math.floor(Date.now() / 1000);
  const all = { iss: clientId, sub: clientId, aud: work.issuer.issuer, jti: crypto.randomUUID(), iat: now, exp: now + 60, ...claims };
  return { all, header: { alg: 'ES256', ...header } };
};
const signed = async (claims: Record<string, unknown>, key = work.keyOf('bg-coordinator')) => {
  const { all, header } = assertion(claims);
  return new SignJWT(all).setProtectedHeader(header).sign(await importJWK(key, 'ES256'));
};

describe('a token', () => {
  test('is given to each demonstration client for each purpose of its mandate, with one purpose and no more claims than agreed', async () => {
    expect(new Set(work.demonstration.map((client) => client.agency.kind)).size).toBe(10);
    for (const { clientId, agency, purposes } of work.demonstration) {
      for (const purpose of purposes) {
        const { status, body } = await work.ask({ client: clientId, scope: `purpose:${purpose}` });
        expect(status, `${clientId} ${purpose} ${JSON.stringify(body)}`).toBe(200);
        expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 300, scope: `purpose:${purpose}` });
        const token = String(body.access_token);
        expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
        const { iat, exp, jti, sub, ...claims } = decodeJwt(token);
        expect(Number(exp) - Number(iat)).toBe(300);
        expect(jti).toHaveLength(43);
        expect(sub).toBe(clientId);
        expect(claims).toEqual({
          client_id: clientId,
          agency: agency.id,
          kind: agency.kind,
          purpose,
          scope: `purpose:${purpose}`,
          iss: work.issuer.issuer,
          aud: 'urn:obhvat:hub',
        });
      }
    }
  });

  test('carries the case and the pseudonym of the employee', async () => {
    const token = await work.token({
      client: 'bg-outreach',
      scope: 'purpose:trace.visit',
      form: { case: 'SOF46-2026-0017', actor: 'e-7f3a' },
    });
    expect(decodeJwt(token)).toMatchObject({ case: 'SOF46-2026-0017', actor: 'e-7f3a' });
  });

  test('carries no personal number as a pseudonym or a case', async () => {
    const forms: Record<string, string>[] = [{ actor: '1409061234' }, { case: '5140906123456' }];
    for (const form of forms) {
      expect((await work.ask({ form })).body).toMatchObject({ error: 'invalid_request' });
    }
    expect((await work.ask({ form: { actor: 'Мария Иванова' } })).body.error).toBe('invalid_request');
  });

  test('names one purpose: none, two and unmandated ones are invalid_scope', async () => {
    for (const scope of [
      '',
      'purpose:',
      'openid',
      'purpose:trace.list purpose:protect.child',
      'purpose:trace.list purpose:trace.list',
      'purpose:protect.child',
      'purpose:trace',
    ]) {
      const { status, body } = await work.ask({ scope });
      expect(body.error, scope).toBe('invalid_scope');
      expect(status).toBe(400);
    }
  });

  test('is for this hub alone', async () => {
    expect((await work.ask({ form: { resource: 'urn:other:hub' } })).body.error).toBe('invalid_target');
    expect((await work.ask({ form: { resource: 'urn:obhvat:hub' } })).status).toBe(200);
  });
});

test.each([
  ['EdDSA', { crv: 'Ed25519' }],
  ['PS256', { modulusLength: 2048 }],
])('a client may hold a key for %s', async (alg, options) => {
  const { publicKey, privateKey } = await generateKeyPair(alg, { ...options, extractable: true });
  const registered = { ...(await exportJWK(publicKey)), kid: alg, alg };
  const before = work.clients.clients.get('ro-oversight')?.jwks ?? { keys: [] };
  work.clients.change('ro-oversight', { jwks: { keys: [...before.keys, registered] } });
  const text = await signClientAssertion({
    clientId: 'ro-oversight',
    issuer: work.issuer.issuer,
    key: { ...(await exportJWK(privateKey)), kid: alg, alg },
  });
  const first = await work.ask({ client: 'ro-oversight', scope: 'purpose:oversight.audit', assertion: text });
  const old = await work.ask({ client: 'ro-oversight', scope: 'purpose:oversight.audit' });
  work.clients.change('ro-oversight', { jwks: before });
  expect([first.status, old.status]).toEqual([200, 200]);
});

describe('a client is refused', () => {
  const refused = async (text: string) => {
    const { status, body } = await work.ask({ assertion: text });
    expect(body).toEqual({ error: 'invalid_client', error_description: 'client authentication failed' });
    expect(status).toBe(401);
  };

  test('with a key that is not registered', async () => refused(await signed({}, makeSigningJwk())));
  test('that nobody registered, with the same words', async () =>
    refused(await signClientAssertion({ clientId: 'nobody', issuer: work.issuer.issuer, key: makeSigningJwk() })));
  test('with an assertion for another audience', async () => refused(await signed({ aud: 'https://elsewhere.example' })));
  test('with an assertion for several audiences', async () =>
    refused(await signed({ aud: [work.issuer.issuer, 'https://elsewhere.example'] })));
  test('with an assertion that is over', async () => refused(await signed({ exp: Math.floor(Date.now() / 1000) - 10 })));
  test('with an assertion that is good for an hour', async () => refused(await signed({ exp: Math.floor(Date.now() / 1000) + 3600 })));
  test('with an assertion of another client', async () => refused(await signed({ iss: 'ro-coordinator' })));
  test('with an assertion under alg none', async () => refused(new UnsecuredJWT(assertion({}).all).encode()));
  test('with the public key used as a shared secret (HS256)', async () => {
    const secret = Buffer.from(JSON.stringify(publicHalf(work.keyOf('bg-coordinator'))));
    await refused(await new SignJWT(assertion({}).all).setProtectedHeader({ alg: 'HS256' }).sign(secret));
  });
  test('with RS256', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    await refused(await new SignJWT(assertion({}).all).setProtectedHeader({ alg: 'RS256' }).sign(privateKey));
  });
  test('with an assertion that was used', async () => {
    const text = await signed({});
    expect((await work.ask({ assertion: text })).status).toBe(200);
    await refused(text);
  });
  test('with an assertion sent twice at the same moment, once', async () => {
    const text = await signed({});
    const statuses = await Promise.all([1, 2, 3, 4].map(async () => (await work.ask({ assertion: text })).status));
    expect(statuses.sort()).toEqual([200, 401, 401, 401]);
  });
  test('with a client secret', async () => {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'purpose:trace.list',
      client_id: 'bg-coordinator',
      client_secret: 'x',
    });
    const answer = await fetch(work.issuer.tokenEndpoint, { method: 'POST', body: form });
    expect(answer.status).toBe(401);
  });
  test('once it is revoked', async () => {
    work.clients.change('ro-registry', { revoked: true });
    const { body } = await work.ask({ client: 'ro-registry', scope: 'purpose:register.supply' });
    work.clients.change('ro-registry', { revoked: false });
    expect(body.error).toBe('invalid_client');
  });
});

describe('binding to a key', () => {
  test('gives a token with the thumbprint of the proof', async () => {
    const proof = makeSigningJwk();
    const { body } = await work.ask({ proof });
    expect(body.token_type).toBe('DPoP');
    expect(decodeJwt(String(body.access_token)).cnf).toEqual({ jkt: proof.kid });
  });
  test('is demanded of a client that is registered so', async () => {
    work.clients.change('bg-protection', { dpopRequired: true });
    const plain = await work.ask({ client: 'bg-protection', scope: 'purpose:protect.child' });
    const bound = await work.ask({ client: 'bg-protection', scope: 'purpose:protect.child', proof: makeSigningJwk() });
    work.clients.change('bg-protection', { dpopRequired: false });
    expect([plain.status, bound.status]).toEqual([400, 200]);
  });
  test('refuses a proof that was used', async () => {
    const proof = await signProof({ method: 'POST', url: work.issuer.tokenEndpoint, key: makeSigningJwk() });
    const send = async () => {
      const form = new URLSearchParams({
        grant_type: 'client_credentials',
        scope: 'purpose:trace.list',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await signed({}),
      });
      return (await fetch(work.issuer.tokenEndpoint, { method: 'POST', body: form, headers: { dpop: proof } })).status;
    };
    expect([await send(), await send()]).toEqual([200, 400]);
  });
});

describe('the issuer', () => {
  test('shows what there is and no more', async () => {
    const metadata = (await (await fetch(`${work.issuer.issuer}/.well-known/openid-configuration`)).json()) as Record<string, unknown>;
    expect(metadata).toEqual({
      issuer: work.issuer.issuer,
      token_endpoint: `${work.issuer.issuer}/oauth/token`,
      jwks_uri: `${work.issuer.issuer}/oauth/jwks`,
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['ES256', 'EdDSA', 'PS256'],
      dpop_signing_alg_values_supported: ['ES256', 'EdDSA', 'PS256'],
    });
  });
  test('takes its own address from configuration, not from the Host header', async () => {
    const ask = (path: string, method: string, body?: string) =>
      new Promise<{ status: number; body: Record<string, unknown> }>((resolve, reject) => {
        const headers = { host: 'evil.example', ...(body ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) };
        const sent = request(`${work.issuer.issuer}${path}`, { method, headers }, async (answer) => {
          const text = Buffer.concat(await answer.toArray()).toString();
          resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) as Record<string, unknown> });
        });
        sent.on('error', reject).end(body);
      });
    expect((await ask('/.well-known/openid-configuration', 'GET')).body.token_endpoint).toBe(work.issuer.tokenEndpoint);
    const form = async (aud: string) =>
      new URLSearchParams({
        grant_type: 'client_credentials',
        scope: 'purpose:trace.list',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await signed({ aud }),
      }).toString();
    expect((await ask('/oauth/token', 'POST', await form('http://evil.example/oauth/token'))).status).toBe(401);
    expect((await ask('/oauth/token', 'POST', await form(work.issuer.tokenEndpoint))).status).toBe(200);
  });
  test('shows public keys only', async () => {
    const { keys } = (await (await fetch(work.issuer.jwksUri)).json()) as { keys: Record<string, string>[] };
    expect(keys).toEqual(work.issuer.publishedKeys().keys);
    expect(keys.every((key) => !('d' in key))).toBe(true);
  });
  test('answers other addresses and methods with JSON, also to a browser', async () => {
    const of = async (path: string, method = 'GET') => {
      const answer = await fetch(`${work.issuer.issuer}${path}`, { method, headers: { accept: 'text/html' } });
      return [answer.status, answer.headers.get('content-type')?.split(';')[0]];
    };
    expect(await of('/oauth/none')).toEqual([404, 'application/json']);
    expect(await of('/interaction/x')).toEqual([404, 'application/json']);
    expect(await of('/oauth/token')).toEqual([405, 'application/json']);
    expect(await of('/oauth/token', 'POST')).toEqual([400, 'application/json']);
  });
  test("keeps its keys and the clients' in files of their owner only", async () => {
    for (const folder of ['issuer', 'clients']) {
      expect(statSync(join(work.home, folder)).mode & 0o777).toBe(0o700);
      for (const name of await readdir(join(work.home, folder)))
        expect(statSync(join(work.home, folder, name)).mode & 0o777, name).toBe(0o600);
    }
  });
});

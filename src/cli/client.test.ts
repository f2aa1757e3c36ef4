import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.ts';
import { bearer, why } from '../../tests/support/tokens.ts';
import { clientDirectory, findClient } from '../domains/oversight/agencies.ts';
import { type Authenticate, createAuthenticator } from '../exchange/authenticate.ts';
import { localKeys } from '../exchange/authenticate-keys.ts';
import { signProof } from '../exchange/authenticate-signing.ts';
import { createIssuer, type Issuer } from '../issuer/issuer.ts';
import { makeSigningJwk, publicHalf } from '../issuer/jwk.ts';
import { createSeenProofs } from '../issuer/seen-proofs.ts';
import { registerDemonstration, runClientAdd, runClientList, runClientRevoke, runClientRotate } from './client.ts';
import { runToken } from './token.ts';

const setting = { schoolIds: { BG: ['2200500', '2200501'], RO: ['2261100007'] } };
const time = { offset: 0, now: () => Date.now() + time.offset };
const home = mkdtempSync(join(tmpdir(), 'obhvat-client-'));
let database: TestDatabase;
let issuer: Issuer;
let authenticate: Authenticate;
const server = createServer((request, response) => issuer.callback(request, response));
const deps = () => ({ db: database.db, home });
const token = (client: string, purpose: string, more: { dpop?: boolean } = {}) =>
  runToken({ home }, { client, purpose, url: issuer.issuer, ...more });

beforeAll(async () => {
  database = await createTestDatabase();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clients = clientDirectory(database.db);
  const seen = createSeenProofs(database.db);
  issuer = createIssuer({ url, home, clients, seen });
  authenticate = createAuthenticator({
    issuer: url,
    audience: issuer.audience,
    keys: localKeys(issuer.publishedKeys),
    clients,
    seen,
    clock: time,
  });
  await registerDemonstration(deps(), setting);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await database.drop();
  rmSync(home, { recursive: true, force: true });
});

describe('the demonstration', () => {
  test('registers an agency of every kind in both countries, each with a key of its own', async () => {
    const clients = await runClientList(deps());
    expect(clients).toHaveLength(21);
    expect(new Set(clients.map(({ kind, country }) => `${kind} ${country}`)).size).toBe(20);
    expect(new Set(clients.flatMap(({ keys }) => keys)).size).toBe(21);
  });
  test('can be registered again: nothing changes but a key that is lost here', async () => {
    const before = await runClientList(deps());
    rmSync(join(home, 'clients', 'ro-ministry.jwk'));
    await registerDemonstration(deps(), setting);
    const after = await runClientList(deps());
    expect(after.filter((client, place) => client.keys[0] !== before[place]?.keys[0]).map(({ client }) => client)).toEqual(['ro-ministry']);
    expect((await token('ro-ministry', 'statistics.publish')).expiresIn).toBe(300);
  });
  test('each client gets a token and is who it says it is', async () => {
    for (const { client, purposes, kind } of await runClientList(deps())) {
      const answer = await token(client, purposes[0] as string);
      expect(await authenticate(bearer(answer.token))).toMatchObject({ clientId: client, kind, purpose: purposes[0] });
    }
  });
});

describe('client add', () => {
  test('makes a key that only its owner may read', async () => {
    const added = await runClientAdd(deps(), { id: 'lozenets-school', agency: 'bg-school-1', purposes: ['trace.enrol', 'trace.enrol'] });
    expect(added).toMatchObject({ client: 'lozenets-school', purposes: ['trace.enrol'] });
    expect(statSync(added.keyFile as string).mode & 0o777).toBe(0o600);
    expect((await token('lozenets-school', 'trace.enrol')).purpose).toBe('trace.enrol');
    await expect(token('lozenets-school', 'enrol.administer')).rejects.toThrow('invalid_scope');
  });
  test('takes a public key, and no private or weak one', async () => {
    const key = makeSigningJwk();
    const file = (content: unknown) => {
      const path = join(home, 'handed-in.jwk');
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
      return path;
    };
    const add = (id: string, content: unknown) =>
      runClientAdd(deps(), { id, agency: 'bg-school-1', purposes: ['trace.enrol'], key: file(content) });
    expect((await add('own-key', publicHalf(key))).keyFile).toBeNull();
    for (const wrong of [
      key,
      { kty: 'oct', k: 'x', kid: 'x' },
      { ...publicHalf(key), kid: undefined },
      { kty: 'RSA', n: 'short', e: 'AQAB', kid: 'x' },
      'no json',
      [],
    ]) {
      await expect(add('wrong-key', wrong), JSON.stringify(wrong)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    }
  });
  test('refuses a taken id, an unknown agency, a purpose of another kind, and a path for an id', async () => {
    const add = (change: object) => runClientAdd(deps(), { id: 'x1', agency: 'bg-school-1', purposes: ['trace.enrol'], ...change });
    await expect(add({ id: 'bg-school-1' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(add({ agency: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(add({ purposes: ['protect.child'] })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(add({ purposes: [] })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(add({ id: '../x1' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe('client rotate', () => {
  test('adds a key, keeps the old one good, and drops it when told so', async () => {
    const path = join(home, 'clients', 'ro-assistance.jwk');
    const old = readFileSync(path, 'utf8');
    const rotated = await runClientRotate(deps(), { id: 'ro-assistance' });
    expect(rotated.keys).toHaveLength(2);
    expect((await token('ro-assistance', 'benefit.session')).expiresIn).toBe(300);
    const next = readFileSync(path, 'utf8');
    writeFileSync(path, old);
    expect((await token('ro-assistance', 'benefit.session')).expiresIn).toBe(300);
    expect((await runClientRotate(deps(), { id: 'ro-assistance', dropOld: true })).keys).toEqual([rotated.keyId]);
    await expect(token('ro-assistance', 'benefit.session')).rejects.toThrow('invalid_client');
    writeFileSync(path, next);
    expect((await token('ro-assistance', 'benefit.session')).expiresIn).toBe(300);
  });
});

test('client revoke: no new token at once, and the old one stops within five seconds', async () => {
  const { token: held } = await token('bg-registry', 'register.supply');
  await authenticate(bearer(held));
  await runClientRevoke(deps(), { id: 'bg-registry' });
  await expect(token('bg-registry', 'register.supply')).rejects.toThrow('invalid_client');
  time.offset = 5_000;
  expect(await why(authenticate(bearer(held)))).toBe('CLIENT_REVOKED');
  time.offset = 0;
  await registerDemonstration(deps(), setting);
  expect((await database.db.read('issuer', (sql) => findClient(sql, 'bg-registry')))?.revoked).toBe(true);
  await expect(runClientRevoke(deps(), { id: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a proof that one hub process accepted is refused by another', async () => {
  const { token: bound, keyFile } = await token('bg-protection', 'protect.child', { dpop: true });
  const key = JSON.parse(readFileSync(keyFile as string, 'utf8'));
  const url = 'http://127.0.0.1:4000/graphql';
  const request = {
    method: 'POST',
    url,
    authorization: `DPoP ${bound}`,
    dpop: await signProof({ method: 'POST', url, key, token: bound }),
  };
  const clients = clientDirectory(database.db);
  const second = createAuthenticator({
    issuer: issuer.issuer,
    audience: issuer.audience,
    keys: localKeys(issuer.publishedKeys),
    clients,
    seen: createSeenProofs(database.db),
  });
  expect((await authenticate(request)).purpose).toBe('protect.child');
  expect(await why(second(request))).toBe('PROOF_REPLAYED');
});

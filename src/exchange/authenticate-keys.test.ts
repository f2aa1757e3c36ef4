import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type IssuerAtWork, MemoryProofs, startIssuer } from '../../tests/support/identity.ts';
import { bearer, why } from '../../tests/support/tokens.ts';
import { openSigningKeys, rotateIssuerKeys } from '../issuer/signing-keys.ts';
import { createAuthenticator } from './authenticate.ts';
import { localKeys, outsideKeys } from './authenticate-keys.ts';

let work: IssuerAtWork;
let other: IssuerAtWork;
const time = { offset: 0, now: () => Date.now() + time.offset };
const otherTime = { offset: 0, now: () => Date.now() + otherTime.offset };
beforeAll(async () => {
  [work, other] = await Promise.all([startIssuer(), startIssuer(otherTime)]);
});
afterAll(() => Promise.all([work.close(), other.close()]));

describe('keys', () => {
  test('a rotation signs with the new key within five seconds and leaves old tokens valid', async () => {
    const later = { offset: 0, now: () => Date.now() + later.offset };
    const rotating = await startIssuer(later);
    try {
      const { issuer, clients } = rotating;
      const attempt = createAuthenticator({
        issuer: issuer.issuer,
        audience: issuer.audience,
        keys: localKeys(issuer.publishedKeys),
        clients,
        seen: new MemoryProofs(),
      });
      const before = await rotating.token();
      const { kid, shown } = rotateIssuerKeys(rotating.home, later);
      expect(shown).toHaveLength(2);
      later.offset = 5_000;
      const after = await rotating.token();
      expect(decodeProtectedHeader(after).kid).toBe(kid);
      expect(decodeProtectedHeader(before).kid).not.toBe(kid);
      await attempt(bearer(before));
      await attempt(bearer(after));
      const published = async () => ((await (await fetch(issuer.jwksUri)).json()) as { keys: unknown[] }).keys.length;
      expect(await published()).toBe(2);
      later.offset = 1_000_000;
      expect(await published()).toBe(1);
      expect(rotateIssuerKeys(rotating.home, later).shown).toHaveLength(2);
    } finally {
      await rotating.close();
    }
  });

  test('that another process made a moment ago are found by their id', async () => {
    const reader = openSigningKeys(other.home, time);
    const attempt = createAuthenticator({
      issuer: other.issuer.issuer,
      audience: other.issuer.audience,
      keys: localKeys((options) => reader(options).published),
      clients: other.clients,
      seen: new MemoryProofs(),
      clock: time,
    });
    await attempt(bearer(await other.token()));
    rotateIssuerKeys(other.home, otherTime);
    otherTime.offset += 5_000;
    time.offset = 1_500;
    expect((await attempt(bearer(await other.token()))).clientId).toBe('bg-coordinator');
  });

  test('of an outside issuer are found by its metadata, and looked up again for a new key', async () => {
    const { issuer, audience } = other.issuer;
    const attempt = createAuthenticator({
      issuer,
      audience,
      keys: outsideKeys(issuer, { cooldown: 0 }),
      clients: work.clients,
      seen: new MemoryProofs(),
    });
    expect((await attempt(bearer(await other.token()))).clientId).toBe('bg-coordinator');
    expect(await why(attempt(bearer(await work.token())))).toBe('TOKEN_KEY_UNKNOWN');
    rotateIssuerKeys(other.home, otherTime);
    otherTime.offset += 5_000;
    expect((await attempt(bearer(await other.token()))).clientId).toBe('bg-coordinator');
  });

  test('of an outside issuer that fails or lies about its name are UNAVAILABLE, and it is left in peace for a while', async () => {
    let asked = 0;
    const server = createServer((request, response) => {
      asked += 1;
      if (request.url === '/.well-known/openid-configuration') response.writeHead(500).end();
      else
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ issuer: 'https://elsewhere.example', jwks_uri: work.issuer.jwksUri }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const attempt = createAuthenticator({
      issuer,
      audience: work.issuer.audience,
      keys: outsideKeys(issuer),
      clients: work.clients,
      seen: new MemoryProofs(),
    });
    const token = await work.token();
    for (let i = 0; i < 5; i += 1) expect(await why(attempt(bearer(token)))).toBe('UNAVAILABLE');
    expect(asked).toBe(2);
    server.close();
    const plain = createAuthenticator({
      issuer: 'http://issuer.example',
      audience: 'x',
      keys: outsideKeys('http://issuer.example'),
      clients: work.clients,
      seen: new MemoryProofs(),
    });
    expect(await why(plain(bearer(token)))).toBe('UNAVAILABLE');
  });
});

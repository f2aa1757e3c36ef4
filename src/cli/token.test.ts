import { readFileSync, statSync } from 'node:fs';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type IssuerAtWork, startIssuer } from '../../tests/support/identity.ts';
import { runToken } from './token.ts';

let work: IssuerAtWork;
beforeAll(async () => {
  work = await startIssuer();
});
afterAll(() => work.close());
const url = () => work.issuer.issuer;

test('a token for the outreach team of Sofia names its purpose, case and employee', async () => {
  const answer = await runToken(work, {
    client: 'bg-outreach',
    purpose: 'trace.visit',
    case: 'SOF46-2026-1',
    actor: 'e-9',
    url: `${url()}/`,
  });
  expect(answer).toMatchObject({ tokenType: 'Bearer', expiresIn: 300, purpose: 'trace.visit', keyFile: null });
  expect(decodeJwt(answer.token)).toMatchObject({ client_id: 'bg-outreach', case: 'SOF46-2026-1', actor: 'e-9' });
});

test('with --dpop the token is bound to a new key, whose file only its owner may read', async () => {
  const answer = await runToken(work, { client: 'ro-protection', purpose: 'protect.child', dpop: true, url: url() });
  const file = answer.keyFile as string;
  expect(answer.tokenType).toBe('DPoP');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(decodeJwt(answer.token).cnf).toEqual({ jkt: (JSON.parse(readFileSync(file, 'utf8')) as { kid: string }).kid });
});

test('localhost and 127.0.0.1 are the same machine', async () => {
  expect(
    (await runToken(work, { client: 'bg-ministry', purpose: 'statistics.publish', url: url().replace('127.0.0.1', 'localhost') }))
      .expiresIn,
  ).toBe(300);
});

test('a refusal says which OAuth error it was', async () => {
  await expect(runToken(work, { client: 'bg-ministry', purpose: 'protect.child', url: url() })).rejects.toMatchObject({
    code: 'FORBIDDEN',
    message: 'the hub gave no token: invalid_scope: the client is not mandated for this purpose',
  });
});

test('a hub that does not run, and a client without a key here, are told apart', async () => {
  await expect(runToken(work, { client: 'bg-ministry', purpose: 'statistics.publish', url: 'http://127.0.0.1:9' })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining('is it running?'),
  });
  await expect(runToken(work, { client: 'bg-nobody', purpose: 'trace.list', url: url() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(runToken(work, { client: '../x', purpose: 'trace.list', url: url() })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});

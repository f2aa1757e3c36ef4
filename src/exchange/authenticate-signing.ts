import { hash, randomUUID } from 'node:crypto';
import { importJWK, type JWK, SignJWT } from 'jose';
import { type Clock, systemClock } from '../kernel/clock.ts';

const ALGORITHM_OF: Record<string, string> = { 'P-256': 'ES256', Ed25519: 'EdDSA' };
const algorithmOf = (jwk: JWK): string => jwk.alg ?? (jwk.kty === 'RSA' ? 'PS256' : (ALGORITHM_OF[jwk.crv ?? ''] ?? 'ES256'));
const seconds = (clock: Clock) => Math.floor(clock.now() / 1000);

/** The public half of a key, as it may be shown. */
export function publicJwk(jwk: JWK): JWK {
  const { kty, crv, x, y, n, e, kid, alg, use } = jwk;
  return Object.fromEntries(Object.entries({ kty, crv, x, y, n, e, kid, alg, use }).filter(([, value]) => value !== undefined)) as JWK;
}

/** A client's assertion of who it is (RFC 7523, `private_key_jwt`): good for 60 s, once, at one issuer. */
export async function signClientAssertion(options: {
  clientId: string;
  issuer: string;
  key: JWK;
  clock?: Clock;
  lifetime?: number;
}): Promise<string> {
  const { clientId, issuer, key, clock = systemClock, lifetime = 60 } = options;
  const alg = algorithmOf(key);
  const now = seconds(clock);
  return new SignJWT({})
    .setProtectedHeader({ alg, ...(key.kid ? { kid: key.kid } : {}) })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(issuer)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + lifetime)
    .sign(await importJWK(key, alg));
}

/** A proof of possession for one request (RFC 9449 section 4.2); with `token` it names the token that it goes with. */
export async function signProof(options: { method: string; url: string; key: JWK; token?: string; clock?: Clock }): Promise<string> {
  const { method, url, key, token, clock = systemClock } = options;
  const alg = algorithmOf(key);
  const { kid: _kid, use: _use, alg: _alg, ...jwk } = publicJwk(key);
  return new SignJWT({ htm: method, htu: url, ...(token ? { ath: hash('sha256', token, 'base64url') } : {}) })
    .setProtectedHeader({ alg, typ: 'dpop+jwt', jwk })
    .setJti(randomUUID())
    .setIssuedAt(seconds(clock))
    .sign(await importJWK(key, alg));
}

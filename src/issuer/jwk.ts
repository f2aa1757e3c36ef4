import { generateKeyPairSync, hash } from 'node:crypto';

/** A private signing key on P-256 (RFC 7517, RFC 7518 section 6.2), named by its thumbprint. */
export interface SigningJwk {
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
  d: string;
  kid: string;
  alg: 'ES256';
  use: 'sig';
}
export type PublicJwk = Omit<SigningJwk, 'd'>;

/** Makes a key for ES256. `kid` is its RFC 7638 thumbprint. */
export function makeSigningJwk(): SigningJwk {
  const { x, y, d } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }) as {
    x: string;
    y: string;
    d: string;
  };
  const kid = hash('sha256', JSON.stringify({ crv: 'P-256', kty: 'EC', x, y }), 'base64url');
  return { kty: 'EC', crv: 'P-256', x, y, d, kid, alg: 'ES256', use: 'sig' };
}

/** The half that may be shown. */
export function publicHalf(key: SigningJwk): PublicJwk {
  const { d: _d, ...rest } = key;
  return rest;
}

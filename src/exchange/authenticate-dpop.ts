import { hash } from 'node:crypto';
import { calculateJwkThumbprint, EmbeddedJWK, type JWK, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '../kernel/clock.ts';
import { refuse } from './authenticate-failure.ts';
import { type SeenProofs, SIGNING_ALGORITHMS } from './authenticate-ports.ts';
import { LEEWAY } from './authenticate-token.ts';

/** Seconds for which a proof is good after it was made. */
export const PROOF_SECONDS = 60;
const MAX_PROOF = 4 * 1024;

/** RFC 9449 section 4.3: compared without query and fragment, after syntax-based normalisation. */
function sameTarget(claimed: unknown, url: string): boolean {
  if (typeof claimed !== 'string') return false;
  const target = URL.parse(claimed);
  const asked = URL.parse(url);
  if (!target || !asked || target.username || target.password) return false;
  return target.origin === asked.origin && target.pathname === asked.pathname;
}

/**
 * Checks a proof of possession (RFC 9449 section 4.3) for one request with one token, then marks it as used.
 * @param request.url absolute address as the caller knows it, from configuration and not from the Host header.
 * @throws HubError `UNAUTHENTICATED`; `UNAVAILABLE` when the shared memory of proofs cannot be asked.
 */
export async function checkProof(
  request: { method: string; url: string; token: string; jkt: string; proof: string | undefined },
  deps: { seen: SeenProofs; clock: Clock },
): Promise<void> {
  if (!request.proof) refuse('PROOF_MISSING');
  if (request.proof.length > MAX_PROOF) refuse('PROOF_MALFORMED');
  const now = deps.clock.now();
  let payload: JWTPayload;
  let jwk: JWK;
  try {
    const verified = await jwtVerify(request.proof, EmbeddedJWK, {
      algorithms: [...SIGNING_ALGORITHMS],
      typ: 'dpop+jwt',
      clockTolerance: LEEWAY,
      currentDate: new Date(now),
    });
    payload = verified.payload;
    jwk = verified.protectedHeader.jwk as JWK;
  } catch {
    refuse('PROOF_MALFORMED');
  }
  if ((await calculateJwkThumbprint(jwk, 'sha256')) !== request.jkt) refuse('PROOF_KEY');
  if (payload.htm !== request.method || !sameTarget(payload.htu, request.url)) refuse('PROOF_REQUEST');
  if (payload.ath !== hash('sha256', request.token, 'base64url')) refuse('PROOF_TOKEN');
  const { iat, jti } = payload;
  if (typeof iat !== 'number' || typeof jti !== 'string' || jti.length < 8 || jti.length > 256) refuse('PROOF_MALFORMED');
  if (iat > now / 1000 + LEEWAY || iat < now / 1000 - PROOF_SECONDS - LEEWAY) refuse('PROOF_STALE');
  if (!(await deps.seen.first(['dpop', request.jkt, jti], (iat + PROOF_SECONDS + 2 * LEEWAY) * 1000))) refuse('PROOF_REPLAYED');
}

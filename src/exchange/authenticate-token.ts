import { hash } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '../kernel/clock.ts';
import { HubError } from '../kernel/errors.ts';
import { type FailureReason, refuse } from './authenticate-failure.ts';
import type { KeySource } from './authenticate-keys.ts';
import { SIGNING_ALGORITHMS } from './authenticate-ports.ts';

/** What a verified access token says. `agency` and `kind` are claims to be compared with the registration, not facts. */
export interface VerifiedToken {
  clientId: string;
  agency: string | null;
  kind: string | null;
  purpose: string;
  caseReference: string | null;
  actor: string | null;
  /** Thumbprint of the key that the sender must prove (RFC 9449); null for a bearer token. */
  jkt: string | null;
  tokenId: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** Seconds that two honest clocks may differ. */
export const LEEWAY = 5;
const BREAK_GLASS = 'vital.break-glass';
const BREAK_GLASS_SECONDS = 15 * 60;
const MAX_TOKEN = 8 * 1024;
const KEPT_MS = 60_000;
const KEPT_TOKENS = 10_000;
const PURPOSE = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/;

function reasonOf(error: unknown): FailureReason {
  if (error instanceof errors.JWTExpired) return 'TOKEN_EXPIRED';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'iss') return 'TOKEN_ISSUER';
    if (error.claim === 'aud') return 'TOKEN_AUDIENCE';
    if (error.claim === 'typ') return 'TOKEN_TYPE';
    if (error.claim === 'nbf') return 'TOKEN_NOT_YET';
    return 'TOKEN_CLAIMS';
  }
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported) return 'TOKEN_ALGORITHM';
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) return 'TOKEN_KEY_UNKNOWN';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'TOKEN_SIGNATURE';
  return 'TOKEN_MALFORMED';
}

const optional = (value: unknown): string | null => {
  if (value === undefined) return null;
  return typeof value === 'string' && value.length > 0 && value.length <= 200 ? value : refuse('TOKEN_CLAIMS');
};

/** The one purpose of a token: claim `purpose`, or the one `purpose:` entry of `scope`; where both stand they must agree. */
function purposeOf(payload: JWTPayload): string {
  const scoped = typeof payload.scope === 'string' ? payload.scope.split(' ').filter((entry) => entry.startsWith('purpose:')) : [];
  const claimed = payload.purpose;
  if (scoped.length > 1 || (claimed !== undefined && typeof claimed !== 'string')) refuse('TOKEN_PURPOSE');
  const purpose = claimed ?? scoped[0]?.slice('purpose:'.length);
  if (purpose === undefined || !PURPOSE.test(purpose)) refuse('TOKEN_PURPOSE');
  if (scoped[0] !== undefined && scoped[0] !== `purpose:${purpose}`) refuse('TOKEN_PURPOSE');
  return purpose;
}

/** RFC 7800: a confirmation that we cannot check is not a token that we may accept. */
function confirmationOf(payload: JWTPayload): string | null {
  if (payload.cnf === undefined) return null;
  const cnf = payload.cnf as Record<string, unknown> | null;
  if (typeof cnf !== 'object' || cnf === null || Object.keys(cnf).length !== 1 || typeof cnf.jkt !== 'string') refuse('TOKEN_CONFIRMATION');
  return cnf.jkt as string;
}

function read(payload: JWTPayload, now: number): VerifiedToken {
  const { client_id: clientId, jti, iat, exp } = payload;
  if (typeof clientId !== 'string' || !clientId || typeof jti !== 'string' || !jti || typeof iat !== 'number' || typeof exp !== 'number')
    refuse('TOKEN_CLAIMS');
  if (iat * 1000 > now + LEEWAY * 1000) refuse('TOKEN_NOT_YET');
  const purpose = purposeOf(payload);
  const ends = purpose === BREAK_GLASS ? Math.min(exp, iat + BREAK_GLASS_SECONDS) : exp;
  if (now >= (ends + LEEWAY) * 1000) refuse('TOKEN_EXPIRED');
  return {
    clientId,
    agency: optional(payload.agency),
    kind: optional(payload.kind),
    purpose,
    caseReference: optional(payload.case),
    actor: optional(payload.actor),
    jkt: confirmationOf(payload),
    tokenId: jti,
    expiresAt: ends * 1000,
  };
}

/**
 * Verifies access tokens in JWT form (RFC 9068): signature, algorithm, type, issuer, audience, times, one purpose.
 * A verified token is kept for at most 60 s and never past its end, by the hash of the token; a refused one is not kept.
 */
export function createTokenVerifier(options: { issuer: string; audience: string; keys: KeySource; typ: string; clock: Clock }) {
  const { clock, keys } = options;
  const kept = new Map<string, { token: VerifiedToken; until: number }>();
  const algorithms = [...SIGNING_ALGORITHMS];

  return async (text: string): Promise<VerifiedToken> => {
    if (text.length > MAX_TOKEN) refuse('TOKEN_MALFORMED');
    const now = clock.now();
    const id = hash('sha256', text, 'base64');
    const known = kept.get(id);
    if (known) {
      if (now < known.until) return known.token;
      kept.delete(id);
    }
    let payload: JWTPayload;
    try {
      ({ payload } = await jwtVerify(text, keys, {
        algorithms,
        issuer: options.issuer,
        audience: options.audience,
        typ: options.typ,
        clockTolerance: LEEWAY,
        currentDate: new Date(now),
        requiredClaims: ['exp', 'iat', 'jti', 'client_id'],
      }));
    } catch (error) {
      if (error instanceof HubError) throw error;
      refuse(reasonOf(error));
    }
    const token = read(payload, now);
    if (kept.size >= KEPT_TOKENS) {
      const oldest = kept.keys().next();
      if (!oldest.done) kept.delete(oldest.value);
    }
    kept.set(id, { token, until: Math.min(now + KEPT_MS, token.expiresAt + LEEWAY * 1000) });
    return token;
  };
}

import { HubError } from '../kernel/errors.ts';
import { SIGNING_ALGORITHMS } from './authenticate-ports.ts';

/** Why a request was not authenticated. For the hub's own log and metrics; a stranger sees one neutral message. */
export type FailureReason =
  | 'TOKEN_MISSING'
  | 'TOKEN_MALFORMED'
  | 'TOKEN_ALGORITHM'
  | 'TOKEN_TYPE'
  | 'TOKEN_SIGNATURE'
  | 'TOKEN_KEY_UNKNOWN'
  | 'TOKEN_ISSUER'
  | 'TOKEN_AUDIENCE'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_NOT_YET'
  | 'TOKEN_CLAIMS'
  | 'TOKEN_PURPOSE'
  | 'TOKEN_CONFIRMATION'
  | 'CLIENT_UNKNOWN'
  | 'CLIENT_REVOKED'
  | 'CLIENT_MISMATCH'
  | 'SENDER_CONSTRAINT_MISSING'
  | 'SCHEME_MISMATCH'
  | 'PROOF_MISSING'
  | 'PROOF_MALFORMED'
  | 'PROOF_KEY'
  | 'PROOF_REQUEST'
  | 'PROOF_TOKEN'
  | 'PROOF_STALE'
  | 'PROOF_REPLAYED'
  | 'PURPOSE_NOT_MANDATED';

/** The cause of an authentication's `HubError`; holds a reason and no part of what was sent. */
export class AuthenticationFailure extends Error {
  readonly reason: FailureReason;
  constructor(reason: FailureReason) {
    super(reason);
    this.name = 'AuthenticationFailure';
    this.reason = reason;
  }
}

/** @throws HubError `UNAUTHENTICATED`, always with the same message. */
export function refuse(reason: FailureReason): never {
  throw new HubError(reason === 'PURPOSE_NOT_MANDATED' ? 'PURPOSE_NOT_MANDATED' : 'UNAUTHENTICATED', undefined, {
    cause: new AuthenticationFailure(reason),
  });
}

/** The inner reason of a refusal; null for any other error. */
export function failureReason(error: unknown): FailureReason | null {
  return error instanceof HubError && error.cause instanceof AuthenticationFailure ? error.cause.reason : null;
}

const ALGS = `algs="${SIGNING_ALGORITHMS.join(' ')}"`;

/**
 * The value of `WWW-Authenticate` for a refusal (RFC 6750 section 3, RFC 9449 section 7.1); null when none belongs there.
 * Says which of the three things to do: send a token, get a new one, or make a new proof; never which check failed.
 */
export function authenticateChallenge(error: unknown): string | null {
  const reason = failureReason(error);
  if (reason === null) return null;
  if (reason === 'PURPOSE_NOT_MANDATED') return 'Bearer realm="obhvat", error="insufficient_scope"';
  if (reason === 'TOKEN_MISSING') return `Bearer realm="obhvat", DPoP realm="obhvat", ${ALGS}`;
  if (reason.startsWith('PROOF_')) return `DPoP realm="obhvat", error="invalid_dpop_proof", ${ALGS}`;
  if (reason === 'SCHEME_MISMATCH' || reason === 'SENDER_CONSTRAINT_MISSING') return `DPoP realm="obhvat", error="invalid_token", ${ALGS}`;
  return 'Bearer realm="obhvat", error="invalid_token"';
}

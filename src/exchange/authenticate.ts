import { type Clock, systemClock } from '../kernel/clock.ts';
import { checkProof } from './authenticate-dpop.ts';
import { refuse } from './authenticate-failure.ts';
import type { KeySource } from './authenticate-keys.ts';
import { checkMandate, MANDATE_KEPT_MS, rememberingDirectory } from './authenticate-mandate.ts';
import type { ClientDirectory, SeenProofs } from './authenticate-ports.ts';
import { createTokenVerifier } from './authenticate-token.ts';
import type { Caller } from './context.ts';

/** What of a request decides who asks. */
export interface Credentials {
  method: string;
  /** Absolute address of the request as callers know it (configured origin and path); needed for tokens that are bound to a key. */
  url: string;
  authorization?: string | undefined;
  dpop?: string | undefined;
}
export type Authenticate = (request: Credentials) => Promise<Caller>;

const AUTHORIZATION = /^(Bearer|DPoP) +([A-Za-z0-9\-._~+/]+=*)$/i;

/**
 * The path's step *authenticate*: a token becomes a `Caller`, or nothing does.
 * The registration in the database is the authority on agency, kind and mandate, looked up again at most `mandateKeptMs` (5 s) later.
 * @throws HubError `UNAUTHENTICATED` with one message for every reason, `PURPOSE_NOT_MANDATED`, or `UNAVAILABLE` when keys or registrations cannot be read.
 */
export function createAuthenticator(options: {
  issuer: string;
  audience: string;
  keys: KeySource;
  clients: ClientDirectory;
  seen: SeenProofs;
  clock?: Clock;
  requireTyp?: string;
  mandateKeptMs?: number;
}): Authenticate {
  const { seen, clock = systemClock } = options;
  const verify = createTokenVerifier({ ...options, clock, typ: options.requireTyp ?? 'at+jwt' });
  const clients = rememberingDirectory(options.clients, clock, Math.min(options.mandateKeptMs ?? MANDATE_KEPT_MS, MANDATE_KEPT_MS));

  return async (request) => {
    if (!request.authorization) refuse('TOKEN_MISSING');
    const [, scheme, text] = AUTHORIZATION.exec(request.authorization) ?? refuse('TOKEN_MALFORMED');
    const token = await verify(text as string);
    // A bound token that is accepted as a bearer token is no longer bound (RFC 9449 section 7.2).
    const bound = token.jkt !== null;
    if (bound !== ((scheme as string).toLowerCase() === 'dpop')) refuse('SCHEME_MISMATCH');
    const client = checkMandate(token, await clients.findClient(token.clientId));
    if (token.jkt !== null) {
      await checkProof(
        { method: request.method, url: request.url, token: text as string, jkt: token.jkt, proof: request.dpop },
        { seen, clock },
      );
    }
    return {
      clientId: client.clientId,
      agency: client.agency,
      kind: client.agency.kind,
      actor: token.actor,
      purpose: token.purpose,
      caseReference: token.caseReference,
      tokenId: token.tokenId,
      expiresAt: token.expiresAt,
    };
  };
}

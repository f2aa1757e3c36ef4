import type { AgencyKind, Country } from '../kernel/brands.ts';

/** A client of an agency, as the hub registered it. */
export interface RegisteredClient {
  clientId: string;
  agency: { id: string; kind: AgencyKind; name: string; country: Country; municipalities: readonly string[]; schoolIds: readonly string[] };
  /** The purposes that this client is mandated for. */
  purposes: readonly string[];
  /** Public keys only (RFC 7517). */
  jwks: { keys: readonly Record<string, unknown>[] };
  /** Tokens of this client must be bound to a key (RFC 9449). */
  dpopRequired: boolean;
  revoked: boolean;
}

/** Where clients are looked up: the registration is the authority on agency, kind and mandate, a token only repeats them. */
export interface ClientDirectory {
  /** Null when there is no such client; a revoked client is given, with `revoked: true`. */
  findClient(clientId: string): Promise<RegisteredClient | null>;
}

/** One-time use of proofs and assertions, shared between hub processes (RFC 9449 section 11.1, RFC 7523 section 3). */
export interface SeenProofs {
  /**
   * True for the first caller with these parts, false for every later one until `expiresAt` (milliseconds since 1970).
   * @throws HubError `UNAVAILABLE` when it cannot be known.
   */
  first(parts: readonly string[], expiresAt: number): Promise<boolean>;
}

/** The only algorithms of this hub: no `none`, no shared secrets, no RSASSA-PKCS1-v1_5 (RFC 8725 section 3.1). */
export const SIGNING_ALGORITHMS = ['ES256', 'EdDSA', 'PS256'] as const;
/** The audience of this hub's tokens (RFC 8707, RFC 9068). */
export const HUB_AUDIENCE = 'urn:obhvat:hub';

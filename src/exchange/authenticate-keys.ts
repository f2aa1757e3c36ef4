import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { HubError } from '../kernel/errors.ts';

/** Finds the public key for a token's header. @throws a jose error when there is none, HubError `UNAVAILABLE` when it cannot be known. */
export type KeySource = JWTVerifyGetKey;

/**
 * Keys of an issuer in this process. `get` gives the present set (the same object as long as nothing changed);
 * with `fresh` it reads the store again, which is asked for at most once when a token names an unknown key.
 */
export function localKeys(get: (options?: { fresh?: boolean }) => JSONWebKeySet): KeySource {
  let seen: JSONWebKeySet | null = null;
  let set: ReturnType<typeof createLocalJWKSet> | null = null;
  const present = (fresh: boolean) => {
    const now = get({ fresh });
    if (now !== seen || !set) {
      set = createLocalJWKSet(now);
      seen = now;
    }
    return set;
  };
  return async (header, token) => {
    try {
      return await present(false)(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      return present(true)(header, token);
    }
  };
}

const isLoopback = (host: string) => host === 'localhost' || host === '127.0.0.1' || host === '[::1]';
/** Keys decide whom the hub believes: they come over TLS, or from this machine. */
function checkTransport(url: URL): void {
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) throw new HubError('UNAVAILABLE');
}

async function discover(issuer: string, timeout: number): Promise<URL> {
  const base = new URL(issuer);
  checkTransport(base);
  const path = base.pathname === '/' ? '' : base.pathname.replace(/\/$/, '');
  // RFC 8414 section 3.1 puts the well-known part before the issuer's path, OpenID Connect Discovery behind it.
  for (const place of [`${path}/.well-known/openid-configuration`, `/.well-known/oauth-authorization-server${path}`]) {
    const answer = await fetch(new URL(place, base.origin), {
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
      headers: { accept: 'application/json' },
    });
    if (!answer.ok) {
      await answer.body?.cancel();
      continue;
    }
    const metadata = (await answer.json()) as { issuer?: unknown; jwks_uri?: unknown };
    // RFC 8414 section 3.3: metadata of another issuer must not be used.
    if (metadata.issuer !== issuer || typeof metadata.jwks_uri !== 'string') continue;
    const keys = new URL(metadata.jwks_uri);
    checkTransport(keys);
    return keys;
  }
  throw new HubError('UNAVAILABLE');
}

/**
 * Keys of an outside issuer, found by its metadata (RFC 8414 or OpenID Connect Discovery) at the first token and kept up to ten minutes.
 * An unknown key id makes it look again, not more often than every `cooldown` ms; so does a failure.
 */
export function outsideKeys(issuer: string, options: { cooldown?: number; timeout?: number; clock?: Clock } = {}): KeySource {
  const { cooldown = 30_000, timeout = 5_000, clock = systemClock } = options;
  let remote: Promise<ReturnType<typeof createRemoteJWKSet>> | null = null;
  let failedAt = Number.NEGATIVE_INFINITY;
  const unavailable = (cause: unknown): never => {
    failedAt = clock.now();
    throw new HubError('UNAVAILABLE', undefined, { cause });
  };
  const open = () => {
    remote ??= discover(issuer, timeout).then((url) =>
      createRemoteJWKSet(url, { cooldownDuration: cooldown, cacheMaxAge: 600_000, timeoutDuration: timeout }),
    );
    return remote;
  };
  return async (header, token) => {
    let set: ReturnType<typeof createRemoteJWKSet>;
    const resting = clock.now() - failedAt < Math.min(cooldown, 10_000);
    // Strangers' tokens must not turn an issuer's outage into a storm of requests; keys already known go on being used.
    if (resting && !remote) throw new HubError('UNAVAILABLE');
    try {
      set = await open();
    } catch (error) {
      remote = null;
      return unavailable(error);
    }
    if (resting && !set.fresh) throw new HubError('UNAVAILABLE');
    try {
      return await set(header, token);
    } catch (error) {
      if (
        error instanceof errors.JWKSNoMatchingKey ||
        error instanceof errors.JWKSMultipleMatchingKeys ||
        error instanceof errors.JOSENotSupported
      )
        throw error;
      return unavailable(error);
    }
  };
}

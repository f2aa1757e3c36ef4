import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ClientDirectory, HUB_AUDIENCE, type SeenProofs } from '../exchange/authenticate-ports.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import type { PublicJwk } from './jwk.ts';
import { buildProvider } from './provider.ts';
import { openSigningKeys, type SigningKeys } from './signing-keys.ts';

/** The hub's own OAuth issuer: `POST /oauth/token`, `GET /oauth/jwks` and the two metadata documents. */
export interface Issuer {
  /** The issuer identifier: the `url` it was made with. */
  issuer: string;
  audience: string;
  jwksUri: string;
  tokenEndpoint: string;
  /** Node request listener; it must get the request's body unread. */
  callback: (request: IncomingMessage, response: ServerResponse) => void;
  /** The public keys, the same object as long as they did not change; for `localKeys`. */
  publishedKeys: (options?: { fresh?: boolean }) => { keys: PublicJwk[] };
  close: () => void;
}

const ROUTES: Record<string, readonly string[]> = {
  '/oauth/token': ['POST'],
  '/oauth/jwks': ['GET', 'HEAD'],
  '/.well-known/openid-configuration': ['GET', 'HEAD'],
  '/.well-known/oauth-authorization-server': ['GET', 'HEAD'],
};

function answer(response: ServerResponse, status: number, error: string, headers: Record<string, string> = {}): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers })
    .end(JSON.stringify({ error }));
}

/**
 * Makes the embedded issuer. Keys are in `<home>/issuer/` and are made at the first start.
 * @param options.url the origin that callers use, e.g. `http://127.0.0.1:4000`. @throws RangeError when it has a path.
 * @param options.onError receives failures of the server itself (never a part of a request).
 */
export function createIssuer(options: {
  url: string;
  home: string;
  clients: ClientDirectory;
  seen: SeenProofs;
  audience?: string;
  clock?: Clock;
  onError?: (error: Error) => void;
}): Issuer {
  const { url, home, clients, seen, audience = HUB_AUDIENCE, clock = systemClock, onError = () => undefined } = options;
  if (new URL(url).origin !== url)
    throw new RangeError(`the issuer's url must be an origin without a path, as in http://127.0.0.1:4000: ${url}`);
  const keys = openSigningKeys(home, clock);
  let built: { keys: SigningKeys; handle: (request: IncomingMessage, response: ServerResponse) => Promise<void> } | null = null;
  let closed = false;
  const handler = () => {
    const now = keys();
    if (built?.keys !== now) built = { keys: now, handle: buildProvider({ url, audience, keys: now, clients, seen, onError }).callback() };
    return built.handle;
  };
  handler();

  return {
    issuer: url,
    audience,
    jwksUri: `${url}/oauth/jwks`,
    tokenEndpoint: `${url}/oauth/token`,
    publishedKeys: (fresh) => keys(fresh).published,
    close: () => {
      closed = true;
    },
    callback: (request, response) => {
      const methods = ROUTES[(request.url ?? '').split('?', 1)[0] as string];
      if (!methods) return answer(response, 404, 'not_found');
      if (!methods.includes(request.method ?? '')) return answer(response, 405, 'invalid_request', { allow: methods.join(', ') });
      if (closed) return answer(response, 503, 'temporarily_unavailable');
      try {
        handler()(request, response).catch(onError);
      } catch (error) {
        onError(error as Error);
        answer(response, 503, 'temporarily_unavailable');
      }
    },
  };
}

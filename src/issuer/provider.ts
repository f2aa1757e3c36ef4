import { randomBytes } from 'node:crypto';
import { errors, Provider, type ProviderAdapter, type ProviderContext } from 'oidc-provider';
import { type ClientDirectory, type RegisteredClient, type SeenProofs, SIGNING_ALGORITHMS } from '../exchange/authenticate-ports.ts';
import type { SigningKeys } from './signing-keys.ts';
import { readTokenRequest, type TokenRequest } from './token-request.ts';

/** Seconds that an access token lives; also under `vital.break-glass`, whose limit is 15 minutes. */
export const TOKEN_SECONDS = 300;
/** Seconds that a client's assertion may reach into the future: as long its `jti` is remembered. */
export const ASSERTION_SECONDS = 300;
const OFF = { enabled: false };
const REGISTRATION = 'obhvat_registration';

/** Clients are read from the registration at each request, so that a revoked one stops at once; nothing else is ever stored. */
function adapterFor(clients: ClientDirectory) {
  return (model: string): ProviderAdapter => {
    const refused = async (): Promise<never> => {
      throw new Error(`${model} is not stored by this issuer`);
    };
    return {
      find: async (id) => {
        if (model !== 'Client') return undefined;
        const client = await clients.findClient(id);
        return client && !client.revoked ? metadataOf(client) : undefined;
      },
      findByUid: async () => undefined,
      findByUserCode: async () => undefined,
      upsert: refused,
      consume: refused,
      destroy: refused,
      revokeByGrantId: refused,
    };
  };
}

function metadataOf(client: RegisteredClient): object {
  return {
    client_id: client.clientId,
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    token_endpoint_auth_method: 'private_key_jwt',
    id_token_signed_response_alg: 'ES256',
    dpop_bound_access_tokens: client.dpopRequired,
    jwks: client.jwks,
    [REGISTRATION]: { agency: client.agency.id, kind: client.agency.kind, purposes: client.purposes },
  };
}

type Registration = { agency: string; kind: string; purposes: readonly string[] };
const registrationOf = (client: Record<string, unknown> | undefined): Registration => client?.[REGISTRATION] as Registration;

function readRequest(ctx: ProviderContext, registration: Registration): TokenRequest {
  const request = readTokenRequest(ctx.oidc?.body ?? {}, registration.purposes);
  if ('error' in request) {
    throw request.error === 'invalid_scope' ? new errors.InvalidScope(request.description) : new errors.InvalidRequest(request.description);
  }
  return request;
}

/** One configured oidc-provider: client credentials with `private_key_jwt`, and nothing else that it could do. */
export function buildProvider(options: {
  url: string;
  audience: string;
  keys: SigningKeys;
  clients: ClientDirectory;
  seen: SeenProofs;
  onError: (error: Error) => void;
}): Provider {
  const { url, audience, keys, clients, seen, onError } = options;
  const algorithms = [...SIGNING_ALGORITHMS];
  const provider = new Provider(url, {
    adapter: adapterFor(clients),
    jwks: { keys: keys.all },
    routes: { token: '/oauth/token', jwks: '/oauth/jwks', authorization: '/oauth/none' },
    scopes: [],
    responseTypes: [],
    subjectTypes: ['public'],
    clientAuthMethods: ['private_key_jwt'],
    clientDefaults: {
      grant_types: ['client_credentials'],
      response_types: [],
      token_endpoint_auth_method: 'private_key_jwt',
      id_token_signed_response_alg: 'ES256',
    },
    extraClientMetadata: { properties: [REGISTRATION], validator: () => undefined },
    enabledJWA: { clientAuthSigningAlgValues: algorithms, dPoPSigningAlgValues: algorithms, idTokenSigningAlgValues: ['ES256'] },
    clockTolerance: 5,
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    clientBasedCORS: () => false,
    ttl: { ClientCredentials: TOKEN_SECONDS },
    features: {
      devInteractions: OFF,
      userinfo: OFF,
      rpInitiatedLogout: OFF,
      pushedAuthorizationRequests: OFF,
      clientCredentials: { enabled: true },
      dPoP: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: async () => audience,
        useGrantedResource: async () => false,
        getResourceServerInfo: async (ctx: ProviderContext, resource: string, client: Record<string, unknown>) => {
          if (resource !== audience) throw new errors.InvalidTarget();
          const { purpose } = readRequest(ctx, registrationOf(client));
          return {
            scope: `purpose:${purpose}`,
            audience,
            accessTokenTTL: TOKEN_SECONDS,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'ES256', kid: keys.signing.kid } },
          };
        },
      },
    },
    extraTokenClaims: async (ctx: ProviderContext) => {
      const registration = registrationOf(ctx.oidc?.client);
      const { purpose, caseReference, actor } = readRequest(ctx, registration);
      return {
        agency: registration.agency,
        kind: registration.kind,
        purpose,
        ...(caseReference ? { case: caseReference } : {}),
        ...(actor ? { actor } : {}),
      };
    },
    // An assertion for several audiences could be carried on from one of them to another.
    assertJwtClientAuthClaimsAndHeader: async (_ctx: ProviderContext, claims: { aud: unknown; exp: number }) => {
      if (typeof claims.aud !== 'string' || claims.exp > Date.now() / 1000 + ASSERTION_SECONDS + 5)
        throw new errors.InvalidClientAuth('assertion');
    },
    renderError: async (ctx: ProviderContext, out: object) => {
      ctx.type = 'application/json';
      ctx.body = out;
    },
  });
  // The library looks first and writes then, which two processes can do at the same time; this is one statement.
  Object.assign(provider.ReplayDetection, {
    unique: (issuer: string, jti: string, expiresAt: number) => seen.first(['issuer', issuer, jti], expiresAt * 1000),
  });
  provider.use(async (ctx, next) => {
    // Addresses of this issuer, and with them the audiences that it accepts, come from configuration: a Host header is the sender's to choose.
    Object.defineProperty(ctx.request, 'href', { value: new URL(ctx.path, url).href });
    await next();
    if (ctx.oidc?.route === 'discovery') ctx.body = shownMetadata(ctx.body as Record<string, unknown>);
  });
  provider.proxy = false;
  provider.silent = true;
  provider.on('server_error', (_ctx, error) => onError(error));
  provider.on('error', onError);
  return provider;
}

const SHOWN = [
  'issuer',
  'token_endpoint',
  'jwks_uri',
  'grant_types_supported',
  'response_types_supported',
  'subject_types_supported',
  'id_token_signing_alg_values_supported',
  'token_endpoint_auth_methods_supported',
  'token_endpoint_auth_signing_alg_values_supported',
  'dpop_signing_alg_values_supported',
];
/** Metadata of what there is (RFC 8414 section 2). */
function shownMetadata(metadata: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(SHOWN.filter((name) => metadata[name] !== undefined).map((name) => [name, metadata[name]]));
}

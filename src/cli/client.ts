import { readFileSync } from 'node:fs';
import type { Db } from '../db/db.ts';
import {
  checkPublicKey,
  findAgency,
  findClient,
  listClients,
  type RegisteredKey,
  recordClient,
  recordClientKeys,
  revokeClient,
} from '../domains/oversight/agencies.ts';
import {
  type DemonstrationSetting,
  demonstrationAgencies,
  PURPOSES_OF_KIND,
  recordDemonstrationAgencies,
} from '../domains/oversight/demonstration-agencies.ts';
import { clientKeyFile, ensureClientKey, nextClientKey } from '../issuer/client-keys.ts';
import type { AgencyKind } from '../kernel/brands.ts';
import { HubError } from '../kernel/errors.ts';

export interface ClientDeps {
  db: Db;
  home: string;
  /** The purposes that an agency of a kind can be mandated for; default: the starter policy's. */
  purposesOf?: (kind: AgencyKind) => readonly string[];
}
/** A client as the command line shows it: key ids, no keys. */
export interface ClientLine {
  client: string;
  agency: string;
  kind: string;
  country: string;
  purposes: readonly string[];
  keys: string[];
  dpopRequired: boolean;
  revoked: boolean;
}

function readPublicKey(path: string): RegisteredKey {
  let jwk: unknown;
  try {
    jwk = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new HubError('BAD_USER_INPUT', `${path} is no JSON Web Key`);
  }
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) throw new HubError('BAD_USER_INPUT', `${path} is no JSON Web Key`);
  const key = jwk as Record<string, unknown>;
  checkPublicKey(key);
  return key;
}

/**
 * `client add <id> --agency ID --purpose P… [--key public.jwk] [--dpop]`: registers a client of an agency.
 * Without a key it makes one and keeps the private half in `<home>/clients/<id>.jwk`.
 * @throws HubError `NOT_FOUND` (agency), `BAD_USER_INPUT` (id, key, a purpose that the agency's kind has no part in), `CONFLICT` (the id is taken).
 */
export async function runClientAdd(
  deps: ClientDeps,
  options: { id: string; agency: string; purposes: readonly string[]; key?: string; dpop?: boolean },
): Promise<{ client: string; agency: string; purposes: readonly string[]; keyId: string; keyFile: string | null }> {
  const { id, agency: agencyId } = options;
  const purposes = [...new Set(options.purposes)];
  const keyFile = clientKeyFile(deps.home, id);
  if (purposes.length === 0) throw new HubError('BAD_USER_INPUT', 'name at least one --purpose');
  const given = options.key ? readPublicKey(options.key) : null;
  const agency = await deps.db.read('operator', async (sql) => {
    if (await findClient(sql, id)) throw new HubError('CONFLICT', `client ${id} exists`);
    return findAgency(sql, agencyId);
  });
  if (!agency) throw new HubError('NOT_FOUND', `there is no agency ${agencyId}`);
  const possible = deps.purposesOf?.(agency.kind) ?? PURPOSES_OF_KIND[agency.kind];
  const strange = purposes.filter((purpose) => !possible.includes(purpose));
  if (strange.length > 0) throw new HubError('BAD_USER_INPUT', `an agency of kind ${agency.kind} has no part in: ${strange.join(', ')}`);
  const key = given ?? { ...ensureClientKey(deps.home, id) };
  await deps.db.transaction('operator', (sql) =>
    recordClient(sql, { clientId: id, agencyId, purposes, keys: [key], dpopRequired: options.dpop }),
  );
  return { client: id, agency: agencyId, purposes, keyId: key.kid, keyFile: given ? null : keyFile };
}

/** `client list`. */
export async function runClientList(deps: Pick<ClientDeps, 'db'>): Promise<ClientLine[]> {
  const clients = await deps.db.read('operator', listClients);
  return clients.map((client) => ({
    client: client.clientId,
    agency: client.agency.id,
    kind: client.agency.kind,
    country: client.agency.country,
    purposes: client.purposes,
    keys: client.jwks.keys.map((key) => String(key.kid)),
    dpopRequired: client.dpopRequired,
    revoked: client.revoked,
  }));
}

/**
 * `client rotate <id> [--key public.jwk] [--drop-old]`: adds a key; the old public keys stay good until `--drop-old`.
 * With `--drop-old` alone on a client that has several keys only the newest is kept and none is made.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`.
 */
export async function runClientRotate(
  deps: ClientDeps,
  options: { id: string; key?: string; dropOld?: boolean },
): Promise<{ client: string; keyId: string; keys: string[]; keyFile: string | null }> {
  const { id, dropOld = false } = options;
  const client = await deps.db.read('operator', (sql) => findClient(sql, id));
  if (!client || client.revoked) throw new HubError('NOT_FOUND', `there is no client ${id}`);
  const old = client.jwks.keys as readonly RegisteredKey[];
  const record = (keys: readonly RegisteredKey[]) => deps.db.transaction('operator', (sql) => recordClientKeys(sql, id, keys));
  const newest = old.at(-1);
  if (dropOld && !options.key && newest && old.length > 1) {
    await record([newest]);
    return { client: id, keyId: newest.kid, keys: [newest.kid], keyFile: null };
  }
  const next = options.key ? null : nextClientKey(deps.home, id);
  const key: RegisteredKey = next ? { ...next.publicKey } : readPublicKey(options.key as string);
  if (old.some((known) => known.kid === key.kid)) throw new HubError('BAD_USER_INPUT', 'this key is registered already');
  const keys = dropOld ? [key] : [...old, key];
  await record(keys);
  return { client: id, keyId: key.kid, keys: keys.map((each) => each.kid), keyFile: next ? next.take() : null };
}

/** `client revoke <id>`: ends a client for good; its tokens stop within 5 s. @throws HubError `NOT_FOUND`. */
export async function runClientRevoke(deps: Pick<ClientDeps, 'db'>, options: { id: string }): Promise<{ client: string; revoked: true }> {
  await deps.db.transaction('operator', (sql) => revokeClient(sql, options.id));
  return { client: options.id, revoked: true };
}

/** Registers the demonstration's agencies and makes their clients' keys in `<home>/clients/`; safe to run again. */
export async function registerDemonstration(deps: ClientDeps, setting: DemonstrationSetting): Promise<string[]> {
  const clients = demonstrationAgencies(setting);
  await deps.db.transaction('operator', (sql) =>
    recordDemonstrationAgencies(sql, clients, (clientId) => ({ ...ensureClientKey(deps.home, clientId) })),
  );
  return clients.map(({ clientId }) => clientId);
}

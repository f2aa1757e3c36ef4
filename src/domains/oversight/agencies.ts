import type { Db } from '../../db/db.ts';
import type { Sql } from '../../db/sql.ts';
import type { ClientDirectory, RegisteredClient } from '../../exchange/authenticate-ports.ts';
import type { AgencyKind, Country } from '../../kernel/brands.ts';
import { HubError } from '../../kernel/errors.ts';

/** An agency that takes part in the exchange. `municipalities: ['*']` is the whole country. */
export interface Agency {
  id: string;
  kind: AgencyKind;
  name: string;
  country: Country;
  municipalities: readonly string[];
  schoolIds: readonly string[];
}
/** A public key as it is registered: never a private or shared one. */
export type RegisteredKey = Readonly<Record<string, unknown>> & { readonly kid: string };

interface ClientRow {
  client_id: string;
  purposes: string[];
  jwks: { keys: RegisteredKey[] };
  dpop_required: boolean;
  revoked_at: Date | null;
  agency_id: string;
  kind: AgencyKind;
  name: string;
  country: Country;
  municipalities: string[];
  school_ids: string[];
}
const COLUMNS = `c.client_id, c.purposes, c.jwks, c.dpop_required, c.revoked_at,
  a.agency_id, a.kind, a.name, a.country, a.municipalities, a.school_ids`;
const FROM = 'from hub.client c join hub.agency a on a.agency_id = c.agency_id';

const clientOf = (row: ClientRow): RegisteredClient => ({
  clientId: row.client_id,
  agency: {
    id: row.agency_id,
    kind: row.kind,
    name: row.name,
    country: row.country,
    municipalities: row.municipalities,
    schoolIds: row.school_ids,
  },
  purposes: row.purposes,
  jwks: row.jwks,
  dpopRequired: row.dpop_required,
  revoked: row.revoked_at !== null,
});

/** The client with its agency, or null. */
export async function findClient(sql: Sql, clientId: string): Promise<RegisteredClient | null> {
  const { rows } = await sql.query<ClientRow>(`select ${COLUMNS} ${FROM} where c.client_id = $1`, [clientId]);
  return rows[0] ? clientOf(rows[0]) : null;
}

/** All clients, by id. */
export async function listClients(sql: Sql): Promise<RegisteredClient[]> {
  const { rows } = await sql.query<ClientRow>(`select ${COLUMNS} ${FROM} order by c.client_id`);
  return rows.map(clientOf);
}

/** The agency, or null. */
export async function findAgency(sql: Sql, agencyId: string): Promise<Agency | null> {
  const { rows } = await sql.query<ClientRow>(
    'select agency_id, kind, name, country, municipalities, school_ids from hub.agency where agency_id = $1',
    [agencyId],
  );
  const row = rows[0];
  return row
    ? {
        id: row.agency_id,
        kind: row.kind,
        name: row.name,
        country: row.country,
        municipalities: row.municipalities,
        schoolIds: row.school_ids,
      }
    : null;
}

/** Registers an agency, or changes its name and territory; kind and country are fixed once registered. @throws HubError `CONFLICT`. */
export async function recordAgency(sql: Sql, agency: Agency): Promise<void> {
  const { rowCount } = await sql.query(
    `insert into hub.agency (agency_id, kind, name, country, municipalities, school_ids) values ($1, $2, $3, $4, $5::text[], $6::text[])
     on conflict (agency_id) do update set name = excluded.name, municipalities = excluded.municipalities, school_ids = excluded.school_ids
     where hub.agency.kind = excluded.kind and hub.agency.country = excluded.country`,
    [agency.id, agency.kind, agency.name, agency.country, agency.municipalities, agency.schoolIds],
  );
  if (rowCount !== 1) throw new HubError('CONFLICT', `agency ${agency.id} is registered with another kind or country`);
}

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];
/** @throws HubError `BAD_USER_INPUT` for a key that is private, shared, or of no algorithm of this hub. */
export function checkPublicKey(jwk: Record<string, unknown>): asserts jwk is RegisteredKey {
  const refuse = (why: string): never => {
    throw new HubError('BAD_USER_INPUT', `the key is refused: ${why}`);
  };
  if (PRIVATE_MEMBERS.some((member) => member in jwk)) refuse('it holds a private or shared part; hand in the public key only');
  const fits =
    (jwk.kty === 'EC' && jwk.crv === 'P-256') ||
    (jwk.kty === 'OKP' && jwk.crv === 'Ed25519') ||
    (jwk.kty === 'RSA' && typeof jwk.n === 'string' && jwk.n.length >= 342);
  if (!fits) refuse('expected EC P-256, Ed25519, or RSA of at least 2048 bits');
  if (typeof jwk.kid !== 'string' || jwk.kid === '') refuse('it has no kid');
  if (jwk.use !== undefined && jwk.use !== 'sig') refuse('its use is not sig');
}

/** Registers a client, or changes its purposes; keys of a client that exists stay as they are. */
export async function recordClient(
  sql: Sql,
  client: { clientId: string; agencyId: string; purposes: readonly string[]; keys: readonly RegisteredKey[]; dpopRequired?: boolean },
): Promise<void> {
  for (const key of client.keys) checkPublicKey(key);
  const { rowCount } = await sql.query(
    `insert into hub.client (client_id, agency_id, purposes, jwks, dpop_required) values ($1, $2, $3::text[], $4::jsonb, $5)
     on conflict (client_id) do update set purposes = excluded.purposes, dpop_required = excluded.dpop_required
     where hub.client.agency_id = excluded.agency_id and hub.client.revoked_at is null`,
    [client.clientId, client.agencyId, client.purposes, JSON.stringify({ keys: client.keys }), client.dpopRequired ?? false],
  );
  if (rowCount !== 1) throw new HubError('CONFLICT', `client ${client.clientId} is revoked or registered for another agency`);
}

/** Replaces the public keys of a client. @throws HubError `NOT_FOUND`. */
export async function recordClientKeys(sql: Sql, clientId: string, keys: readonly RegisteredKey[]): Promise<void> {
  for (const key of keys) checkPublicKey(key);
  const { rowCount } = await sql.query('update hub.client set jwks = $2::jsonb where client_id = $1 and revoked_at is null', [
    clientId,
    JSON.stringify({ keys }),
  ]);
  if (rowCount !== 1) throw new HubError('NOT_FOUND', `there is no client ${clientId}`);
}

/** Ends a client for good; its tokens stop within 5 s. @throws HubError `NOT_FOUND`. */
export async function revokeClient(sql: Sql, clientId: string): Promise<void> {
  const { rowCount } = await sql.query('update hub.client set revoked_at = coalesce(revoked_at, now()) where client_id = $1', [clientId]);
  if (rowCount !== 1) throw new HubError('NOT_FOUND', `there is no client ${clientId}`);
}

/** The registration as the path's step *authenticate* and the issuer read it. */
export function clientDirectory(db: Db): ClientDirectory {
  return {
    findClient: async (clientId) => {
      try {
        return await db.read('issuer', (sql) => findClient(sql, clientId));
      } catch (cause) {
        throw new HubError('UNAVAILABLE', undefined, { cause });
      }
    },
  };
}

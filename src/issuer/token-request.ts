/** What a client asks a token for, beside who it is. */
export interface TokenRequest {
  purpose: string;
  caseReference: string | null;
  actor: string | null;
}
export type TokenRequestProblem = { error: 'invalid_scope' | 'invalid_request'; description: string };

const SCOPE = /^purpose:([a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)+)$/;
const REFERENCE = /^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,119}$/;
/** EGN, LNCh and CNP are 10 or 13 digits; damaged ones 9 to 13. */
const NATIONAL_ID_LIKE = /^\d{9,13}$/;

function reference(name: string, value: string | string[] | undefined): string | null | TokenRequestProblem {
  if (value === undefined || value === '') return null;
  if (Array.isArray(value)) return { error: 'invalid_request', description: `${name} must not be provided twice` };
  if (!REFERENCE.test(value)) return { error: 'invalid_request', description: `${name} must be 1 to 120 letters, digits or . _ : / @ -` };
  // A token is copied into logs and ledgers of many systems: no national id may stand in it.
  if (NATIONAL_ID_LIKE.test(value)) return { error: 'invalid_request', description: `${name} must be a reference, not a personal number` };
  return value;
}

/**
 * Reads `scope=purpose:<id>` (exactly one), `case` and `actor` of a token request (RFC 6749 section 4.4.2).
 * @param purposes the client's mandate.
 */
export function readTokenRequest(
  body: Record<string, string | string[] | undefined>,
  purposes: readonly string[],
): TokenRequest | TokenRequestProblem {
  const scope = body.scope;
  if (typeof scope !== 'string' || scope === '')
    return { error: 'invalid_scope', description: 'scope must be one purpose: scope=purpose:<id>' };
  if (scope.includes(' ')) return { error: 'invalid_scope', description: 'a token has exactly one purpose' };
  const purpose = SCOPE.exec(scope)?.[1];
  if (purpose === undefined || !purposes.includes(purpose))
    return { error: 'invalid_scope', description: 'the client is not mandated for this purpose' };
  const caseReference = reference('case', body.case);
  if (caseReference !== null && typeof caseReference === 'object') return caseReference;
  const actor = reference('actor', body.actor);
  if (actor !== null && typeof actor === 'object') return actor;
  return { purpose, caseReference, actor };
}

import type { Caller } from './context.ts';

/** Bound values of a statement: `bind` keeps one and gives its placeholder. */
export class Binds {
  readonly values: unknown[] = [];
  bind(value: unknown): string {
    return `$${this.values.push(value)}`;
  }
}

type Scope = (caller: Caller, binds: Binds) => string | null;
const inView = (view: string, keys: string) => `select s.child_id from ${view} s where s.scope_key = any(${keys}::text[])`;

/**
 * The named row scopes that a rule file may list: which children an agency may know of, as SQL before LIMIT and COUNT.
 * Each gives a subquery of child ids, or null when the caller has nothing that it could be about.
 */
export const ROW_SCOPES: Readonly<Record<string, Scope>> = Object.freeze({
  /** Children with a record on a roll of the agency's own schools. */
  'own-pupils': ({ agency }, binds) => (agency.schoolIds.length > 0 ? inView('hub.scope_school', binds.bind(agency.schoolIds)) : null),
  /** Children whose current address is in the agency's municipalities; `*` is its whole country. */
  territory: ({ agency }, binds) => {
    if (agency.municipalities.includes('*')) return inView('hub.scope_country', binds.bind([agency.country]));
    return agency.municipalities.length > 0 ? inView('hub.scope_municipality', binds.bind(agency.municipalities)) : null;
  },
  /** Children in the registers of the agency's country. */
  country: ({ agency }, binds) => inView('hub.scope_country', binds.bind([agency.country])),
  /** The child of the token's case, while the case is open and assigned to this agency. */
  'assigned-case': ({ agency, kind, caseReference }, binds) => {
    if (caseReference === null) return null;
    const caseKind = kind === 'protection' ? 'PROTECTION' : 'TRACING';
    return `${inView('hub.scope_case', binds.bind([caseReference]))} and s.assignee = ${binds.bind(agency.id)} and s.kind = ${binds.bind(caseKind)}`;
  },
  /** Children with an entitlement that the assistance of the agency's country supplied. */
  beneficiaries: ({ agency }, binds) => inView('hub.scope_beneficiary', binds.bind([agency.country])),
  /** Children over whom the guardian named by the token has authority now. */
  'own-child': ({ actor }, binds) => (actor === null ? null : inView('hub.scope_guardian', binds.bind([actor]))),
  /** No children: the view is about something else. */
  'own-reports': () => null,
  none: () => null,
});

/**
 * The condition that a child (`column`, e.g. `c.child_id`) is one that the caller may know of.
 * A view with several scopes covers the union; one with none, or with none that applies, covers no child.
 */
export function scopeCondition(scopes: readonly string[], caller: Caller, column: string, binds: Binds): string {
  const parts = scopes.map((name) => ROW_SCOPES[name]?.(caller, binds) ?? null).filter((part) => part !== null);
  return parts.length === 0 ? 'false' : `(${parts.map((part) => `${column} in (${part})`).join(' or ')})`;
}

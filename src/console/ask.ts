/** A GraphQL request as GraphiQL makes it. */
export interface Operation {
  query: string;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
}
/** A GraphQL answer, as far as this page looks into it. */
export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}
export type Ask = (operation: Operation) => Promise<Answer>;

/**
 * What asks the hub with one token. A refusal comes back as an answer with `errors`, whatever its HTTP status.
 * @param reason gives the text for `extensions.reason`, which some purposes require; empty for none.
 * @throws TypeError when the hub cannot be reached.
 */
export function askWith(token: string, reason: () => string = () => ''): Ask {
  return async (operation) => {
    const stated = reason().trim();
    const reply = await fetch('/graphql', {
      method: 'POST',
      headers: {
        accept: 'application/graphql-response+json',
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify(stated ? { ...operation, extensions: { reason: stated } } : operation),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
    });
    try {
      return (await reply.json()) as Answer;
    } catch {
      return { errors: [{ message: `HTTP ${reply.status}` }] };
    }
  };
}

/** A token out of what was pasted (perhaps with `Bearer` before it, or broken over lines), or null. */
export function readToken(pasted: string): string | null {
  const text = pasted.replace(/^\s*(authorization:)?\s*(bearer\s)?/i, '').replace(/\s+/g, '');
  return /^[A-Za-z0-9\-._~+/]+=*$/.test(text) ? text : null;
}

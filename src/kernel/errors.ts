/**
 * Every failure that a caller of the hub can meet: one closed list, stated in the README.
 * `http` is the status of an answer that carries nothing else; inside a GraphQL answer the code stands in `extensions.code`.
 */
export const ERROR_CODES = {
  BAD_REQUEST: { http: 400, next: 'Send a GraphQL-over-HTTP request: POST, application/json, {"query": …}.' },
  GRAPHQL_PARSE_FAILED: { http: 400, next: 'Correct the syntax of the document.' },
  GRAPHQL_VALIDATION_FAILED: { http: 400, next: 'Ask only for what your view holds; see GET /schema.graphql.' },
  BAD_USER_INPUT: { http: 400, next: 'Correct the variables or arguments.' },
  OPERATION_RESOLUTION_FAILURE: { http: 400, next: 'Name one operation of the document.' },
  DOCUMENT_TOO_LARGE: { http: 413, next: 'Send a smaller document.' },
  OPERATION_TOO_COMPLEX: { http: 400, next: 'Ask for fewer fields, levels or aliases, or for smaller pages.' },
  PAGE_TOO_LARGE: { http: 400, next: 'Ask for at most 100 with `first`.' },
  CURSOR_INVALID: { http: 400, next: 'Use a cursor of the same list, as it was given to this agency.' },
  UNAUTHENTICATED: { http: 401, next: 'Get a new token from /oauth/token.' },
  PURPOSE_NOT_MANDATED: { http: 403, next: 'Ask for a token whose purpose your agency is mandated for.' },
  CASE_REQUIRED: { http: 403, next: 'Ask for a token with the case reference: parameter `case`.' },
  REASON_REQUIRED: { http: 403, next: 'State the reason in the request: extensions {"reason": "…"}, at least 20 characters.' },
  FORBIDDEN: { http: 403, next: 'This agency has no such duty under this purpose.' },
  NOT_FOUND: { http: 200, next: 'There is no such object in what this agency may know of.' },
  CONFLICT: { http: 200, next: 'Read the object again, then repeat with its present state.' },
  IDEMPOTENCY_KEY_REUSED: { http: 200, next: 'Use a new idempotency key for a different operation.' },
  UNSUPPORTED_MEDIA_TYPE: { http: 415, next: 'Send application/json, or for intake application/octet-stream.' },
  NOT_ACCEPTABLE: { http: 406, next: 'Accept application/graphql-response+json or application/json.' },
  METHOD_NOT_ALLOWED: { http: 405, next: 'Use POST.' },
  RATE_LIMITED: { http: 429, next: 'Wait, then repeat.' },
  FEED_REFUSED: { http: 422, next: 'See the message: the file as a whole cannot be read as this kind.' },
  LEDGER_UNAVAILABLE: { http: 503, next: 'Nothing was disclosed. Repeat later.' },
  UNAVAILABLE: { http: 503, next: 'Repeat later.' },
  INTERNAL: { http: 500, next: "Report the reference to the hub's operator." },
} as const satisfies Record<string, { http: number; next: string }>;
export type ErrorCode = keyof typeof ERROR_CODES;

/** A failure with a name. Its message is shown to strangers, so it holds no datum of any child and no secret. */
export class HubError extends Error {
  readonly code: ErrorCode;
  readonly http: number;
  constructor(code: ErrorCode, message?: string, options?: ErrorOptions) {
    super(message ?? ERROR_CODES[code].next, options);
    this.name = 'HubError';
    this.code = code;
    this.http = ERROR_CODES[code].http;
  }
}

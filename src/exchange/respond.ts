import { createHash } from 'node:crypto';
import type { GraphQLFormattedError, OperationDefinitionNode } from 'graphql';
import { GraphQLError, Kind } from 'graphql';
import { ERROR_CODES, type ErrorCode, HubError } from '../kernel/errors.ts';
import type { DecisionSummary } from './decision-log.ts';
import type { ServedExchange } from './served-exchange.ts';
import { withheldEntry } from './withheld.ts';

const isCode = (code: unknown): code is ErrorCode => typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);

// Texts of these may be shown: they speak of the document and the schema. Any other text may hold a datum.
const SAFE: ReadonlySet<string> = new Set<ErrorCode>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  'OPERATION_TOO_COMPLEX',
]);

// GraphQL repeats the value that does not fit; a value in a request may be a national id or a name, and error texts end up in logs.
const NAMES_VALUE =
  /got invalid value|represent|Expected value|found|does not exist|not a valid|Syntax Error|Unexpected|Invalid|Unterminated|Cannot parse/i;
const QUOTED_NAME = /"[$@]?[[_A-Za-z][\w.[\]!]*(?:\(\w+:\))?"/g;
function withoutValues(message: string): string {
  if (!NAMES_VALUE.test(message) && !message.replace(QUOTED_NAME, '').includes('"')) return message;
  const [, variable] = /^Variable "\$(\w+)" got invalid value/.exec(message) ?? [];
  if (variable) return `Variable "$${variable}" does not fit its type.`;
  return message.startsWith('Syntax Error') ? 'Syntax Error.' : 'A value does not fit its type.';
}

// A value that PostgreSQL cannot hold, such as a text with U+0000, is the request's (SQLSTATE class 22).
const UNFIT: ReadonlySet<unknown> = new Set(['22021', '22P05', '22003', '22007', '22008']);

/**
 * An error as strangers see it: its code, what to do next, and nothing of an unknown error but a reference that stands in the log.
 * @param onUnknown logs the cause under the reference it gives.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  onUnknown: (cause: unknown) => string,
): GraphQLFormattedError {
  const original = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  const { locations, path } = formatted;
  const where = { ...(locations && { locations }), ...(path && { path }) };
  if (original instanceof HubError)
    return { message: original.message, ...where, extensions: { code: original.code, next: ERROR_CODES[original.code].next } };
  if (UNFIT.has((original as { code?: unknown } | null)?.code))
    return {
      message: 'A value cannot be looked up.',
      ...where,
      extensions: { code: 'BAD_USER_INPUT', next: ERROR_CODES.BAD_USER_INPUT.next },
    };
  const code = formatted.extensions?.code;
  if (isCode(code) && (SAFE.has(code) || (error instanceof GraphQLError && !error.originalError))) {
    return { message: withoutValues(formatted.message), ...where, extensions: { code, next: ERROR_CODES[code].next } };
  }
  const reference = onUnknown(original);
  return {
    message: `Something failed inside the hub; reference ${reference}.`,
    ...where,
    extensions: { code: 'INTERNAL', reference, next: ERROR_CODES.INTERNAL.next },
  };
}

/** True for an operation that asks for the schema only. */
export function isIntrospection(operation: OperationDefinitionNode): boolean {
  return operation.selectionSet.selections.every((each) => each.kind === Kind.FIELD && each.name.value.startsWith('__'));
}

const operationHash = (source: string): Buffer => createHash('sha256').update(source).digest();

/** The disclosure entry of an answer that is about to leave. */
export function disclosureOf(exchange: ServedExchange, summary: DecisionSummary, source: string, name: string | null) {
  const { caller, plan } = exchange;
  const { basis, instrument } = plan.info;
  return {
    disclosureId: exchange.disclosureId,
    decidedAt: exchange.decidedAt(),
    clientId: caller.clientId,
    agencyId: caller.agency.id,
    agencyKind: caller.kind,
    actor: caller.actor,
    purpose: caller.purpose,
    caseReference: caller.caseReference,
    legalBasis: [`GDPR 6(1)(${basis.gdpr6})`, ...(basis.gdpr9 ? [`9(2)(${basis.gdpr9})`] : []), basis.national].join('; '),
    instrument: instrument.reference,
    operationHash: operationHash(source),
    operationName: name,
    policyHash: exchange.policyHash,
    consentEpoch: exchange.consentEpoch(),
    subjects: summary.subjects.map((childId) => exchange.subjectOf(childId)),
    subjectGroup: summary.subjectGroup,
    groups: summary.groups,
    rowCount: summary.subjects.length,
    reason: exchange.reason,
  };
}

/** What an answer tells of its own disclosure. */
export function disclosureExtension(exchange: ServedExchange, summary: DecisionSummary) {
  const withheld = summary.withheld
    .map((entry) => ({
      child: exchange.ids.encode('Child', entry.childId),
      ...withheldEntry(entry.field, entry.reason, entry.rule, exchange.plan),
    }))
    .sort((a, b) => (`${a.field}|${a.child}` < `${b.field}|${b.child}` ? -1 : 1));
  return { id: exchange.disclosureId, policy: exchange.policyHash, withheld };
}

/** Everything for which a policy does not compile: one closed list. */
export const POLICY_ERROR_CODES = [
  'YAML_UNREADABLE',
  'UNKNOWN_KEY',
  'MISSING_KEY',
  'WRONG_SHAPE',
  'DUPLICATE_PURPOSE',
  'DUPLICATE_RULE',
  'UNKNOWN_PARENT',
  'PARENT_CYCLE',
  'UNKNOWN_KIND',
  'UNKNOWN_CATEGORY',
  'UNKNOWN_COORDINATE',
  'UNKNOWN_VERB',
  'UNKNOWN_SCOPE',
  'UNKNOWN_SUBJECT',
  'UNKNOWN_OBLIGATION',
  'UNKNOWN_EXPECTATION',
  'MISSING_CATEGORY',
  'MISSING_SCOPE',
  'MISSING_INSTRUMENT',
  'MISSING_NOTICE',
  'NEVER_CATEGORY',
  'SPECIAL_WITHOUT_ARTICLE_9',
  'VITAL_INTEREST_UNBOUNDED',
  'RULE_WITHOUT_OBJECT',
  'CONDITION_ON_REFERENCE',
  'REFERENCE_BEYOND_READING',
  'RULES_DISAGREE',
] as const;
export type PolicyErrorCode = (typeof POLICY_ERROR_CODES)[number];

/** One reason why a policy does not compile; all are listed at once. `line` counts from 1 in `file`; `file` is `schema` for faults of the GraphQL schema. */
export interface PolicyError {
  readonly code: PolicyErrorCode;
  readonly message: string;
  readonly file: string;
  readonly line?: number;
  readonly rule?: string;
  readonly coordinate?: string;
}

/** `file:line CODE message`, as compilers print it. */
export function formatPolicyError(error: PolicyError): string {
  const place = error.line === undefined ? error.file : `${error.file}:${error.line}`;
  return `${place} ${error.code} ${error.message}`;
}

import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { compilePolicy } from '../../src/policy/compile-policy.ts';
import type { PolicySource } from '../../src/policy/parse-purpose.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { formatPolicyError } from '../../src/policy/policy-error.ts';
import { readCoordinates } from '../../src/policy/read-coordinates.ts';

const SDL = /* GraphQL */ `
  directive @category(is: String!, subject: String, verb: String, sources: [String!]) on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE

  interface Node { id: ID! @category(is: "child.reference") }

  "A child. Its birthDate is exact; its birthYear is not."
  type Child implements Node {
    id: ID! @category(is: "child.reference")
    givenName: String @category(is: "identity.name", subject: "child")
    familyName: String @category(is: "identity.name", subject: "child")
    "Exact date. See birthYear for the year."
    birthDate: String @category(is: "identity.birth-date", subject: "child")
    "The year. See birthDate for the exact date."
    birthYear: Int @category(is: "identity.birth-year", subject: "child", sources: ["identity.birth-date"])
    nationalIds: [NationalId!] @category(is: "identity.national-id", subject: "child")
    nationalIdEnding: String @category(is: "identity.national-id-ending", subject: "child")
    settlement: String @category(is: "residence.settlement", subject: "child")
    municipality: String @category(is: "residence.municipality", subject: "child")
    currentAddress: String @category(is: "residence.address", subject: "child")
    "Name and address in one line."
    label: String @category(is: "identity.name", subject: "child", sources: ["residence.address"])
    guardians: [Guardian!] @category(is: "family.guardian", subject: "guardian")
    enrolments: [Enrolment!] @category(is: "education.enrolment", subject: "child")
    absences: [Absence!] @category(is: "attendance.over-threshold", subject: "child")
    entitlements: [Entitlement!] @category(is: "benefit.entitlement", subject: "child")
    visits: [Visit!] @category(is: "outreach.visit-date", subject: "child")
    coverage(asOf: String @category(is: "plumbing")): Coverage @category(is: "coverage.status", subject: "child")
    cases: [TracingCase!] @category(is: "tracing.case", subject: "child")
    withheld: [String!]! @category(is: "plumbing")
  }
  type NationalId { scheme: String @category(is: "identity.national-id") digits: String @category(is: "identity.national-id") }
  type Guardian { name: String @category(is: "family.guardian", subject: "guardian") }
  type Enrolment {
    school: School @category(is: "plumbing")
    status: String @category(is: "education.enrolment")
    dischargeReason: String @category(is: "education.discharge-reason")
  }
  type School { name: String @category(is: "institution.public", subject: "institution") }
  type Absence {
    hours: Int @category(is: "attendance.unexcused-count")
    overThreshold: Boolean @category(is: "attendance.over-threshold")
  }
  type Entitlement { from: String @category(is: "benefit.entitlement") amount: Float @category(is: "benefit.amount") }
  type Visit implements Node {
    id: ID! @category(is: "outreach.visit-date")
    visitedOn: String @category(is: "outreach.visit-date")
    outcome: VisitOutcome @category(is: "outreach.visit")
    address: String @category(is: "outreach.visit-address")
    note: String @category(is: "outreach.visit-note")
  }
  enum VisitOutcome { FOUND NOT_FOUND PROTECTION_CONCERN @category(is: "protection.flag") }
  type Coverage { status: CoverageStatus @category(is: "coverage.status") because: [Assertion!] @category(is: "coverage.evidence") }
  type Assertion { claim: String @category(is: "coverage.evidence") }
  enum CoverageStatus { ENROLLED ABROAD LEFT_EARLY }
  type TracingCase implements Node {
    id: ID! @category(is: "tracing.case")
    state: String @category(is: "tracing.case")
    child: Child @category(is: "plumbing")
  }
  type ChildConnection {
    edges: [ChildEdge!]! @category(is: "plumbing")
    pageInfo: PageInfo! @category(is: "plumbing")
    totalCount: Int @category(is: "coverage.status", verb: "aggregate")
  }
  type ChildEdge { cursor: String! @category(is: "plumbing") node: Child! @category(is: "plumbing") }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  input ChildFilter {
    municipality: [String!] @category(is: "residence.municipality", verb: "filter")
    settlement: [String!] @category(is: "residence.settlement", verb: "filter")
    birthYear: Int @category(is: "identity.birth-year", verb: "filter")
    birthDate: String @category(is: "identity.birth-date", verb: "filter")
    status: [CoverageStatus!] @category(is: "coverage.status", verb: "filter")
    address: String @category(is: "residence.address", verb: "filter")
  }
  enum ChildOrder {
    FAMILY_NAME @category(is: "identity.name", verb: "sort")
    BIRTH_YEAR @category(is: "identity.birth-year", verb: "sort")
    BIRTH_DATE @category(is: "identity.birth-date", verb: "sort")
  }
  type Agency { id: ID @category(is: "agency.self", subject: "agency") kind: String @category(is: "agency.self", subject: "agency") }
  type PolicyInfo { hash: String @category(is: "oversight.policy") }
  type StatisticsTable { cells: [Int!] @category(is: "statistics.table") }
  type Disclosure { purpose: String @category(is: "oversight.disclosure", subject: "agency") }
  type ForeignReport { count: Int @category(is: "foreign.aggregate", subject: "institution") }
  union Finding = Child | TracingCase

  type Query {
    me: Agency @category(is: "agency.self", subject: "agency")
    policy: PolicyInfo @category(is: "oversight.policy")
    child(id: ID! @category(is: "plumbing")): Child @category(is: "child.reference", subject: "child")
    node(id: ID! @category(is: "plumbing")): Node @category(is: "plumbing")
    find(text: String! @category(is: "plumbing")): [Finding!] @category(is: "child.list")
    children(
      "Which, e.g. by birthDate."
      where: ChildFilter @category(is: "plumbing")
      orderBy: ChildOrder = BIRTH_DATE @category(is: "plumbing")
      first: Int = 20 @category(is: "plumbing")
      after: String @category(is: "plumbing")
    ): ChildConnection @category(is: "child.list", subject: "child")
    coverageList(
      status: [CoverageStatus!] @category(is: "coverage.status", verb: "filter")
      municipality: String! @category(is: "residence.municipality", verb: "filter")
    ): ChildConnection @category(is: "coverage.status", subject: "child")
    tracingCase(id: ID! @category(is: "plumbing")): TracingCase @category(is: "tracing.case", subject: "child")
    statistics: [StatisticsTable!] @category(is: "statistics.table")
    disclosures: [Disclosure!] @category(is: "oversight.disclosure", subject: "agency")
    foreignReports: [ForeignReport!] @category(is: "foreign.aggregate", subject: "institution")
  }
  input RecordVisitInput {
    idempotencyKey: String! @category(is: "plumbing")
    case: ID! @category(is: "plumbing")
    visitedOn: String! @category(is: "outreach.visit-date", verb: "write")
    outcome: VisitOutcome! @category(is: "outreach.visit", verb: "write")
    note: String @category(is: "outreach.visit-note", verb: "write")
  }
  input MatchInput {
    nationalId: String! @category(is: "identity.national-id", verb: "match")
    familyName: String @category(is: "identity.name", verb: "match")
  }
  type RecordVisitPayload { visit: Visit @category(is: "plumbing") }
  type MatchPayload { child: Child @category(is: "plumbing") found: Boolean @category(is: "plumbing") }
  type ConsentPayload { recorded: Boolean @category(is: "plumbing") }
  type Mutation {
    recordVisit(input: RecordVisitInput! @category(is: "plumbing")): RecordVisitPayload @category(is: "outreach.visit", verb: "write")
    matchChild(input: MatchInput! @category(is: "plumbing")): MatchPayload @category(is: "child.reference", verb: "match")
    recordConsent(child: ID! @category(is: "plumbing"), allow: Boolean! @category(is: "consent.authorization", verb: "write")): ConsentPayload @category(is: "consent.authorization", verb: "write")
  }
`;

/** A small graph like the hub's own. */
export const fixtureSchema = buildSchema(SDL);

const folder = new URL('../../schema/policy/', import.meta.url);
/** The starter policy as it stands in the repository. */
export const starterSources: readonly PolicySource[] = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .sort()
  .map((file) => ({ file, text: readFileSync(new URL(file, folder), 'utf8') }));

/** Compiles or fails the test with every error. */
export function compiled(sources: readonly PolicySource[] = starterSources, schema = fixtureSchema): Policy {
  const { coordinates, missing } = readCoordinates(schema);
  const result = compilePolicy(sources, coordinates, missing);
  if (!result.ok) throw new Error(result.errors.map(formatPolicyError).join('\n'));
  return result.policy;
}

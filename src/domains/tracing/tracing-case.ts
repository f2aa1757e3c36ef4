import { ObjectType } from 'type-graphql';
import { Datum, Stored } from '../../exchange/datum.ts';
import { LocalDate } from '../../exchange/local-date.ts';

const KEYS = ['child_id', 'case_id', 'kind', 'opened_on'];
const HIDDEN = { id: 'case_id' };

/** The work on one unenrolled child, from listing to closing. (*Tracing* elsewhere means family tracing; see the glossary.) */
@Stored({ table: 'tracing.tracing_case', where: "t.kind = 'TRACING'", orderBy: 't.opened_on desc, t.case_id', keys: KEYS, hidden: HIDDEN })
@ObjectType()
export class TracingCase {
  @Datum(() => String, 'tracing.case', { description: "The reference that a token's case parameter names." }) reference?: string | null;
  @Datum(() => String, 'tracing.case', { description: 'LISTED, ASSIGNED, VISITED or CLOSED.' }) state?: string | null;
  @Datum(() => LocalDate, 'tracing.case') openedOn?: string | null;
  @Datum(() => String, 'tracing.case', { description: 'The agency that the case is assigned to.' }) assignee?: string | null;
  @Datum(() => LocalDate, 'tracing.case') assignedOn?: string | null;
  @Datum(() => String, 'tracing.case') outcome?: string | null;
  @Datum(() => LocalDate, 'tracing.case') closedOn?: string | null;
  @Datum(() => LocalDate, 'tracing.case') nextReview?: string | null;
}

/** A child-protection case: its existence is known to child protection alone; a team sees the flag of the child, nothing more. */
@Stored({
  table: 'tracing.tracing_case',
  where: "t.kind = 'PROTECTION'",
  orderBy: 't.opened_on desc, t.case_id',
  keys: KEYS,
  hidden: HIDDEN,
})
@ObjectType()
export class ProtectionCase {
  @Datum(() => String, 'protection.case') reference?: string | null;
  @Datum(() => String, 'protection.case') state?: string | null;
  @Datum(() => LocalDate, 'protection.case') openedOn?: string | null;
  @Datum(() => String, 'protection.case') assignee?: string | null;
  @Datum(() => String, 'protection.case') outcome?: string | null;
  @Datum(() => LocalDate, 'protection.case') closedOn?: string | null;
}

/** That child protection is concerned with a child; shown as `Child.protectionConcern`, never as a record. */
@Stored({ table: 'tracing.protection_flag', where: 'true', orderBy: 't.child_id', keys: ['child_id'] })
@ObjectType()
export class ProtectionFlag {
  @Datum(() => Boolean, 'protection.flag') concerned?: boolean | null;
}

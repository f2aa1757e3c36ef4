import { randomBytes } from 'node:crypto';
import { IsOptional, Length, MaxLength } from 'class-validator';
import type { GraphQLResolveInfo } from 'graphql';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import type { Exchange, Transactor } from '../../exchange/context.ts';
import { Category } from '../../exchange/datum.ts';
import { idempotent } from '../../exchange/idempotent.ts';
import { HubError } from '../../kernel/errors.ts';
import { Child } from '../children/child.ts';
import { findShownChild, getChildInReach } from '../children/reach.ts';
import { CASE_OUTCOMES, type CaseState, checkStep } from './case-states.ts';

export const CaseStep = { ASSIGNED: 'ASSIGNED', CLOSED: 'CLOSED' } as const;
registerEnumType(CaseStep, { name: 'CaseStep' });
export const CaseKind = { TRACING: 'TRACING', PROTECTION: 'PROTECTION' } as const;
registerEnumType(CaseKind, { name: 'CaseKind' });
export const CaseOutcome = Object.fromEntries(CASE_OUTCOMES.map((outcome) => [outcome, outcome])) as Record<string, string>;
registerEnumType(CaseOutcome, { name: 'CaseOutcome' });
const write = { verb: 'write' } as const;

@InputType()
export class OpenCaseInput {
  @Length(8, 128)
  @Category('plumbing')
  @Field(() => String)
  idempotencyKey!: string;
  @Category('child.reference', { verb: 'match' }) @Field(() => ID) child!: string;
  @Category('tracing.case', write)
  @Field(() => CaseKind, { nullable: true, description: 'PROTECTION refers the child to the child-protection agency named as assignee.' })
  kind?: 'TRACING' | 'PROTECTION' | null;
  @IsOptional()
  @MaxLength(2000)
  @Category('tracing.case', write)
  @Field(() => String, { nullable: true, description: 'The agency that the case is assigned to.' })
  assignee?: string | null;
  @MaxLength(2000)
  @Category('tracing.case', write)
  @Field(() => String)
  reason!: string;
}

@InputType()
export class AdvanceCaseInput {
  @Length(8, 128)
  @Category('plumbing')
  @Field(() => String)
  idempotencyKey!: string;
  @Category('tracing.case', { verb: 'match' }) @Field(() => String, { description: "The case's reference." }) case!: string;
  @Category('tracing.case', write) @Field(() => CaseStep) to!: 'ASSIGNED' | 'CLOSED';
  @IsOptional()
  @MaxLength(2000)
  @Category('tracing.case', write)
  @Field(() => String, { nullable: true })
  assignee?: string | null;
  @Category('tracing.case', write) @Field(() => CaseOutcome, { nullable: true }) outcome?: string | null;
  @MaxLength(2000)
  @Category('tracing.case', write)
  @Field(() => String)
  reason!: string;
}

@ObjectType()
export class CasePayload {
  @Category('tracing.case') @Field(() => String, { nullable: true, simple: true, description: "The case's reference." }) reference?:
    | string
    | null;
  @Category('tracing.case') @Field(() => String, { nullable: true, simple: true }) state?: string | null;
  @Category('child.reference') @Field(() => Child, { nullable: true, simple: true }) child?: Child | null;
}

type Step = { case: string; child: string; reference: string; state: CaseState };

async function writeEvent(
  exchange: Exchange,
  transactor: Transactor,
  caseId: string,
  from: CaseState | null,
  to: CaseState,
  reason: string,
): Promise<void> {
  const { caller, plan } = exchange;
  await transactor.query(
    'insert into tracing.case_event (case_id, from_state, to_state, purpose, basis, actor, reason) values ($1, $2, $3, $4, $5, $6, $7)',
    [caseId, from, to, caller.purpose, plan.info.basis.national, caller.actor ?? caller.clientId, reason],
  );
}

/** @throws HubError BAD_USER_INPUT for an agency that cannot take the case: unknown, of another country, or of another kind. */
async function checkAssignee(exchange: Exchange, transactor: Transactor, assignee: string, kind: 'TRACING' | 'PROTECTION'): Promise<void> {
  const kinds = kind === 'PROTECTION' ? ['protection'] : ['outreach', 'school'];
  const found = await transactor.query('select 1 from hub.agency where agency_id = $1 and kind = any($2) and country = $3', [
    assignee,
    kinds,
    exchange.caller.agency.country,
  ]);
  if (found.length === 0) throw new HubError('BAD_USER_INPUT', `assignee is no agency of kind ${kinds.join(' or ')} of this country`);
}

/** Opens a case on a child within reach; with an assignee it is assigned at once. @throws HubError NOT_FOUND, CONFLICT when an open case of that kind is there. */
export async function openCase(exchange: Exchange, input: OpenCaseInput, info: GraphQLResolveInfo): Promise<CasePayload> {
  const childId = await getChildInReach(exchange, input.child);
  const kind = input.kind ?? 'TRACING';
  if (kind === 'PROTECTION' && !input.assignee)
    throw new HubError('BAD_USER_INPUT', 'a protection case names the agency that it is referred to');
  const step = await idempotent<Step>(exchange, 'openCase', input, async (transactor) => {
    if (input.assignee) await checkAssignee(exchange, transactor, input.assignee, kind);
    await transactor.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`case ${kind} ${childId}`]);
    const open = await transactor.query("select 1 from tracing.tracing_case where child_id = $1 and kind = $2 and state <> 'CLOSED'", [
      childId,
      kind,
    ]);
    // That a protection case is open is no business of who refers the child a second time.
    if (open.length > 0 && kind === 'TRACING') throw new HubError('CONFLICT', 'an open case is there already');
    const reference = `${kind === 'PROTECTION' ? 'PC' : 'TC'}-${randomBytes(6).toString('hex').toUpperCase()}`;
    const state: CaseState = input.assignee ? 'ASSIGNED' : 'LISTED';
    const rows = await transactor.query<{ case_id: string }>(
      `insert into tracing.tracing_case (child_id, reference, kind, state, opened_on, opened_by, assignee, assigned_on)
       values ($1, $2, $3, $4, current_date, $5, $6, case when $6::text is null then null else current_date end) returning case_id`,
      [childId, reference, kind, state, exchange.caller.agency.id, input.assignee ?? null],
    );
    const caseId = rows[0]?.case_id as string;
    await writeEvent(exchange, transactor, caseId, null, state, input.reason);
    return { case: caseId, child: childId, reference, state };
  });
  return {
    reference: step.reference,
    state: step.state,
    child: (await findShownChild(exchange, step.child, info, 'child')) as Child | null,
  };
}

/** Assigns or closes a case of a child within reach. @throws HubError NOT_FOUND, CONFLICT for a step that the state does not allow. */
export async function advanceCase(exchange: Exchange, input: AdvanceCaseInput, info: GraphQLResolveInfo): Promise<CasePayload> {
  const step = await idempotent<Step>(exchange, 'advanceCase', input, async (transactor) => {
    const [found] = await transactor.query<{ case_id: string; child_id: string; state: CaseState }>(
      "select case_id, child_id, state from tracing.tracing_case where reference = $1 and kind = 'TRACING' for update",
      [input.case],
    );
    if (!found) throw new HubError('NOT_FOUND');
    const reach = exchange.ids.encode('Child', found.child_id);
    await exchange.asView(() => getChildInReach(exchange, reach));
    checkStep(found.state, input);
    if (input.assignee) await checkAssignee(exchange, transactor, input.assignee, 'TRACING');
    await transactor.query(
      `update tracing.tracing_case set state = $2, assignee = coalesce($3, assignee), assigned_on = case when $2 = 'ASSIGNED' then current_date else assigned_on end,
         outcome = $4, closed_on = case when $2 = 'CLOSED' then current_date end where case_id = $1`,
      [found.case_id, input.to, input.assignee ?? null, input.outcome ?? null],
    );
    await writeEvent(exchange, transactor, found.case_id, found.state, input.to, input.reason);
    return { case: found.case_id, child: found.child_id, reference: input.case, state: input.to };
  });
  return {
    reference: step.reference,
    state: step.state,
    child: (await findShownChild(exchange, step.child, info, 'child')) as Child | null,
  };
}

import { createHash } from 'node:crypto';
import { IsOptional, Length, MaxLength } from 'class-validator';
import type { GraphQLResolveInfo } from 'graphql';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Exchange, Transactor } from '../../exchange/context.ts';
import { Category } from '../../exchange/datum.ts';
import { idempotent } from '../../exchange/idempotent.ts';
import { LocalDate } from '../../exchange/local-date.ts';
import { HubError } from '../../kernel/errors.ts';
import { Child } from '../children/child.ts';
import { findShownChild, getChildInReach } from '../children/reach.ts';
import { EVIDENCE_GRADES, VISIT_CLAIMS, VISIT_OUTCOMES, type VisitOutcome as VisitOutcomeCode } from './intake.ts';

const asEnum = (codes: readonly string[]) => Object.fromEntries(codes.map((code) => [code, code])) as Record<string, string>;
export const VisitOutcome = asEnum(VISIT_OUTCOMES);
registerEnumType(VisitOutcome, { name: 'VisitOutcome' });
export const EvidenceGrade = asEnum(EVIDENCE_GRADES);
registerEnumType(EvidenceGrade, { name: 'EvidenceGrade', description: 'A register, B document, C relative, D hearsay, E none.' });

@InputType()
export class RecordVisitInput {
  @Length(8, 128)
  @Category('plumbing')
  @Field(() => String, { description: "A text of the client's own, once per visit." })
  idempotencyKey!: string;
  @Category('child.reference', { verb: 'match' }) @Field(() => ID) child!: string;
  @Category('outreach.visit', { verb: 'write' }) @Field(() => LocalDate) visitedOn!: string;
  @Category('outreach.visit', { verb: 'write' }) @Field(() => Int, { nullable: true }) attempt?: number | null;
  @Category('outreach.visit', { verb: 'write' }) @Field(() => VisitOutcome) outcome!: string;
  @Category('outreach.visit', { verb: 'write' }) @Field(() => EvidenceGrade) evidenceGrade!: string;
  @IsOptional()
  @MaxLength(2000)
  @Category('outreach.visit', { verb: 'write' })
  @Field(() => String, { nullable: true })
  protocolNo?: string | null;
  @IsOptional()
  @MaxLength(2000)
  @Category('outreach.visit', { verb: 'write' })
  @Field(() => String, { nullable: true })
  metWith?: string | null;
  @IsOptional()
  @MaxLength(2000)
  @Category('outreach.visit-note', { verb: 'write' })
  @Field(() => String, { nullable: true })
  note?: string | null;
}

@ObjectType()
export class RecordVisitPayload {
  @Category('child.reference') @Field(() => Child, { nullable: true, simple: true }) child?: Child | null;
}

/** A visit recorded online becomes a source record like one from a file: the case it belongs to is the token's. */
async function insertVisit(exchange: Exchange, transactor: Transactor, childId: string, input: RecordVisitInput): Promise<string> {
  const { agency, clientId, caseReference } = exchange.caller;
  const digest = createHash('sha256').update(`${clientId}\0${input.idempotencyKey}`).digest();
  const name = `online-${digest.toString('hex').slice(0, 16)}`;
  const rows = await transactor.query<{ record_id: string }>(
    `with delivery as (insert into hub.delivery (kind, supplier, client_id, file_name, sha256, rows, accepted) values ('visits', $1, $2, $3, $4, 1, 1) returning delivery_id)
     insert into hub.source_record (kind, supplier, delivery_id, file_name, line, content_mac, occurrence, natural_mac)
     select 'visits', $1, delivery_id, $3, 1, $5, 1, $5 from delivery returning record_id`,
    [agency.id, clientId, name, digest, exchange.vault.mac('content', name)],
  );
  const record = rows[0]?.record_id as string;
  await transactor.query(
    `insert into outreach.visit (child_id, record_id, team, visited_on, attempt, outcome, evidence_grade, protocol_no, met_with, note)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      childId,
      record,
      agency.id,
      input.visitedOn,
      input.attempt ?? null,
      input.outcome,
      input.evidenceGrade,
      input.protocolNo ?? null,
      input.metWith ?? null,
      input.note ?? null,
    ],
  );
  const claim = VISIT_CLAIMS[input.outcome as VisitOutcomeCode] ?? 'VISITED';
  await transactor.query(
    `insert into hub.assertion (child_id, record_id, ordinal, source, claim, country, observed_on, claim_date, detail, evidence_grade)
     values ($1, $2, 0, 'visits', $3, $4, $5, $5, $6, $7)`,
    [childId, record, claim, agency.country, input.visitedOn, input.outcome, input.evidenceGrade],
  );
  const [event] = await transactor.query<{ event_id: string }>(
    `insert into hub.identity_event (kind, actor, engine, evidence) values ('link', $1, 'case', jsonb_build_object('case', $2::text)) returning event_id`,
    [clientId, caseReference],
  );
  await transactor.query('insert into hub.membership (record_id, child_id, event_id) values ($1, $2, $3)', [
    record,
    childId,
    event?.event_id,
  ]);
  return record;
}

/** @throws HubError NOT_FOUND for a child out of reach, BAD_USER_INPUT for a day that has not come. */
export async function recordVisit(exchange: Exchange, input: RecordVisitInput, info: GraphQLResolveInfo): Promise<RecordVisitPayload> {
  const childId = await getChildInReach(exchange, input.child);
  const { now } = await exchange.session.snapshot();
  if (input.visitedOn > now.toISOString().slice(0, 10)) throw new HubError('BAD_USER_INPUT', 'visitedOn is a day that has not come');
  const { child } = await idempotent(exchange, 'recordVisit', input, async (transactor) => {
    await insertVisit(exchange, transactor, childId, input);
    await transactor.query(
      `with moved as (update tracing.tracing_case set state = 'VISITED' where reference = $1 and child_id = $2 and state = 'ASSIGNED' returning case_id)
       insert into tracing.case_event (case_id, from_state, to_state, purpose, basis, actor, reason)
       select case_id, 'ASSIGNED', 'VISITED', $3, $4, $5, 'visit recorded' from moved`,
      [
        exchange.caller.caseReference,
        childId,
        exchange.caller.purpose,
        exchange.plan.info.basis.national,
        exchange.caller.actor ?? exchange.caller.clientId,
      ],
    );
    return { child: childId };
  });
  return { child: (await findShownChild(exchange, child, info, 'child')) as Child | null };
}

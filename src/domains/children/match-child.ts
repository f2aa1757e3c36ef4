import { Length, MaxLength } from 'class-validator';
import type { GraphQLResolveInfo } from 'graphql';
import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import type { Exchange } from '../../exchange/context.ts';
import { Category, reads } from '../../exchange/datum.ts';
import { Binds, scopeCondition } from '../../exchange/scope.ts';
import { LocalDate } from '../../exchange/local-date.ts';
import { HubError } from '../../kernel/errors.ts';
import { type IdScheme, parseNationalId } from '../../kernel/national-id.ts';
import { Child } from './child.ts';
import { findShownChild } from './reach.ts';

export const NationalIdScheme = { EGN: 'EGN', LNCH: 'LNCH', CNP: 'CNP' } as const;
registerEnumType(NationalIdScheme, { name: 'NationalIdScheme' });
const ID_TYPES = { EGN: 0, LNCH: 1, CNP: 3 } as const satisfies Partial<Record<IdScheme, 0 | 1 | 3>>;

@InputType()
export class MatchChildInput {
  @Length(8, 128)
  @Category('plumbing')
  @Field(() => String)
  idempotencyKey!: string;

  @Category('identity.national-id', { verb: 'match' })
  @Field(() => NationalIdScheme)
  scheme!: 'EGN' | 'LNCH' | 'CNP';

  @MaxLength(13)
  @Category('identity.national-id', { verb: 'match' })
  @Field(() => String)
  nationalId!: string;

  @Category('identity.birth-date', { verb: 'match' })
  @Field(() => LocalDate, { description: "The birth date that the caller has: an id alone may be mistyped into another child's." })
  birthDate!: string;
}

@ObjectType()
export class MatchChildPayload {
  @Category('child.reference')
  @Field(() => Child, { nullable: true, simple: true, description: 'Null when no child within reach has these values.' })
  child?: Child | null;
}

reads('MatchChildInput.nationalId', 'hub.child_identifier', ['mac', 'is_valid']);
reads('MatchChildInput.birthDate', 'hub.child', ['birth_date']);

/** Matches a client may ask for in an hour: enough for a school's enrolment days, too few to try numbers. */
const BUDGET = 300;
const HOUR = 3_600_000;
const spent = new Map<string, { since: number; count: number }>();

/** @throws HubError RATE_LIMITED when the client has asked for more than its budget. Each hub process counts for itself. */
function spend(clientId: string, now: number): void {
  const known = spent.get(clientId);
  if (!known || now - known.since > HOUR) spent.set(clientId, { since: now, count: 1 });
  else {
    known.count += 1;
    if (known.count > BUDGET) throw new HubError('RATE_LIMITED');
  }
}

/** Equality on values that the caller already has, among the children within its reach. No child, a child out of reach and an invalid id are one answer. */
export async function matchChild(exchange: Exchange, input: MatchChildInput, info: GraphQLResolveInfo): Promise<MatchChildPayload> {
  const { now } = await exchange.session.snapshot();
  spend(exchange.caller.clientId, now.getTime());
  const id = parseNationalId(ID_TYPES[input.scheme], input.nationalId);
  const mac = exchange.vault.idMac(input.scheme, id?.valid ? id.digits : '');
  const binds = new Binds();
  const rows = await exchange.session.query<{ child_id: string }>(
    `select distinct i.child_id from hub.child_identifier i join hub.child t on t.child_id = i.child_id
     where i.mac = ${binds.bind(mac)} and i.is_valid and i.is_current and t.birth_date = ${binds.bind(input.birthDate)}::date
       and ${scopeCondition(exchange.plan.scopes, exchange.caller, 't.child_id', binds)} limit 2`,
    binds.values,
  );
  const [only, other] = rows;
  exchange.log.released(only && !other ? [only.child_id] : [], ['MatchChildInput.nationalId', 'MatchChildInput.birthDate']);
  if (!only || other) return { child: null };
  return { child: (await findShownChild(exchange, only.child_id, info, 'child')) as Child | null };
}

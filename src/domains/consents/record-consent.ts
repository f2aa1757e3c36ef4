import { Length, MaxLength } from 'class-validator';
import type { GraphQLResolveInfo } from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import type { Exchange, Transactor } from '../../exchange/context.ts';
import { Category } from '../../exchange/datum.ts';
import { idempotent } from '../../exchange/idempotent.ts';
import { AGENCY_KINDS } from '../../kernel/brands.ts';
import { HubError } from '../../kernel/errors.ts';
import { isDataCategory } from '../../policy/vocabulary.ts';
import { Child } from '../children/child.ts';
import { findShownChild, getChildInReach } from '../children/reach.ts';

export const AuthorizationEffect = { GRANT: 'GRANT', REFUSE: 'REFUSE' } as const;
registerEnumType(AuthorizationEffect, { name: 'AuthorizationEffect' });
const consent = { subject: 'guardian', verb: 'write' } as const;

@InputType()
export class RecordConsentInput {
  @Length(8, 128)
  @Category('plumbing')
  @Field(() => String, { description: "A text of the client's own, once per event." })
  idempotencyKey!: string;
  @Category('child.reference', { verb: 'match' }) @Field(() => ID) child!: string;
  @Category('consent.authorization', consent)
  @Field(() => ID, { nullable: true, description: "The guardian who speaks; a guardian's own token needs none." })
  guardian?: string | null;
  @Category('consent.authorization', consent) @Field(() => AuthorizationEffect) effect!: 'GRANT' | 'REFUSE';
  @Category('consent.authorization', consent) @Field(() => [String]) purposes!: string[];
  @Category('consent.authorization', consent)
  @Field(() => [String], { nullable: true, description: 'Data categories; none: all of the purposes.' })
  categories?: string[] | null;
  @Category('consent.authorization', consent)
  @Field(() => [String], { nullable: true, description: 'Kinds of agency; none: all.' })
  recipients?: string[] | null;
  @Category('consent.authorization', consent) @Field(() => GraphQLDateTimeISO, { nullable: true }) validTo?: Date | null;
  @MaxLength(2000)
  @Category('consent.authorization', consent)
  @Field(() => String, { description: 'Where the proof is kept, e.g. the number of the signed form.' })
  evidence!: string;
  @MaxLength(2000)
  @Category('consent.authorization', consent)
  @Field(() => String, { description: 'Version of the notice that the guardian was given.' })
  noticeVersion!: string;
}

@InputType()
export class WithdrawConsentInput {
  @Length(8, 128)
  @Category('plumbing')
  @Field(() => String)
  idempotencyKey!: string;
  @Category('child.reference', { verb: 'match' }) @Field(() => ID) child!: string;
  @Category('consent.authorization', consent) @Field(() => ID, { nullable: true }) guardian?: string | null;
  @Category('consent.authorization', consent) @Field(() => [String]) purposes!: string[];
  @Category('consent.authorization', consent) @Field(() => [String], { nullable: true }) categories?: string[] | null;
  @MaxLength(2000)
  @Category('consent.authorization', consent)
  @Field(() => String)
  evidence!: string;
}

@ObjectType()
export class ConsentPayload {
  @Category('child.reference') @Field(() => Child, { nullable: true, simple: true }) child?: Child | null;
}

interface ConsentEvent {
  child: string;
  guardian?: string | null;
  effect: 'GRANT' | 'REFUSE' | 'WITHDRAW';
  purposes: string[];
  categories?: string[] | null;
  recipients?: string[] | null;
  validTo?: Date | null;
  evidence: string;
  noticeVersion: string;
}

function checkWords(event: ConsentEvent, purposes: ReadonlySet<string>): void {
  if (event.purposes.length === 0) throw new HubError('BAD_USER_INPUT', 'purposes names none');
  if (!event.purposes.every((purpose) => purposes.has(purpose)))
    throw new HubError('BAD_USER_INPUT', 'purposes holds a word that is no purpose');
  const category = event.categories?.find((word) => !isDataCategory(word));
  if (category !== undefined) throw new HubError('BAD_USER_INPUT', 'categories holds a word that is no data category');
  if (event.recipients?.some((word) => !(AGENCY_KINDS as readonly string[]).includes(word)))
    throw new HubError('BAD_USER_INPUT', 'recipients holds a word that is no kind of agency');
}

/** The guardian who speaks: the token's own, or the one that the agency names. @throws HubError NOT_FOUND without authority over the child today. */
async function getSpeaker(exchange: Exchange, transactor: Transactor, childId: string, named: string | null | undefined): Promise<string> {
  const own = exchange.caller.kind === 'guardian';
  if (!own && !named) throw new HubError('BAD_USER_INPUT', 'guardian is needed: the id from Child.guardians');
  const rows = own
    ? await transactor.query<{ guardian_id: string }>(
        'select c.guardian_id from consent.child_guardian c join consent.guardian g using (guardian_id) where c.child_id = $1 and g.reference = $2',
        [childId, exchange.caller.actor],
      )
    : await transactor.query<{ guardian_id: string }>(
        'select guardian_id from consent.child_guardian where child_id = $1 and guardian_id = $2',
        [childId, exchange.ids.numberOf('Guardian', named as string)],
      );
  const [speaker] = rows;
  if (!speaker) throw new HubError('NOT_FOUND');
  return speaker.guardian_id;
}

async function append(
  exchange: Exchange,
  operation: string,
  input: ConsentEvent & { idempotencyKey: string },
  info: GraphQLResolveInfo,
): Promise<ConsentPayload> {
  checkWords(input, exchange.purposes);
  const childId = await getChildInReach(exchange, input.child);
  const { child } = await idempotent(exchange, operation, input, async (transactor) => {
    const guardian = await getSpeaker(exchange, transactor, childId, input.guardian);
    // The epoch is the first write: it orders this event before every answer that is decided after it commits.
    await transactor.query('update hub.epoch set consent_epoch = consent_epoch + 1');
    await transactor.query(
      `insert into consent.authorization_event (child_id, guardian_id, effect, purposes, categories, recipients, valid_from, valid_to, evidence, notice_version, recorded_by)
       values ($1, $2, $3, $4, $5, $6, clock_timestamp(), $7, $8, $9, $10)`,
      [
        childId,
        guardian,
        input.effect,
        input.purposes,
        input.categories ?? [],
        input.recipients ?? [],
        input.validTo ?? null,
        input.evidence,
        input.noticeVersion,
        exchange.caller.clientId,
      ],
    );
    return { child: childId };
  });
  return { child: (await findShownChild(exchange, child, info, 'child')) as Child | null };
}

/** A guardian allows or refuses. @throws HubError NOT_FOUND, BAD_USER_INPUT, IDEMPOTENCY_KEY_REUSED. */
export const recordConsent = (exchange: Exchange, input: RecordConsentInput, info: GraphQLResolveInfo) =>
  append(exchange, 'recordConsent', input, info);

/** A guardian takes back what was allowed. @throws HubError as `recordConsent`. */
export const withdrawConsent = (exchange: Exchange, input: WithdrawConsentInput, info: GraphQLResolveInfo) =>
  append(exchange, 'withdrawConsent', { ...input, effect: 'WITHDRAW', noticeVersion: 'withdrawal' }, info);

import { Length, MaxLength } from 'class-validator';
import type { GraphQLResolveInfo } from 'graphql';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import type { Exchange } from '../../exchange/context.ts';
import { Category } from '../../exchange/datum.ts';
import { idempotent } from '../../exchange/idempotent.ts';
import { Child } from '../children/child.ts';
import { findShownChild, getChildInReach } from '../children/reach.ts';

export const SafeguardingEffect = { RAISED: 'RAISED', LIFTED: 'LIFTED' } as const;
registerEnumType(SafeguardingEffect, { name: 'SafeguardingEffect' });

@InputType()
export class SetSafeguardingInput {
  @Length(8, 128)
  @Category('plumbing')
  @Field(() => String)
  idempotencyKey!: string;

  @Category('child.reference', { verb: 'match' })
  @Field(() => ID)
  child!: string;

  @Category('protection.flag', { verb: 'write' })
  @Field(() => SafeguardingEffect)
  effect!: 'RAISED' | 'LIFTED';

  @MaxLength(2000)
  @Category('protection.flag', { verb: 'write' })
  @Field(() => String, { description: 'Where the decision is kept, e.g. the number of the order.' })
  evidence!: string;
}

@ObjectType()
export class SetSafeguardingPayload {
  @Category('child.reference') @Field(() => Child, { nullable: true, simple: true }) child?: Child | null;
}

/** Raises or lifts the flag that keeps a child's whereabouts from those who may not know them; effective for every answer decided after it. @throws HubError NOT_FOUND. */
export async function setSafeguarding(
  exchange: Exchange,
  input: SetSafeguardingInput,
  info: GraphQLResolveInfo,
): Promise<SetSafeguardingPayload> {
  const childId = await getChildInReach(exchange, input.child);
  const { child } = await idempotent(exchange, 'setSafeguarding', input, async (transactor) => {
    await transactor.query('update hub.epoch set consent_epoch = consent_epoch + 1');
    await transactor.query('insert into consent.safeguarding_event (child_id, effect, raised_by, evidence) values ($1, $2, $3, $4)', [
      childId,
      input.effect,
      exchange.caller.clientId,
      input.evidence,
    ]);
    return { child: childId };
  });
  return { child: (await findShownChild(exchange, child, info, 'child')) as Child | null };
}

import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Mutation, Resolver, Root } from 'type-graphql';
import type { Exchange } from '../../exchange/context.ts';
import { Category, reads } from '../../exchange/datum.ts';
import type { Row } from '../../exchange/load.ts';
import { Child } from '../children/child.ts';
import { Authorization, Guardian } from './authorization.ts';
import { ConsentPayload, RecordConsentInput, recordConsent, WithdrawConsentInput, withdrawConsent } from './record-consent.ts';
import { SetSafeguardingInput, SetSafeguardingPayload, setSafeguarding } from './set-safeguarding.ts';

reads('Guardian.id', 'consent.child_guardian', ['guardian_id']);

/** Guardians of a child, and what they allowed. */
@Resolver(() => Child)
export class ConsentsChildResolver {
  @Category('family.guardian', { subject: 'guardian' })
  @FieldResolver(() => [Guardian], { nullable: true, description: 'Those with authority over the child today.' })
  guardians(@Root() child: Row, @Ctx() exchange: Exchange, @Info() info: GraphQLResolveInfo) {
    return exchange.load.related('Guardian', child.$child, info);
  }

  @Category('consent.authorization', { subject: 'guardian' })
  @FieldResolver(() => [Authorization], { nullable: true, description: 'What guardians allowed, refused and withdrew, newest first.' })
  authorizations(@Root() child: Row, @Ctx() exchange: Exchange, @Info() info: GraphQLResolveInfo) {
    return exchange.load.related('Authorization', child.$child, info);
  }

  @Category('consent.authorization', { subject: 'guardian', verb: 'write' })
  @Mutation(() => ConsentPayload, { nullable: true, description: 'Records that a guardian allows or refuses.' })
  recordConsent(
    @Arg('input', () => RecordConsentInput) @Category('plumbing') input: RecordConsentInput,
    @Ctx() exchange: Exchange,
    @Info() info: GraphQLResolveInfo,
  ) {
    return recordConsent(exchange, input, info);
  }

  @Category('consent.authorization', { subject: 'guardian', verb: 'write' })
  @Mutation(() => ConsentPayload, {
    nullable: true,
    description: 'Withdraws what a guardian allowed: effective for every answer decided after it.',
  })
  withdrawConsent(
    @Arg('input', () => WithdrawConsentInput) @Category('plumbing') input: WithdrawConsentInput,
    @Ctx() exchange: Exchange,
    @Info() info: GraphQLResolveInfo,
  ) {
    return withdrawConsent(exchange, input, info);
  }

  @Category('protection.flag', { verb: 'write' })
  @Mutation(() => SetSafeguardingPayload, {
    nullable: true,
    description: 'Raises or lifts the safeguarding flag: addresses and whereabouts are withheld while it stands.',
  })
  setSafeguarding(
    @Arg('input', () => SetSafeguardingInput) @Category('plumbing') input: SetSafeguardingInput,
    @Ctx() exchange: Exchange,
    @Info() info: GraphQLResolveInfo,
  ) {
    return setSafeguarding(exchange, input, info);
  }
}

@Resolver(() => Guardian)
export class GuardianResolver {
  @Category('family.guardian', { subject: 'guardian' })
  @FieldResolver(() => ID, { nullable: true })
  id(@Root() guardian: Row, @Ctx() exchange: Exchange) {
    return exchange.ids.encode('Guardian', guardian.$guardian_id as string);
  }
}

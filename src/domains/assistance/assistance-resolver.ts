import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { Exchange } from '../../exchange/context.ts';
import { Category } from '../../exchange/datum.ts';
import type { Row } from '../../exchange/load.ts';
import { Child } from '../children/child.ts';
import { Entitlement, ParentAbroadNotice } from './entitlement.ts';

/** What social assistance contributes to a child. */
@Resolver(() => Child)
export class AssistanceChildResolver {
  @Category('benefit.entitlement')
  @FieldResolver(() => [Entitlement], { nullable: true })
  entitlements(@Root() child: Row, @Ctx() exchange: Exchange, @Info() info: GraphQLResolveInfo) {
    return exchange.load.related('Entitlement', child.$child, info);
  }

  @Category('family.carer-named')
  @FieldResolver(() => [ParentAbroadNotice], { nullable: true, description: 'Notices that a parent works abroad.' })
  parentsAbroad(@Root() child: Row, @Ctx() exchange: Exchange, @Info() info: GraphQLResolveInfo) {
    return exchange.load.related('ParentAbroadNotice', child.$child, info);
  }
}

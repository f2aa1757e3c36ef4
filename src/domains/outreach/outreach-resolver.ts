import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver, Root } from 'type-graphql';
import type { Exchange } from '../../exchange/context.ts';
import { Category } from '../../exchange/datum.ts';
import type { Row } from '../../exchange/load.ts';
import { Child } from '../children/child.ts';
import { RecordVisitInput, RecordVisitPayload, recordVisit } from './record-visit.ts';
import { Visit } from './visit.ts';

/** What outreach teams contribute to a child, and how they record it. */
@Resolver(() => Child)
export class OutreachChildResolver {
  @Category('outreach.visit-date')
  @FieldResolver(() => [Visit], { nullable: true, description: "Visits to the child's addresses, newest first." })
  visits(@Root() child: Row, @Ctx() exchange: Exchange, @Info() info: GraphQLResolveInfo) {
    return exchange.load.related('Visit', child.$child, info);
  }

  @Category('outreach.visit', { verb: 'write' })
  @Mutation(() => RecordVisitPayload, { nullable: true, description: 'Records a visit under the case of the token.' })
  recordVisit(
    @Arg('input', () => RecordVisitInput) @Category('plumbing') input: RecordVisitInput,
    @Ctx() exchange: Exchange,
    @Info() info: GraphQLResolveInfo,
  ) {
    return recordVisit(exchange, input, info);
  }
}

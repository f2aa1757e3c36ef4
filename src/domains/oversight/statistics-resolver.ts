import { Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { Exchange } from '../../exchange/context.ts';
import { Category, reads } from '../../exchange/datum.ts';
import { LocalDate } from '../../exchange/local-date.ts';

const table = { subject: 'none' } as const;

/** A cell of a published table. Small cells, and those that would tell them by subtraction, are suppressed before they are stored. */
@ObjectType()
export class StatisticsCell {
  @Category('statistics.table', table) @Field(() => LocalDate, { nullable: true, simple: true }) asOf?: string;
  @Category('statistics.table', table) @Field(() => String, { nullable: true, simple: true }) municipality?: string;
  @Category('statistics.table', table) @Field(() => String, { nullable: true, simple: true }) status?: string;
  @Category('statistics.table', table)
  @Field(() => Int, { nullable: true, simple: true, description: 'Distinct children; null when suppressed.' })
  children?: number | null;
  @Category('statistics.table', table) @Field(() => Boolean, { nullable: true, simple: true }) suppressed?: boolean;
}

reads('Query.publishedStatistics', 'hub.published_table', ['country', 'as_of', 'municipality', 'status', 'children', 'suppressed']);

/** Published tables only: fixed dimensions and no filter, so that no two answers can be subtracted. */
@Resolver()
export class StatisticsResolver {
  @Category('statistics.table', table)
  @Query(() => [StatisticsCell], {
    nullable: true,
    description: "The newest published table of the agency's country: children by municipality and coverage status.",
  })
  publishedStatistics(@Ctx() exchange: Exchange) {
    exchange.log.releasedLoose(['Query.publishedStatistics']);
    return exchange.session.query(
      `select p.as_of as "asOf", p.municipality, p.status, p.children, p.suppressed from hub.published_table p
       where p.country = $1 and p.as_of = (select max(as_of) from hub.published_table where country = $1) order by p.municipality, p.status`,
      [exchange.caller.agency.country],
    );
  }
}

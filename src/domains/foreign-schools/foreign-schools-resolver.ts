import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Query, Resolver } from 'type-graphql';
import type { Exchange } from '../../exchange/context.ts';
import { Category } from '../../exchange/datum.ts';
import type { Row } from '../../exchange/load.ts';
import { selectedFields } from '../../exchange/selection.ts';
import { ForeignReportCell } from './foreign-report.ts';

/** What foreign schools report of themselves. */
@Resolver()
export class ForeignSchoolsResolver {
  @Category('foreign.aggregate', { subject: 'institution' })
  @Query(() => [ForeignReportCell], { nullable: true, description: "The aggregate report of the agency's own schools." })
  async foreignReport(
    @Arg('term', () => String, { description: 'E.g. 2026-2027/1.' })
    @Category('foreign.aggregate', { subject: 'institution', verb: 'filter' })
    term: string,
    @Ctx() exchange: Exchange,
    @Info() info: GraphQLResolveInfo,
  ) {
    const plan = exchange.load.plan('ForeignReportCell', selectedFields(info));
    exchange.log.releasedLoose(plan.coordinates);
    return exchange.session.query<Row>(
      `select t.record_id as "$child"${plan.columns} from foreign_school.report_cell t
       where t.is_current and t.school_id = any($1::text[]) and t.term = $2 order by t.record_id`,
      [exchange.caller.agency.schoolIds, term],
    );
  }
}

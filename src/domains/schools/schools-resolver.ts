import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { Exchange } from '../../exchange/context.ts';
import { Category, reads } from '../../exchange/datum.ts';
import type { Row } from '../../exchange/load.ts';
import { Child } from '../children/child.ts';
import { AbsenceMonth, Enrolment, School } from './enrolment.ts';

reads('Enrolment.school', 'school.school', ['school_id']);
reads('Enrolment.school', 'school.enrolment', ['school_id']);

/** What schools contribute to a child. */
@Resolver(() => Child)
export class SchoolsChildResolver {
  @Category('education.enrolment')
  @FieldResolver(() => [Enrolment], { nullable: true, description: 'Rows of school rolls, newest school year first.' })
  enrolments(@Root() child: Row, @Ctx() exchange: Exchange, @Info() info: GraphQLResolveInfo) {
    return exchange.load.related('Enrolment', child.$child, info);
  }

  @Category('attendance.over-threshold')
  @FieldResolver(() => [AbsenceMonth], { nullable: true, description: 'Unexcused absence by month, newest first.' })
  absences(@Root() child: Row, @Ctx() exchange: Exchange, @Info() info: GraphQLResolveInfo) {
    return exchange.load.related('AbsenceMonth', child.$child, info);
  }
}

@Resolver(() => Enrolment)
export class EnrolmentResolver {
  @Category('institution.public', { subject: 'institution' })
  @FieldResolver(() => School, { nullable: true })
  school(@Root() enrolment: Row, @Ctx() exchange: Exchange, @Info() info: GraphQLResolveInfo) {
    return exchange.load.named('School', 'school_id', enrolment.$school_id as string | null, info);
  }
}

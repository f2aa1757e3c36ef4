import { Field, ObjectType } from 'type-graphql';
import { PageInfo } from '../../exchange/connection.ts';
import { Category } from '../../exchange/datum.ts';
import { TracingCase } from './tracing-case.ts';

@ObjectType()
export class TracingCaseEdge {
  @Category('plumbing') @Field(() => String, { simple: true }) cursor!: string;
  @Category('plumbing') @Field(() => TracingCase, { nullable: true, simple: true }) node?: TracingCase | null;
}
@ObjectType()
export class TracingCaseConnection {
  @Category('plumbing') @Field(() => [TracingCaseEdge], { simple: true }) edges!: TracingCaseEdge[];
  @Category('plumbing') @Field(() => PageInfo, { simple: true }) pageInfo!: PageInfo;
}

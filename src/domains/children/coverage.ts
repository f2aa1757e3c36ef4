import { ArgsType, Field, ObjectType, registerEnumType } from 'type-graphql';
import { COVERAGE_STATUSES } from '../../coverage/status.ts';
import { PageInfo } from '../../exchange/connection.ts';
import { Category, reads } from '../../exchange/datum.ts';
import { LocalDate } from '../../exchange/local-date.ts';
import { Child } from './child.ts';

export const CoverageStatus = Object.fromEntries(COVERAGE_STATUSES.map((status) => [status, status])) as Record<string, string>;
registerEnumType(CoverageStatus, {
  name: 'CoverageStatus',
  description: 'What the hub derives of a child on a day, from what the agencies have said.',
});

/** An assertion that a derived status rests on. */
@ObjectType()
export class Because {
  @Category('coverage.evidence')
  @Field(() => String, { nullable: true, simple: true, description: 'The kind of file that said it.' })
  source?: string | null;
  @Category('coverage.evidence') @Field(() => String, { nullable: true, simple: true }) claim?: string | null;
  @Category('coverage.evidence') @Field(() => LocalDate, { nullable: true, simple: true }) date?: string | null;
  @Category('coverage.evidence')
  @Field(() => String, { nullable: true, simple: true, description: 'A register, B document, C relative, D hearsay, E none.' })
  grade?: string | null;
}

/** A derived coverage status: never stored as truth, always with its reasons. */
@ObjectType()
export class Coverage {
  @Category('coverage.status') @Field(() => LocalDate, { nullable: true, simple: true }) asOf?: string | null;
  @Category('coverage.status') @Field(() => CoverageStatus, { nullable: true, simple: true }) status?: string | null;
  @Category('coverage.status')
  @Field(() => Boolean, { nullable: true, simple: true, description: 'Whether sources of closing strength contradict each other.' })
  conflict?: boolean | null;
  @Category('coverage.status')
  @Field(() => String, { nullable: true, simple: true, description: 'What to do next, e.g. VISIT, VERIFY_ABROAD, ENROL.' })
  nextStep?: string | null;
  @Category('coverage.evidence') @Field(() => [Because], { nullable: true, simple: true }) because?: Because[] | null;
}

// A class, for type-graphql loses the directives of a field resolver's single arguments.
@ArgsType()
export class CoverageArguments {
  @Category('coverage.status', { verb: 'filter' })
  @Field(() => LocalDate, { nullable: true, description: 'The day; default today.' })
  asOf?: string | null;
}

/** A child of the coverage list. */
@ObjectType()
export class CoverageListEntry {
  @Category('coverage.status') @Field(() => Coverage, { nullable: true, simple: true }) coverage?: Coverage | null;
  @Category('child.reference') @Field(() => Child, { nullable: true, simple: true }) child?: Child | null;
}
@ObjectType()
export class CoverageListEdge {
  @Category('plumbing') @Field(() => String, { simple: true }) cursor!: string;
  @Category('plumbing') @Field(() => CoverageListEntry, { nullable: true, simple: true }) node?: CoverageListEntry | null;
}
@ObjectType()
export class CoverageListConnection {
  @Category('plumbing') @Field(() => [CoverageListEdge], { simple: true }) edges!: CoverageListEdge[];
  @Category('plumbing') @Field(() => PageInfo, { simple: true }) pageInfo!: PageInfo;
}

// A derived status reads the assertions of the child, whichever agency made them; that the status alone leaves is the reviewed declassification.
const ASSERTIONS = [
  'child_id',
  'record_id',
  'ordinal',
  'is_current',
  'source',
  'claim',
  'country',
  'observed_on',
  'school_year',
  'claim_date',
  'detail',
  'evidence_grade',
];
for (const coordinate of ['Child.coverage', 'Query.coverageList']) reads(coordinate, 'hub.assertion', ASSERTIONS);

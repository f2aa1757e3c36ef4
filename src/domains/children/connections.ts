import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../../exchange/connection.ts';
import { Category, reads } from '../../exchange/datum.ts';
import { Child } from './child.ts';

@ObjectType()
export class ChildEdge {
  @Category('plumbing') @Field(() => String, { simple: true }) cursor!: string;
  @Category('plumbing') @Field(() => Child, { nullable: true, simple: true }) node?: Child | null;
}

/** Children that the caller may know of, page by page. */
@ObjectType()
export class ChildConnection {
  @Category('plumbing') @Field(() => [ChildEdge], { simple: true }) edges!: ChildEdge[];
  @Category('plumbing') @Field(() => PageInfo, { simple: true }) pageInfo!: PageInfo;
  /** Asked for by its resolver only: counting is a reference of its own. */
  count?: () => Promise<number>;
}

/** What a list of children is restricted to. A member exists only where the purpose may filter by that datum. */
@InputType()
export class ChildFilter {
  @Category('residence.municipality', { verb: 'filter' })
  @Field(() => [String], { nullable: true, description: 'Codes of municipalities.' })
  municipality?: string[] | null;

  @Category('residence.settlement', { verb: 'filter' })
  @Field(() => [String], { nullable: true, description: 'Codes of settlements.' })
  settlement?: string[] | null;

  @Category('identity.birth-year', { verb: 'filter' })
  @Field(() => Int, { nullable: true, description: 'Earliest year of birth.' })
  bornFrom?: number | null;

  @Category('identity.birth-year', { verb: 'filter' })
  @Field(() => Int, { nullable: true, description: 'Latest year of birth.' })
  bornTo?: number | null;
}

export const SortDirection = { ASC: 'ASC', DESC: 'DESC' } as const;
registerEnumType(SortDirection, { name: 'SortDirection' });

/** By what a list of children is ordered: one member at most. Without it the order is stable and tells nothing. */
@InputType()
export class ChildOrder {
  @Category('identity.name', { verb: 'sort' })
  @Field(() => SortDirection, { nullable: true })
  familyName?: 'ASC' | 'DESC' | null;

  @Category('identity.birth-year', { verb: 'sort' })
  @Field(() => SortDirection, { nullable: true })
  birthYear?: 'ASC' | 'DESC' | null;
}

// What lists compare with and order by, beside what they show.
reads('Child.id', 'hub.child', ['child_id']);
reads('ChildFilter.municipality', 'hub.child', ['municipality']);
reads('Query.coverageList(municipality:)', 'hub.child', ['municipality']);
reads('ChildFilter.settlement', 'hub.child', ['settlement']);
reads('ChildFilter.bornFrom', 'hub.child', ['birth_year']);
reads('ChildFilter.bornTo', 'hub.child', ['birth_year']);
reads('ChildOrder.familyName', 'hub.child', ['family_name']);
reads('ChildOrder.birthYear', 'hub.child', ['birth_year']);

import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connectionOf } from '../../exchange/connection.ts';
import type { Exchange } from '../../exchange/context.ts';
import { Category } from '../../exchange/datum.ts';
import type { Row } from '../../exchange/load.ts';
import { selectedFields } from '../../exchange/selection.ts';
import { LocalDate } from '../../exchange/local-date.ts';
import type { IsoDate } from '../../kernel/brands.ts';
import { HubError } from '../../kernel/errors.ts';
import { Child, NationalId, NationalIdEnding, Node } from './child.ts';
import { type ChildListArguments, countChildren, loadChildPage, loadChildren } from './child-page.ts';
import { ChildConnection, ChildFilter, ChildOrder } from './connections.ts';
import { Coverage, CoverageArguments, CoverageListConnection, CoverageStatus } from './coverage.ts';
import { loadChildCoverage, loadCoverageList } from './coverage-list.ts';
import { MatchChildInput, MatchChildPayload, matchChild } from './match-child.ts';
import { Withheld } from './withheld.ts';

const today = async (exchange: Exchange) => (await exchange.session.snapshot()).now.toISOString().slice(0, 10) as IsoDate;

function orderOf(orderBy: ChildOrder | null | undefined): Pick<ChildListArguments, 'order' | 'descending'> {
  const given = Object.entries(orderBy ?? {}).filter(([, direction]) => direction != null);
  if (given.length > 1) throw new HubError('BAD_USER_INPUT', 'orderBy takes one member');
  const [member] = given;
  return member ? { order: member[0] as 'familyName' | 'birthYear', descending: member[1] === 'DESC' } : {};
}

/** The hall: children by id, by page and by coverage. Each resolver names a loader and nothing else. */
@Resolver(() => Child)
export class ChildResolver {
  @Category('child.reference')
  @Query(() => Child, { nullable: true, description: "A child by this agency's id of it; null for any id that it may not know of." })
  async child(
    @Arg('id', () => ID) @Category('child.reference', { verb: 'match' }) id: string,
    @Ctx() exchange: Exchange,
    @Info() info: GraphQLResolveInfo,
  ) {
    const number = exchange.ids.numberOf('Child', id);
    return (await loadChildren(exchange, [number], selectedFields(info))).get(number) ?? null;
  }

  @Category('child.reference')
  @Query(() => Node, {
    nullable: true,
    description: 'The object of an id of this agency (Relay): null for any id that it may not know of.',
  })
  async node(
    @Arg('id', () => ID) @Category('child.reference', { verb: 'match' }) id: string,
    @Ctx() exchange: Exchange,
    @Info() info: GraphQLResolveInfo,
  ) {
    const number = exchange.ids.numberOf('Child', id);
    return (await loadChildren(exchange, [number], selectedFields(info))).get(number) ?? null;
  }

  @Category('identity.national-id', { verb: 'match' })
  @Mutation(() => MatchChildPayload, {
    nullable: true,
    description: 'Finds a child by values that the caller has: equality alone, with a budget, always recorded.',
  })
  matchChild(
    @Arg('input', () => MatchChildInput) @Category('plumbing') input: MatchChildInput,
    @Ctx() exchange: Exchange,
    @Info() info: GraphQLResolveInfo,
  ) {
    return matchChild(exchange, input, info);
  }

  @Category('child.list')
  @Query(() => ChildConnection, { nullable: true, description: 'Children that this agency may know of under its purpose.' })
  async children(
    @Arg('where', () => ChildFilter, { nullable: true }) @Category('plumbing') where: ChildFilter | null,
    @Arg('orderBy', () => ChildOrder, { nullable: true }) @Category('plumbing') orderBy: ChildOrder | null,
    @Arg('first', () => Int, { nullable: true, description: 'At most 100; default 20.' }) @Category('plumbing') first: number | null,
    @Arg('after', () => String, { nullable: true }) @Category('plumbing') after: string | null,
    @Ctx() exchange: Exchange,
    @Info() info: GraphQLResolveInfo,
  ) {
    const args: ChildListArguments = { ...where, ...orderOf(orderBy), first, after };
    const page = await loadChildPage(exchange, args, info, ['edges', 'node']);
    return { ...connectionOf(page, after), count: () => countChildren(exchange, args) };
  }

  @Category('coverage.status')
  @Query(() => CoverageListConnection, {
    nullable: true,
    description:
      'Children by derived status: by default those of compulsory age who are on no roll, and those whose sources contradict each other.',
  })
  async coverageList(
    @Arg('asOf', () => LocalDate, { nullable: true, description: 'The day; default today.' })
    @Category('coverage.status', { verb: 'filter' })
    asOf: string | null,
    @Arg('municipality', () => String, { nullable: true }) @Category('residence.municipality', { verb: 'filter' }) municipality:
      | string
      | null,
    @Arg('status', () => [CoverageStatus], { nullable: true }) @Category('coverage.status', { verb: 'filter' }) status: string[] | null,
    @Arg('first', () => Int, { nullable: true }) @Category('plumbing') first: number | null,
    @Arg('after', () => String, { nullable: true }) @Category('plumbing') after: string | null,
    @Ctx() exchange: Exchange,
    @Info() info: GraphQLResolveInfo,
  ) {
    const page = await loadCoverageList(
      exchange,
      { asOf: (asOf as IsoDate) ?? (await today(exchange)), municipality, status, first, after },
      info,
    );
    return connectionOf(page, after);
  }

  @Category('child.reference')
  @FieldResolver(() => ID, {
    nullable: true,
    description: "Opaque, and this agency's own: another agency has another id for the same child.",
  })
  id(@Root() child: Row, @Ctx() exchange: Exchange) {
    return exchange.ids.encode('Child', child.$child);
  }

  @Category('identity.national-id')
  @FieldResolver(() => [NationalId], { nullable: true })
  nationalIds(@Root() child: Row, @Ctx() exchange: Exchange, @Info() info: GraphQLResolveInfo) {
    return exchange.load.related('NationalId', child.$child, info);
  }

  @Category('identity.national-id-ending')
  @FieldResolver(() => [NationalIdEnding], { nullable: true })
  nationalIdEndings(@Root() child: Row, @Ctx() exchange: Exchange, @Info() info: GraphQLResolveInfo) {
    return exchange.load.related('NationalIdEnding', child.$child, info);
  }

  @Category('coverage.status')
  @FieldResolver(() => Coverage, { nullable: true, description: 'Derived status on a day; default today.' })
  async coverage(
    @Root() child: Row,
    @Args(() => CoverageArguments) { asOf }: CoverageArguments,
    @Ctx() exchange: Exchange,
    @Info() info: GraphQLResolveInfo,
  ) {
    return loadChildCoverage(exchange, child.$child, (asOf as IsoDate) ?? (await today(exchange)), info);
  }

  @Category('plumbing')
  @FieldResolver(() => [Withheld], { nullable: true, description: 'What of this operation is withheld for this child, and whom to ask.' })
  withheld(@Root() child: Row, @Ctx() exchange: Exchange, @Info() info: GraphQLResolveInfo) {
    return exchange.load.withheldOf(child.$child, info);
  }
}

/** Counting the list is a reference of its own. */
@Resolver(() => ChildConnection)
export class ChildConnectionResolver {
  @Category('child.list', { verb: 'aggregate' })
  @FieldResolver(() => Int, { nullable: true })
  totalCount(@Root() connection: ChildConnection) {
    return connection.count?.() ?? null;
  }
}

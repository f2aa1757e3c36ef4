import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { connectionOf } from '../../exchange/connection.ts';
import type { Exchange } from '../../exchange/context.ts';
import { Category, reads } from '../../exchange/datum.ts';
import type { Row } from '../../exchange/load.ts';
import { Child } from '../children/child.ts';
import { loadShownChild } from '../children/reach.ts';
import { TracingCaseConnection } from './case-connection.ts';
import { findCase, loadCasePage } from './case-page.ts';
import { AdvanceCaseInput, advanceCase, CasePayload, OpenCaseInput, openCase } from './case-work.ts';
import { ProtectionCase, ProtectionFlag, TracingCase } from './tracing-case.ts';

reads('Query.tracingCases(state:)', 'tracing.tracing_case', ['state']);
reads('Query.tracingCase', 'tracing.tracing_case', ['reference']);
reads('Child.protectionConcern', 'tracing.protection_flag', ['concerned']);

/** What tracing contributes to a child. */
@Resolver(() => Child)
export class TracingChildResolver {
  @Category('tracing.case')
  @FieldResolver(() => [TracingCase], { nullable: true })
  cases(@Root() child: Row, @Ctx() exchange: Exchange, @Info() info: GraphQLResolveInfo) {
    return exchange.load.related('TracingCase', child.$child, info);
  }

  @Category('protection.case')
  @FieldResolver(() => [ProtectionCase], { nullable: true })
  protectionCases(@Root() child: Row, @Ctx() exchange: Exchange, @Info() info: GraphQLResolveInfo) {
    return exchange.load.related('ProtectionCase', child.$child, info);
  }

  @Category('protection.flag')
  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Whether child protection is concerned: take care at the door, and ask no more.',
  })
  async protectionConcern(@Root() child: Row, @Ctx() exchange: Exchange) {
    const flags = await exchange.load.relatedFields(ProtectionFlag.name, child.$child, 'Child.protectionConcern', ['concerned']);
    return flags && flags.length > 0;
  }
}

/** The cases themselves. */
@Resolver(() => TracingCase)
export class TracingResolver {
  @Category('tracing.case')
  @Query(() => TracingCase, { nullable: true })
  tracingCase(
    @Arg('reference', () => String) @Category('tracing.case', { verb: 'match' }) reference: string,
    @Ctx() exchange: Exchange,
    @Info() info: GraphQLResolveInfo,
  ) {
    return findCase(exchange, reference, info);
  }

  @Category('tracing.case')
  @Query(() => TracingCaseConnection, { nullable: true })
  async tracingCases(
    @Arg('state', () => [String], { nullable: true }) @Category('tracing.case', { verb: 'filter' }) state: string[] | null,
    @Arg('first', () => Int, { nullable: true }) @Category('plumbing') first: number | null,
    @Arg('after', () => String, { nullable: true }) @Category('plumbing') after: string | null,
    @Ctx() exchange: Exchange,
    @Info() info: GraphQLResolveInfo,
  ) {
    return connectionOf(await loadCasePage(exchange, { state, first, after }, info), after);
  }

  @Category('child.reference')
  @FieldResolver(() => Child, { nullable: true })
  child(@Root() tracingCase: Row, @Ctx() exchange: Exchange, @Info() info: GraphQLResolveInfo) {
    return loadShownChild(exchange, tracingCase.$child, info);
  }

  @Category('tracing.case', { verb: 'write' })
  @Mutation(() => CasePayload, { nullable: true })
  openCase(
    @Arg('input', () => OpenCaseInput) @Category('plumbing') input: OpenCaseInput,
    @Ctx() exchange: Exchange,
    @Info() info: GraphQLResolveInfo,
  ) {
    return openCase(exchange, input, info);
  }

  @Category('tracing.case', { verb: 'write' })
  @Mutation(() => CasePayload, { nullable: true })
  advanceCase(
    @Arg('input', () => AdvanceCaseInput) @Category('plumbing') input: AdvanceCaseInput,
    @Ctx() exchange: Exchange,
    @Info() info: GraphQLResolveInfo,
  ) {
    return advanceCase(exchange, input, info);
  }
}

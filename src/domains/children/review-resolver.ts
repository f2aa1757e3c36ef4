import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Int, Mutation, Query, Resolver } from 'type-graphql';
import { connectionOf } from '../../exchange/connection.ts';
import type { Exchange } from '../../exchange/context.ts';
import { Category } from '../../exchange/datum.ts';
import { selectedFields } from '../../exchange/selection.ts';
import { loadDecisionPage } from './review-decisions.ts';
import { comparing, explainPairs, shownExplanation } from './review-explain.ts';
import { DecideLinkInput, LinkDecisionConnection, LinkDecisionPayload, RevokeLinkDecisionInput } from './review-inputs.ts';
import { decideLink, revokeLinkDecision } from './review-mutations.ts';
import { getQuestion, loadQuestions } from './review-queue.ts';
import { showQuestions } from './review-shown.ts';
import { LinkExplanation, LinkReviewConnection } from './review-types.ts';
import { HubError } from '../../kernel/errors.ts';

/** Links that the evidence leaves open, before a human. */
@Resolver()
export class LinkReviewResolver {
  @Category('link.review')
  @Query(() => LinkReviewConnection, {
    nullable: true,
    description: 'Pairs of records of which this person is asked whether they are one person’s; what may matter most comes first.',
  })
  async linkReview(
    @Arg('first', () => Int, { nullable: true, description: 'At most 100; default 20.' }) @Category('plumbing') first: number | null,
    @Arg('after', () => String, { nullable: true }) @Category('plumbing') after: string | null,
    @Ctx() exchange: Exchange,
    @Info() info: GraphQLResolveInfo,
  ) {
    const page = await loadQuestions(exchange, first, after);
    const nodes = await showQuestions(exchange, page.rows, info, ['edges', 'node']);
    const questions = new Map(nodes.map((node, i) => [node, page.rows[i]]));
    return connectionOf(
      { rows: nodes, cursorOf: (node) => page.cursorOf(questions.get(node) as (typeof page.rows)[number]), hasNextPage: page.hasNextPage },
      after,
    );
  }

  @Category('link.review')
  @Query(() => LinkExplanation, {
    nullable: true,
    description: 'Why a pair is, or is not, taken for one person’s; null for any id that is not open before this agency.',
  })
  async linkExplanation(
    @Arg('id', () => ID) @Category('link.review', { verb: 'match' }) id: string,
    @Ctx() exchange: Exchange,
    @Info() info: GraphQLResolveInfo,
  ) {
    const question = await getQuestion(exchange, id).catch((error: unknown) => {
      if (error instanceof HubError && error.code === 'NOT_FOUND') return null;
      throw error;
    });
    if (!question) return null;
    const { a, b, childA, childB, kind } = question;
    const blind = kind === 'gold';
    const [explanation] = await explainPairs(comparing(exchange), [{ a, b, blind }]);
    exchange.log.released(
      [...new Set([childA, childB])],
      ['Query.linkExplanation', ...selectedFields(info).map((field) => `LinkExplanation.${field}`)],
    );
    // Whatever the two say by themselves: it is open, so a human is asked.
    return explanation ? { ...shownExplanation(explanation, blind), band: 'REVIEW' } : null;
  }

  @Category('link.review')
  @Query(() => LinkDecisionConnection, { nullable: true, description: 'This person’s own decisions, and those in force; newest first.' })
  async linkDecisions(
    @Arg('first', () => Int, { nullable: true, description: 'At most 100; default 20.' }) @Category('plumbing') first: number | null,
    @Arg('after', () => String, { nullable: true }) @Category('plumbing') after: string | null,
    @Ctx() exchange: Exchange,
    @Info() info: GraphQLResolveInfo,
  ) {
    return connectionOf(await loadDecisionPage(exchange, first, after, info), after);
  }

  @Category('link.review', { verb: 'write' })
  @Mutation(() => LinkDecisionPayload, {
    nullable: true,
    description: 'Says whether two records are one person’s. Also how a second person agrees: by giving the same answer.',
  })
  decideLink(@Arg('input', () => DecideLinkInput) @Category('plumbing') input: DecideLinkInput, @Ctx() exchange: Exchange) {
    return decideLink(exchange, input);
  }

  @Category('link.review', { verb: 'write' })
  @Mutation(() => LinkDecisionPayload, {
    nullable: true,
    description: 'Takes a decision back: links are again what they would be without it.',
  })
  revokeLinkDecision(
    @Arg('input', () => RevokeLinkDecisionInput) @Category('plumbing') input: RevokeLinkDecisionInput,
    @Ctx() exchange: Exchange,
  ) {
    return revokeLinkDecision(exchange, input);
  }
}

import { Length, MaxLength } from 'class-validator';
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { PageInfo } from '../../exchange/connection.ts';
import { Category, reads } from '../../exchange/datum.ts';
import { VERDICTS } from '../../linkage/pair.ts';
import { LinkReviewSide } from './review-types.ts';

const asEnum = (words: readonly string[]) => Object.fromEntries(words.map((word) => [word, word])) as Record<string, string>;
export const LinkVerdict = asEnum(VERDICTS);
registerEnumType(LinkVerdict, { name: 'LinkVerdict', description: 'One child, two children, or left to others.' });
export const LINK_DECISION_STATES = ['RECORDED', 'WAITS_FOR_SECOND', 'CONTESTED', 'REVOKED'] as const;
export type ShownDecisionState = (typeof LINK_DECISION_STATES)[number];
export const LinkDecisionState = asEnum(LINK_DECISION_STATES);
registerEnumType(LinkDecisionState, {
  name: 'LinkDecisionState',
  description:
    'WAITS_FOR_SECOND: takes effect when another person gives the same. CONTESTED: another person gave another, so neither takes effect.',
});
const write = { verb: 'write' } as const;
const shown = { nullable: true, simple: true } as const;

@InputType()
export class DecideLinkInput {
  @Length(8, 128)
  @Category('plumbing')
  @Field(() => String)
  idempotencyKey!: string;
  @Category('link.review', { verb: 'match' }) @Field(() => ID, { description: 'Id of a `LinkReviewPair`.' }) pair!: string;
  @Category('link.review', write) @Field(() => LinkVerdict) verdict!: 'SAME' | 'DIFFERENT' | 'UNSURE';
  @Length(1, 2000)
  @Category('link.review', write)
  @Field(() => String, { description: 'Why, in words that somebody else can follow.' })
  reason!: string;
}

@InputType()
export class RevokeLinkDecisionInput {
  @Length(8, 128)
  @Category('plumbing')
  @Field(() => String)
  idempotencyKey!: string;
  @Category('link.review', { verb: 'match' }) @Field(() => ID, { description: 'Id of a `LinkDecision`.' }) decisionId!: string;
  @Length(1, 2000)
  @MaxLength(2000)
  @Category('link.review', write)
  @Field(() => String)
  reason!: string;
}

@ObjectType()
export class LinkDecisionPayload {
  @Category('link.review') @Field(() => ID, { ...shown, description: 'Id of the decision, by which it can be taken back.' }) decisionId?:
    | string
    | null;
  @Category('link.review') @Field(() => LinkDecisionState, shown) state?: string | null;
}

/** What a person has decided of two records: one's own, and those in force. */
@ObjectType()
export class LinkDecision {
  @Category('link.review') @Field(() => ID, shown) id?: string | null;
  @Category('link.review') @Field(() => LinkVerdict, shown) verdict?: string | null;
  @Category('link.review') @Field(() => LinkDecisionState, shown) state?: string | null;
  @Category('link.review') @Field(() => String, shown) reason?: string | null;
  @Category('link.review') @Field(() => GraphQLDateTimeISO, shown) decidedAt?: Date | null;
  @Category('link.review') @Field(() => Boolean, { ...shown, description: 'Whether it is this person’s own.' }) isOwn?: boolean | null;
  @Category('link.review') @Field(() => LinkReviewSide, shown) left?: LinkReviewSide | null;
  @Category('link.review') @Field(() => LinkReviewSide, shown) right?: LinkReviewSide | null;
}
@ObjectType()
export class LinkDecisionEdge {
  @Category('plumbing') @Field(() => String, { simple: true }) cursor!: string;
  @Category('plumbing') @Field(() => LinkDecision, { nullable: true, simple: true }) node?: LinkDecision | null;
}
@ObjectType()
export class LinkDecisionConnection {
  @Category('plumbing') @Field(() => [LinkDecisionEdge], { simple: true }) edges!: LinkDecisionEdge[];
  @Category('plumbing') @Field(() => PageInfo, { simple: true }) pageInfo!: PageInfo;
}

reads('Query.linkDecisions', 'hub.pair_decision', [
  'decision_id',
  'a',
  'b',
  'verdict',
  'actor',
  'reason',
  'at',
  'is_gold',
  'needs_second',
  'seconded_by',
  'seconded_at',
  'revoked_at',
]);
reads('Query.linkDecisions', 'hub.membership', ['record_id', 'child_id', 'valid_to']);
reads('Query.linkDecisions', 'hub.pair_gravity', ['a', 'b', 'of_children']);

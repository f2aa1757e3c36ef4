import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../../exchange/connection.ts';
import { Category, reads } from '../../exchange/datum.ts';
import { REVIEW_REASONS } from '../../linkage/pair.ts';
import type { DataCategory } from '../../policy/vocabulary.ts';

const asEnum = (words: readonly string[]) => Object.fromEntries(words.map((word) => [word, word])) as Record<string, string>;
export const LinkReviewReason = asEnum(REVIEW_REASONS);
registerEnumType(LinkReviewReason, {
  name: 'LinkReviewReason',
  description: 'Why a human is asked: the evidence is weak, or something other than its sum speaks against a link.',
});

/** What a computed field rests on, for the join of categories: how well values agree is told without the values. */
const COMPARED: DataCategory[] = [
  'identity.name',
  'identity.birth-date',
  'identity.sex',
  'identity.national-id',
  'residence.address',
  'residence.settlement',
  'education.enrolment',
  'family.guardian',
];
const evidence = { sources: COMPARED };
const shown = { nullable: true, simple: true } as const;

/** One record of a pair, as its agency wrote it: the fields that the purpose allows, and no others. */
@ObjectType()
export class LinkReviewSide {
  @Category('identity.name') @Field(() => String, shown) givenName?: string | null;
  @Category('identity.name') @Field(() => String, shown) patronymic?: string | null;
  @Category('identity.name') @Field(() => String, shown) familyName?: string | null;
  @Category('identity.birth-date')
  @Field(() => String, { ...shown, description: 'YYYY-MM-DD; of a date that is known in part YYYY-MM or YYYY.' })
  birthDate?: string | null;
  @Category('identity.birth-year') @Field(() => Int, shown) birthYear?: number | null;
  @Category('identity.sex') @Field(() => String, shown) sex?: string | null;
  @Category('residence.settlement')
  @Field(() => String, { ...shown, description: 'Code of the settlement; where there is none, its name as written.' })
  settlement?: string | null;
  @Category('residence.municipality') @Field(() => String, shown) municipality?: string | null;
  @Category('education.enrolment') @Field(() => String, { ...shown, description: 'Code of the school.' }) school?: string | null;
  @Category('education.enrolment', { sources: ['institution.public'] }) @Field(() => String, shown) schoolName?: string | null;
  @Category('link.review') @Field(() => String, { ...shown, description: 'Kind of the file that the record came in.' }) sourceKind?:
    | string
    | null;
  @Category('identity.national-id-ending')
  @Field(() => String, { ...shown, description: 'Last four characters of the national id.' })
  nationalIdEnding?: string | null;
}

/** How two records agree in one field. Never the values. */
@ObjectType()
export class LinkAgreement {
  @Category('link.review', evidence) @Field(() => String, shown) field?: string | null;
  @Category('link.review', evidence)
  @Field(() => String, { ...shown, description: 'A level of the comparison; `unknown` where either side says nothing.' })
  level?: string | null;
  @Category('link.review', evidence)
  @Field(() => Float, { ...shown, description: 'What it adds to the log odds, in bits; below 0 speaks against.' })
  bits?: number | null;
  @Category('link.review', evidence)
  @Field(() => Float, { ...shown, description: 'Part of the bits that comes from how rare the value is.' })
  rarityBits?: number | null;
}

/** Two records of which a human is asked whether they are one child's. */
@ObjectType()
export class LinkReviewPair {
  @Category('link.review') @Field(() => ID, { ...shown, description: "Opaque, and this agency's own." }) id?: string | null;
  @Category('link.review') @Field(() => LinkReviewSide, shown) left?: LinkReviewSide | null;
  @Category('link.review') @Field(() => LinkReviewSide, shown) right?: LinkReviewSide | null;
  @Category('link.review', evidence) @Field(() => [LinkAgreement], shown) agreements?: LinkAgreement[] | null;
  @Category('link.review', evidence)
  @Field(() => Float, { ...shown, description: 'Log odds that the two are one person’s, in bits.' })
  weight?: number | null;
  @Category('link.review', evidence) @Field(() => Float, { ...shown, description: 'The same as a probability, 0 to 1.' }) probability?:
    | number
    | null;
  @Category('link.review', evidence) @Field(() => LinkReviewReason, shown) reason?: string | null;
  @Category('link.review', { sources: ['tracing.case', 'benefit.entitlement', 'protection.flag', 'identity.national-id'] })
  @Field(() => Boolean, { ...shown, description: 'Whether a decision takes effect only when a second person gives the same.' })
  twoPersons?: boolean | null;
}

@ObjectType()
export class LinkReviewEdge {
  @Category('plumbing') @Field(() => String, { simple: true }) cursor!: string;
  @Category('plumbing') @Field(() => LinkReviewPair, { nullable: true, simple: true }) node?: LinkReviewPair | null;
}
@ObjectType()
export class LinkReviewConnection {
  @Category('plumbing') @Field(() => [LinkReviewEdge], { simple: true }) edges!: LinkReviewEdge[];
  @Category('plumbing') @Field(() => PageInfo, { simple: true }) pageInfo!: PageInfo;
}

/** What would come out if one field were unknown. */
@ObjectType()
export class LinkCounterfactual {
  @Category('link.review', evidence) @Field(() => String, shown) field?: string | null;
  @Category('link.review', evidence) @Field(() => Float, shown) totalBits?: number | null;
  @Category('link.review', evidence) @Field(() => String, shown) band?: string | null;
}

/** Why two records are, or are not, taken to be one child's: a waterfall in bits (log2 of odds) from the prior to the total. */
@ObjectType()
export class LinkExplanation {
  @Category('link.review') @Field(() => String, { ...shown, description: 'The model that scored the pair.' }) model?: string | null;
  @Category('link.review') @Field(() => Float, shown) priorBits?: number | null;
  @Category('link.review', evidence) @Field(() => [LinkAgreement], shown) fields?: LinkAgreement[] | null;
  @Category('link.review', evidence)
  @Field(() => Float, { ...shown, description: 'Correction for brothers and sisters; 0 or below.' })
  siblingBits?: number | null;
  @Category('link.review', evidence) @Field(() => Float, shown) totalBits?: number | null;
  @Category('link.review', evidence) @Field(() => Float, shown) probability?: number | null;
  @Category('link.review') @Field(() => Float, { ...shown, description: 'From here on pairs are linked without a human.' }) autoBits?:
    | number
    | null;
  @Category('link.review') @Field(() => Float, { ...shown, description: 'From here on a human is asked.' }) reviewBits?: number | null;
  @Category('link.review', evidence) @Field(() => String, shown) band?: string | null;
  @Category('link.review', evidence) @Field(() => [String], { ...shown, description: 'What overrides the sum.' }) vetoes?: string[] | null;
  @Category('link.review', evidence)
  @Field(() => [LinkCounterfactual], { ...shown, description: 'Only fields without which the outcome would be another.' })
  without?: LinkCounterfactual[] | null;
}

// Which questions there are for a reviewer: open ones, whose children are in reach, that nobody has answered for good nor this reviewer at all.
for (const coordinate of ['Query.linkReview', 'Query.linkExplanation', 'Mutation.decideLink', 'Mutation.revokeLinkDecision']) {
  reads(coordinate, 'hub.review_pair', ['a', 'b', 'weight', 'reason', 'value', 'closed_at']);
  reads(coordinate, 'hub.membership', ['record_id', 'child_id', 'valid_to']);
  reads(coordinate, 'hub.pair_decision', [
    'decision_id',
    'a',
    'b',
    'verdict',
    'actor',
    'is_gold',
    'needs_second',
    'seconded_by',
    'seconded_at',
    'revoked_at',
  ]);
  reads(coordinate, 'hub.gold_pair', ['a', 'b', 'child_a', 'child_b', 'verdict']);
}
reads('LinkReviewPair.twoPersons', 'hub.pair_gravity', ['a', 'b', 'of_children', 'of_identities']);

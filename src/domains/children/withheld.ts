import { Field, ObjectType } from 'type-graphql';
import { Category } from '../../exchange/datum.ts';

/** A value that policy permits under a condition which this child's facts do not meet. Told without looking whether there is a value. */
@ObjectType()
export class Withheld {
  @Category('plumbing')
  @Field(() => String, { simple: true, description: 'Coordinate of the field, e.g. Child.guardians.' })
  field!: string;
  @Category('plumbing')
  @Field(() => String, { simple: true, description: 'GUARDIAN_AUTHORIZATION_MISSING, PROTECTED or RULE_FAILED.' })
  reason!: string;
  @Category('plumbing') @Field(() => String, { simple: true, description: 'The rule that stands behind it.' }) rule!: string;
  @Category('plumbing') @Field(() => String, { nullable: true, simple: true, description: 'The article that the rule rests on.' }) article!:
    | string
    | null;
  @Category('plumbing') @Field(() => String, { simple: true, description: 'Whom to ask.' }) ask!: string;
}

import { GraphQLDateTimeISO } from 'graphql-scalars';
import { ObjectType } from 'type-graphql';
import { Datum, Stored } from '../../exchange/datum.ts';

/** What a guardian allowed, refused or withdrew: an event, never changed. */
@Stored({ table: 'consent.authorization_event', where: 'true', orderBy: 't.event_id desc', keys: ['child_id', 'event_id'] })
@ObjectType()
export class Authorization {
  @Datum(() => String, 'consent.authorization', { subject: 'guardian', description: 'GRANT, REFUSE or WITHDRAW.' }) effect?: string | null;
  @Datum(() => [String], 'consent.authorization', { subject: 'guardian' }) purposes?: string[] | null;
  @Datum(() => [String], 'consent.authorization', { subject: 'guardian', description: 'Empty: every category of the purposes.' })
  categories?: string[] | null;
  @Datum(() => [String], 'consent.authorization', { subject: 'guardian', description: 'Kinds of agency; empty: all.' }) recipients?:
    | string[]
    | null;
  @Datum(() => GraphQLDateTimeISO, 'consent.authorization', { subject: 'guardian' }) validFrom?: Date | null;
  @Datum(() => GraphQLDateTimeISO, 'consent.authorization', { subject: 'guardian' }) validTo?: Date | null;
  @Datum(() => String, 'consent.authorization', { subject: 'guardian' }) noticeVersion?: string | null;
}

/** A person with authority over the child today. */
@Stored({
  table: 'consent.child_guardian',
  where: 'true',
  orderBy: 't.guardian_id',
  keys: ['child_id', 'guardian_id'],
  hidden: { id: 'guardian_id' },
})
@ObjectType()
export class Guardian {
  @Datum(() => String, 'family.guardian', { subject: 'guardian' }) name?: string | null;
  @Datum(() => String, 'family.guardian', {
    subject: 'guardian',
    columns: 'ground',
    description: 'Ground of the authority, e.g. REGISTER_PARENT.',
  })
  ground?: string | null;
}

import { ObjectType } from 'type-graphql';
import { Datum, Stored } from '../../exchange/datum.ts';
import { LocalDate } from '../../exchange/local-date.ts';

/** A family's entitlement to a benefit for a child (Family Allowances Act; Law 61/1993 and others in Romania). */
@Stored({
  table: 'assistance.entitlement',
  orderBy: 't.granted_from desc, t.record_id',
  keys: ['child_id', 'record_id', 'is_current', 'granted_from'],
})
@ObjectType()
export class Entitlement {
  @Datum(() => String, 'benefit.entitlement') caseNo?: string | null;
  @Datum(() => String, 'benefit.entitlement') benefitType?: string | null;
  @Datum(() => LocalDate, 'benefit.entitlement') grantedFrom?: string | null;
  @Datum(() => LocalDate, 'benefit.entitlement') grantedTo?: string | null;
  @Datum(() => String, 'benefit.amount', { description: 'Decimal, two places.' }) amount?: string | null;
  @Datum(() => String, 'benefit.amount', { description: 'ISO 4217.' }) currency?: string | null;
}

/** Notice that a parent leaves to work abroad (Law 272/2004, art. 104): schools and teams learn only whether a carer is named. */
@Stored({
  table: 'assistance.parent_abroad_notice',
  orderBy: 't.notified_on desc, t.record_id',
  keys: ['child_id', 'record_id', 'is_current', 'notified_on'],
})
@ObjectType()
export class ParentAbroadNotice {
  @Datum(() => Boolean, 'family.carer-named', { description: 'Whether the notice names a carer: the generalised notice.' }) carerNamed?:
    | boolean
    | null;
  @Datum(() => LocalDate, 'family.parents-abroad', { subject: 'guardian' }) notifiedOn?: string | null;
  @Datum(() => LocalDate, 'family.parents-abroad', { subject: 'guardian' }) departsOn?: string | null;
  @Datum(() => String, 'family.parents-abroad', { subject: 'guardian', description: 'ISO 3166 alpha-2.' }) destinationCountry?:
    | string
    | null;
  @Datum(() => Boolean, 'family.parents-abroad', { subject: 'guardian' }) bothParents?: boolean | null;
  @Datum(() => String, 'family.parents-abroad', { subject: 'guardian' }) carerName?: string | null;
  @Datum(() => String, 'family.parents-abroad', {
    subject: 'guardian',
    description: 'Number of the court decision that confirms the delegation.',
  })
  courtDecision?: string | null;
}

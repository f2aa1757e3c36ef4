import { Int, ObjectType } from 'type-graphql';
import { Datum, Stored } from '../../exchange/datum.ts';

/** One cell of a foreign school's aggregate report of a term: a count, never a name. */
@Stored({
  table: 'foreign_school.report_cell',
  child: null,
  orderBy: 't.record_id',
  keys: ['record_id', 'is_current', 'school_id', 'term'],
})
@ObjectType()
export class ForeignReportCell {
  @Datum(() => String, 'foreign.aggregate', { subject: 'institution' }) schoolId?: string | null;
  @Datum(() => String, 'foreign.aggregate', { subject: 'institution' }) term?: string | null;
  @Datum(() => Int, 'foreign.aggregate', { subject: 'institution' }) ageFrom?: number | null;
  @Datum(() => Int, 'foreign.aggregate', { subject: 'institution' }) ageTo?: number | null;
  @Datum(() => String, 'foreign.aggregate', { subject: 'institution' }) gradeBand?: string | null;
  @Datum(() => String, 'foreign.aggregate', { subject: 'institution' }) citizenshipGroup?: string | null;
  @Datum(() => String, 'foreign.aggregate', { subject: 'institution' }) residenceDistrict?: string | null;
  @Datum(() => Int, 'foreign.aggregate', { subject: 'institution' }) count?: number | null;
}

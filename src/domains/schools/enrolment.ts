import { Int, ObjectType } from 'type-graphql';
import { Datum, Stored } from '../../exchange/datum.ts';
import { LocalDate } from '../../exchange/local-date.ts';

/** A school as the ministry's list names it. */
@Stored({ table: 'school.school', child: null, orderBy: 't.school_id', keys: ['school_id', 'is_current'] })
@ObjectType()
export class School {
  @Datum(() => String, 'institution.public', { subject: 'institution', description: "The ministry's code of the school." }) schoolId?:
    | string
    | null;
  @Datum(() => String, 'institution.public', { subject: 'institution' }) name?: string | null;
  @Datum(() => String, 'institution.public', { subject: 'institution' }) settlement?: string | null;
  @Datum(() => String, 'institution.public', { subject: 'institution' }) municipality?: string | null;
  @Datum(() => String, 'institution.public', { subject: 'institution' }) district?: string | null;
  @Datum(() => String, 'institution.public', { subject: 'institution' }) schoolType?: string | null;
}

/** A row of a school's roll. */
@Stored({
  table: 'school.enrolment',
  orderBy: 't.school_year desc, t.enrolled_on desc nulls last, t.record_id',
  keys: ['child_id', 'record_id', 'is_current', 'school_year', 'enrolled_on'],
  hidden: { school: 'school_id' },
})
@ObjectType()
export class Enrolment {
  @Datum(() => Int, 'education.enrolment', { description: 'Calendar year in which the school year starts.' }) schoolYear?: number | null;
  @Datum(() => String, 'education.enrolment', { description: "The ministry's code of the school." }) schoolId?: string | null;
  @Datum(() => String, 'education.enrolment', { description: '1 day, 21/23 distance; ZI and others in Romania.' }) edForm?: string | null;
  @Datum(() => String, 'education.enrolment', { description: "The ministry's code of the class." }) basicClass?: string | null;
  @Datum(() => String, 'education.enrolment', { description: 'ENROLLED, MOVED, DISCHARGED or NOT_FOUND.' }) status?: string | null;
  @Datum(() => LocalDate, 'education.enrolment') enrolledOn?: string | null;
  @Datum(() => LocalDate, 'education.enrolment') dischargedOn?: string | null;
  @Datum(() => String, 'education.discharge-reason') dischargeReason?: string | null;
}

/** Unexcused absence of one month, after corrections. */
@Stored({
  table: 'school.absence_month',
  orderBy: 't.year desc, t.month desc, t.record_id',
  keys: ['child_id', 'record_id', 'is_current', 'year', 'month'],
})
@ObjectType()
export class AbsenceMonth {
  @Datum(() => Int, 'attendance.over-threshold') year?: number | null;
  @Datum(() => Int, 'attendance.over-threshold') month?: number | null;
  @Datum(() => Boolean, 'attendance.over-threshold', {
    description: 'Above 5 hours (pupils) or 3 days (pre-school): the generalised count.',
  })
  overThreshold?: boolean | null;
  @Datum(() => Int, 'attendance.unexcused-count', { columns: 'hours_effective', description: 'Teaching hours, after correction.' }) hours?:
    | number
    | null;
  @Datum(() => Int, 'attendance.unexcused-count', { columns: 'days_effective', description: 'Days (pre-school), after correction.' }) days?:
    | number
    | null;
  @Datum(() => Int, 'attendance.session', { columns: 'asp_status', description: '0 absence, 1 discharged, 2 distance.' }) assistanceStatus?:
    | number
    | null;
  @Datum(() => Int, 'attendance.session', {
    columns: 'mon_status',
    description: '0 under review, 1 confirmed, 2 refused with a correction.',
  })
  schoolAnswer?: number | null;
}

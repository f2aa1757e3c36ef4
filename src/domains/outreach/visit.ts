import { Int, ObjectType } from 'type-graphql';
import { Datum, Stored } from '../../exchange/datum.ts';
import { LocalDate } from '../../exchange/local-date.ts';

/** A visit of an outreach team to an address (Council of Ministers Decree 100/2018). */
@Stored({
  table: 'outreach.visit',
  orderBy: 't.visited_on desc, t.record_id desc',
  keys: ['child_id', 'record_id', 'is_current', 'visited_on'],
})
@ObjectType()
export class Visit {
  @Datum(() => LocalDate, 'outreach.visit-date') visitedOn?: string | null;
  @Datum(() => String, 'outreach.visit') team?: string | null;
  @Datum(() => Int, 'outreach.visit') attempt?: number | null;
  @Datum(() => String, 'outreach.visit', { description: 'Code of the outcome, e.g. NOT_AT_HOME, FOUND_SPOKE_PARENT.' }) outcome?:
    | string
    | null;
  @Datum(() => String, 'outreach.visit', { description: 'A register, B document, C relative, D hearsay, E none.' }) evidenceGrade?:
    | string
    | null;
  @Datum(() => String, 'outreach.visit') protocolNo?: string | null;
  @Datum(() => String, 'outreach.visit') metWith?: string | null;
  @Datum(() => String, 'outreach.visit-address', { columns: 'settlement_text' }) settlement?: string | null;
  @Datum(() => String, 'outreach.visit-address') address?: string | null;
  @Datum(() => String, 'outreach.visit-note') note?: string | null;
}

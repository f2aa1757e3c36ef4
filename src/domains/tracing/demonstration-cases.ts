import type { Sql } from '../../db/sql.ts';

/** Opens a case for each child that has none of that kind open, as the coordinator would. @returns the references, in the order of the children. */
export async function openDemonstrationCases(
  sql: Sql,
  options: { kind: 'TRACING' | 'PROTECTION'; assignee: string; openedBy: string; children: readonly string[] },
): Promise<string[]> {
  const { kind, assignee, openedBy, children } = options;
  const prefix = kind === 'PROTECTION' ? 'PC' : 'TC';
  const { rows } = await sql.query<{ reference: string }>(
    `with opened as (
       insert into tracing.tracing_case (child_id, reference, kind, state, opened_on, opened_by, assignee, assigned_on)
       select c.child_id, $2 || '-DEMO-' || $4 || '-' || c.place, $3, 'ASSIGNED', current_date, $5, $4, current_date
       from unnest($1::bigint[]) with ordinality c(child_id, place)
       where not exists (select 1 from tracing.tracing_case t where t.child_id = c.child_id and t.kind = $3 and t.state <> 'CLOSED')
       on conflict (reference) do nothing returning case_id, reference)
     , noted as (
       insert into tracing.case_event (case_id, to_state, purpose, basis, actor, reason)
       select case_id, 'ASSIGNED', 'trace.list', 'demonstration', $5, 'demonstration' from opened)
     select reference from opened order by reference`,
    [children, prefix, kind, assignee, openedBy],
  );
  return rows.map(({ reference }) => reference);
}

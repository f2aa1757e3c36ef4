import pg from 'pg';

/** Statements with bound values. `bigint` and `numeric` come as text, `date` as `YYYY-MM-DD`, `timestamptz` as `Date`. */
export interface Sql {
  query<R extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ rows: R[]; rowCount: number | null }>;
}

const DATE = 1082;
const DATE_ARRAY = 1182;
// A `date` read as a JavaScript Date moves by the machine's time zone: a birthday would change with the server.
pg.types.setTypeParser(DATE, (text) => text);
pg.types.setTypeParser(DATE_ARRAY as never, (text: string) => (text === '{}' ? [] : text.slice(1, -1).split(',')));

export { pg };

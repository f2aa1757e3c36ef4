import type { Db } from '../../db/db.ts';

const PAGE = 5000;
const NEXT = `select m.record_id::text as number, s.kind || ':' || s.file_name || ':' || s.line as record, m.child_id::text as child
  from hub.membership m join hub.source_record s using (record_id) join hub.link_feature f using (record_id)
  where m.valid_to is null and s.is_current and m.record_id > $1::bigint order by m.record_id limit ${PAGE}`;

/** Streams which record is of which child, for all current records that came in files, in the order of their numbers. @param childText how a child is named outside. */
export function exportLinks(
  db: Db,
  childText: (childId: string) => string,
  onRow: (row: { readonly record: string; readonly child: string }) => void | Promise<void>,
): Promise<void> {
  return db.read('operator', async (sql) => {
    let after = '0';
    for (;;) {
      const { rows } = await sql.query<{ number: string; record: string; child: string }>(NEXT, [after]);
      for (const { record, child } of rows) await onRow({ record, child: childText(child) });
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      after = last.number;
    }
  });
}

import type { Installation } from '../db/installation.ts';
import { HubError } from '../kernel/errors.ts';

const NAME = /^([a-z-]+):(.+):(\d+)$/;

/** The number of a current record by its name `<kind>:<file name>:<line>`. @throws HubError BAD_USER_INPUT for another form, NOT_FOUND. */
export async function recordNumber({ db }: Pick<Installation, 'db'>, name: string): Promise<string> {
  const [, kind, file, line] = NAME.exec(name) ?? [];
  if (!kind) throw new HubError('BAD_USER_INPUT', `"${name}" names no record: <kind>:<file name>:<line>`);
  const { rows } = await db.read(db.roleName('operator'), (sql) =>
    sql.query<{ record_id: string }>(
      'select record_id from hub.source_record where kind = $1 and file_name = $2 and line = $3 and is_current order by record_id desc limit 1',
      [kind, file, Number(line)],
    ),
  );
  if (!rows[0]) throw new HubError('NOT_FOUND', `there is no current record ${name}`);
  return rows[0].record_id;
}

import type { Installation } from '../db/installation.ts';
import { exportLinks } from '../domains/children/link-export.ts';
import { unlink } from '../domains/children/unlink.ts';
import { HubError } from '../kernel/errors.ts';
import { operatorIds } from './coverage.ts';
import { type ExitCode, output } from './output.ts';

/** `link export`: a line of JSON `{record, child}` for every source record. */
export async function runLinkExport(installation: Installation): Promise<ExitCode> {
  const ids = operatorIds(installation);
  await exportLinks(
    installation.db,
    (childId) => ids.encode('Child', childId),
    (row) => void output.json(row),
  );
  return 0;
}

const NAME = /^([a-z-]+):(.+):(\d+)$/;
async function recordNumber({ db }: Installation, name: string): Promise<string> {
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

/** `link unlink <record> <from>`: two records that are not of one child; stays so after every run. */
export async function runUnlink(
  installation: Installation,
  options: { record: string; from: string; reason: string; json: boolean },
): Promise<ExitCode> {
  const [record, from] = [await recordNumber(installation, options.record), await recordNumber(installation, options.from)];
  const report = await unlink(installation.db, {
    record,
    from,
    actor: 'local-operator',
    reason: options.reason,
    subjectOf: (child) => installation.vault.mac('ledger-subject', child),
  });
  if (options.json) output.json(report);
  else output.line(`unlinked: ${options.record} from ${options.from}`);
  return 0;
}

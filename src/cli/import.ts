import type { Installation } from '../db/installation.ts';
import { linkRecords } from '../domains/children/link-records.ts';
import { findClient } from '../domains/oversight/agencies.ts';
import { FEED_FORMATS } from '../hub.ts';
import { importFile } from '../intake/import-feed.ts';
import type { Receipt } from '../intake/receipt.ts';
import { FEED_KINDS, type FeedKind } from '../kernel/brands.ts';
import { HubError } from '../kernel/errors.ts';
import { type ExitCode, output } from './output.ts';

/** The supplier of what the local operator hands in. */
const LOCAL = 'local-operator';

/** `import <kind> <file…> [--as CLIENT]`: takes files in, then links what is new. A refused file does not stop the others. */
export async function runImport(
  installation: Installation,
  options: { kind: string; files: readonly string[]; as?: string; json: boolean },
): Promise<ExitCode> {
  const { db, vault } = installation;
  const kind = options.kind as FeedKind;
  if (!FEED_KINDS.includes(kind)) throw new HubError('BAD_USER_INPUT', `"${options.kind}" is no kind of feed: ${FEED_KINDS.join(', ')}`);
  const client = options.as ? await db.read(db.roleName('issuer'), (sql) => findClient(sql, options.as as string)) : null;
  if (options.as && !client) throw new HubError('NOT_FOUND', `there is no client ${options.as}: see obhvat client list`);
  const receipts: Receipt[] = [];
  let refused = 0;
  for (const file of options.files) {
    try {
      const receipt = await importFile(
        { db, vault, formats: FEED_FORMATS },
        {
          kind,
          path: file,
          supplier: client?.agency.id ?? LOCAL,
          clientId: client?.clientId ?? null,
          country: client?.agency.country,
          onProgress: ({ rows, bytes }) => output.progress(`${file}: ${rows} rows, ${Math.round(bytes / 1024)} KiB`),
        },
      );
      output.endProgress();
      receipts.push(receipt);
      if (options.json) output.json(receipt);
      else {
        output.line(
          `${receipt.file}: ${receipt.rows} rows = ${receipt.accepted} accepted + ${receipt.unchanged} unchanged + ${receipt.quarantined.length} quarantined`,
        );
        for (const { line, code, message } of receipt.quarantined) output.line(`  line ${line}: ${code}: ${message}`);
      }
    } catch (error) {
      refused += 1;
      output.endProgress();
      output.failure(
        error instanceof Error && !(error instanceof HubError) ? new HubError('FEED_REFUSED', `${file}: ${error.message}`) : error,
        options.json,
      );
    }
  }
  // Also when every row was known: a run that was killed may have left records that are linked to no child.
  const linked = receipts.length === 0 || (await link(installation, client?.clientId ?? LOCAL, options.json));
  if (receipts.length === 0) return 1;
  return refused > 0 || !linked || receipts.some(({ quarantined }) => quarantined.length > 0) ? 2 : 0;
}

/** Links what came in; what cannot be linked stays taken in. */
async function link({ db, vault }: Installation, actor: string, json: boolean): Promise<boolean> {
  try {
    const report = await linkRecords(
      db,
      actor,
      (stage, records) => output.progress(`linking: ${stage}, ${records} records`),
      (child) => vault.mac('ledger-subject', child),
    );
    output.endProgress();
    output.progress(`linked ${report.records} records, ${report.childrenCreated} new children, ${report.seconds.toFixed(1)} s`);
    if (process.stderr.isTTY) process.stderr.write('\n');
    return true;
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    output.failure(error, json);
    return false;
  }
}

import type { Db } from '../../db/db.ts';
import type { Caller } from '../../exchange/context.ts';
import { type ImportDeps, importStream } from '../../intake/import-feed.ts';
import type { FeedKind } from '../../kernel/brands.ts';
import { HubError } from '../../kernel/errors.ts';
import { linkRecords } from './link-records.ts';

/** Takes a feed from an agency and links what is new: the receipt of the file, and how many records were linked. */
export async function handIn(
  deps: ImportDeps & { db: Db },
  caller: Caller,
  feed: { kind: FeedKind; fileName: string; stream: NodeJS.ReadableStream },
): Promise<object> {
  const receipt = await importStream(deps, {
    kind: feed.kind,
    fileName: feed.fileName,
    stream: feed.stream as AsyncIterable<Uint8Array>,
    supplier: caller.agency.id,
    clientId: caller.clientId,
    country: caller.agency.country,
  });
  const subjectOf = (child: string) => deps.vault.mac('ledger-subject', child);
  try {
    return { ...receipt, linked: (await linkRecords(deps.db, caller.clientId, undefined, subjectOf)).records };
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    // The file is in, whatever becomes of linking: the receipt must say so.
    return { ...receipt, linked: 0, notLinked: error.message };
  }
}

import type { Db } from '../../db/db.ts';
import type { Caller } from '../../exchange/context.ts';
import { type ImportDeps, importStream } from '../../intake/import-feed.ts';
import type { FeedKind } from '../../kernel/brands.ts';
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
  const linked = await linkRecords(deps.db, caller.clientId);
  return { ...receipt, linked: linked.records };
}

import type { Db } from '../../db/db.ts';
import { LINK_TOOLS } from './link-tools.ts';
import { type LinkReport, linkNewRecords } from './linking.ts';
import type { SubjectOf } from './reopened.ts';

/**
 * Links what is new as this hub links.
 * @param subjectOf the ledger's name of a child, by which the disclosures over a link that turns out wrong are listed for a human.
 */
export function linkRecords(
  db: Db,
  actor: string,
  onProgress?: (stage: string, records: number) => void,
  subjectOf?: SubjectOf,
): Promise<LinkReport> {
  return linkNewRecords(db, {
    tools: LINK_TOOLS,
    actor,
    ...(subjectOf && { subjectOf }),
    onProgress: ({ stage, records }) => onProgress?.(stage, records),
  });
}

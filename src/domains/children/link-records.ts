import type { Db } from '../../db/db.ts';
import { deterministicEngine } from '../../linkage/deterministic-engine.ts';
import { type LinkReport, linkNewRecords } from './linking.ts';

/** Links what is new with the engine that this hub uses: the one place that names it. */
export function linkRecords(db: Db, actor: string, onProgress?: (stage: string, records: number) => void): Promise<LinkReport> {
  return linkNewRecords(db, { engine: deterministicEngine, actor, onProgress: ({ stage, records }) => onProgress?.(stage, records) });
}

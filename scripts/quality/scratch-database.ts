import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Db } from '../../src/db/db.ts';
import { openDb } from '../../src/db/db.ts';
import { startEmbedded } from '../../src/db/embedded-postgres.ts';
import { migrate } from '../../src/db/migrate.ts';

/** Does some work with an empty, migrated database on a server of its own, of which nothing is left afterwards. */
export async function withScratchDatabase<T>(work: (db: Db) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'obhvat-quality-'));
  const server = await startEmbedded({ home });
  try {
    const { appUrl } = await migrate(server.url, randomBytes(18).toString('base64url'));
    const db = openDb(appUrl);
    try {
      return await work(db);
    } finally {
      await db.end();
    }
  } finally {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

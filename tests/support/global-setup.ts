import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/db/embedded-postgres.ts';
import { stopPostmaster } from '../../src/db/postmaster.ts';
import { ServerHolders } from '../../src/db/server-holders.ts';

const PREFIX = 'obhvat-test-';
const AN_HOUR = 3_600_000;

/** Servers of test runs that were killed an hour ago or earlier. */
async function clearAway(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(PREFIX))) {
    const home = join(tmpdir(), name);
    try {
      const { uid, mtimeMs } = statSync(home);
      if (uid !== process.getuid?.() || mtimeMs > Date.now() - AN_HOUR || new ServerHolders(join(home, 'postgres.holders')).others() > 0)
        continue;
      await stopPostmaster(join(home, 'postgres', 'cluster'));
      rmSync(home, { recursive: true, force: true });
    } catch {
      // Another run is at it.
    }
  }
}

/** One real PostgreSQL for the whole run; each test file makes databases of its own on it. What a test writes need not outlive a power cut. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await clearAway();
  const home = mkdtempSync(join(tmpdir(), PREFIX));
  const server = await startEmbedded({ home, settings: { fsync: 'off', max_connections: '200' } });
  project.provide('adminUrl', server.url);
  project.provide('appPassword', randomBytes(18).toString('base64url'));
  return async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
}

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/db/embedded-postgres.ts';

/** One real PostgreSQL for the whole run; each test file makes databases of its own on it. What a test writes need not outlive a power cut. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = mkdtempSync(join(tmpdir(), 'obhvat-test-'));
  const server = await startEmbedded({ home, settings: { fsync: 'off', max_connections: '200' } });
  project.provide('adminUrl', server.url);
  project.provide('appPassword', randomBytes(18).toString('base64url'));
  return async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
}

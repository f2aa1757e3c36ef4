import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addConsoleRoutes } from './console-routes.ts';

const folder = mkdtempSync(join(tmpdir(), 'obhvat-console-'));
let app: FastifyInstance;
beforeAll(() => {
  mkdirSync(join(folder, 'assets', 'inner'), { recursive: true });
  for (const file of ['index.html', 'explorer.html', 'assets/a.js', 'secret.txt']) writeFileSync(join(folder, file), file);
  app = fastify();
  addConsoleRoutes(app, folder);
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the console', () => {
  it('lets no page load, send or be framed elsewhere, and no text become code', async () => {
    for (const url of ['/', '/explorer', '/assets/a.js']) {
      const { headers, statusCode } = await app.inject(url);
      const policy = String(headers['content-security-policy']);
      expect(statusCode).toBe(200);
      expect(policy).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      expect(policy).not.toMatch(/unsafe-eval|https?:|blob:|\*|script-src[^;]*unsafe/);
      expect(policy.includes('unsafe-inline')).toBe(url === '/explorer');
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it('serves its own files only', async () => {
    for (const url of [
      '/assets/',
      '/assets/inner',
      '/assets/..%2Fsecret.txt',
      '/assets/%2e%2e/secret.txt',
      '/assets/a.js%00',
      '/assets/none.js',
    ]) {
      expect((await app.inject(url)).statusCode, url).toBe(404);
    }
  });

  it('says what to do when it is not built', async () => {
    const bare = fastify();
    addConsoleRoutes(bare, join(folder, 'absent'));
    const { statusCode, body } = await bare.inject('/explorer');
    expect([statusCode, body]).toEqual([404, 'The console is not built: npm run build.']);
    await bare.close();
  });
});

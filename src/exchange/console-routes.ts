import { existsSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { packagePath } from '../db/package-path.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.json': 'application/json',
};
// Nothing is loaded from elsewhere. Monaco, inside GraphiQL, writes style elements and starts workers from blobs.
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The pages: `/` and GraphiQL at `/explorer`, built ahead and served whole. They are clients like any other: without a token they show nothing. */
export function addConsoleRoutes(app: FastifyInstance): void {
  const root = packagePath('dist/console');
  const send = (file: string) => {
    const path = join(root, normalize(`/${file}`));
    return existsSync(path) ? { type: TYPES[extname(path)] ?? 'application/octet-stream', content: readFileSync(path) } : null;
  };
  const page = (file: string) => async (_request: unknown, reply: import('fastify').FastifyReply) => {
    const found = send(file);
    if (!found) return reply.code(404).type('text/plain').send('The console is not built: npm run build.');
    return reply
      .type(found.type)
      .header('content-security-policy', POLICY)
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .send(found.content);
  };
  app.get('/', page('index.html'));
  app.get('/explorer', page('explorer.html'));
  app.get<{ Params: { '*': string } }>('/assets/*', async (request, reply) => {
    const found = send(`assets/${request.params['*']}`);
    if (!found) return reply.code(404).send();
    return reply
      .type(found.type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('x-content-type-options', 'nosniff')
      .send(found.content);
  });
}

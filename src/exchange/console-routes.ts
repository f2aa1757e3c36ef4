import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { packagePath } from '../db/package-path.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
};

// Nothing is loaded from, sent to or framed by anywhere else, and no text becomes code.
const CLOSED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const PLAIN_PAGE = `${CLOSED}; style-src 'self'; img-src 'self'`;
// Monaco, the editor, writes style elements and style attributes, for which it knows no nonce; its style sheet holds its fonts and small pictures.
const EXPLORER = `${CLOSED}; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:`;

interface Served {
  type: string;
  content: Buffer;
}

/** All files of the console. They are read once, at the start: a build beside a running hub must not mix the pages of two versions. */
function readConsole(root: string): Map<string, Served> {
  const files = new Map<string, Served>();
  if (!existsSync(root)) return files;
  for (const folder of ['', 'assets']) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const type = TYPES[extname(entry.name)] ?? 'application/octet-stream';
      if (entry.isFile())
        files.set(join(folder, entry.name).replaceAll('\\', '/'), { type, content: readFileSync(join(root, folder, entry.name)) });
    }
  }
  return files;
}

/** The pages: `/` and GraphiQL at `/explorer`, built ahead and served whole. They are clients like any other: without a token they show nothing. */
export function addConsoleRoutes(app: FastifyInstance, root: string = packagePath('dist/console')): void {
  const files = readConsole(root);
  const send = (reply: FastifyReply, { type, content }: Served, policy: string, kept: string) =>
    reply
      .type(type)
      .headers({
        'cache-control': kept,
        'content-security-policy': policy,
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      })
      .send(content);
  const page = (file: string, policy: string) => async (_request: unknown, reply: FastifyReply) => {
    const found = files.get(file);
    if (!found) return reply.code(404).type('text/plain').send('The console is not built: npm run build.');
    return send(reply, found, policy, 'no-cache');
  };
  app.get('/', page('index.html', PLAIN_PAGE));
  app.get('/explorer', page('explorer.html', EXPLORER));
  app.get<{ Params: { '*': string } }>('/assets/*', async (request, reply) => {
    const found = files.get(`assets/${request.params['*']}`);
    if (!found) return reply.callNotFound();
    // A worker obeys the policy that came with its own script: it may fetch nothing at all.
    return send(reply, found, CLOSED, 'public, max-age=31536000, immutable');
  });
}

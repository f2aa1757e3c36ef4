import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Db } from '../db/db.ts';
import { addConsoleRoutes } from './console-routes.ts';
import type { Metrics } from './metrics.ts';

interface MountedIssuer {
  callback(request: IncomingMessage, response: ServerResponse): unknown;
}

/** Routes that need no token and tell nothing of anybody: health, readiness, metrics, the issuer, the explorer's page. */
export function addOpenRoutes(app: FastifyInstance, options: { db: Db; metrics: Metrics; issuer: () => MountedIssuer | null }): void {
  const { db, metrics, issuer } = options;
  app.get('/health', async () => ({ status: 'ok' }));
  app.get('/ready', async (_request, reply) => {
    try {
      await db.read('operator', (sql) => sql.query('select 1'));
      return { status: 'ready' };
    } catch {
      return reply.code(503).send({ status: 'the database does not answer' });
    }
  });
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  addConsoleRoutes(app);
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined));
    for (const url of ['/oauth/*', '/.well-known/*']) {
      scope.route({
        method: ['GET', 'POST', 'OPTIONS'],
        url,
        handler: (request, reply) => {
          const mounted = issuer();
          if (!mounted)
            return reply
              .code(404)
              .send({ errors: [{ message: 'Tokens come from an outside issuer.', extensions: { code: 'NOT_FOUND' } }] });
          reply.hijack();
          return mounted.callback(request.raw, reply.raw);
        },
      });
    }
  });
}

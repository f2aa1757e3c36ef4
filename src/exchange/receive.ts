import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ERROR_CODES, HubError } from '../kernel/errors.ts';
import { authenticateChallenge, failureReason } from './authenticate-failure.ts';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';
import type { Path } from './path.ts';
import { LIMITS } from './validate.ts';

/** What of a request reaches the log: no path parameter, no query, no body, no address of a child. */
export interface ReceiveOptions {
  path: Path;
  /** Origin by which callers know the hub. */
  publicUrl: () => string;
  logger: Pick<Logger, 'info' | 'error'>;
  metrics: Metrics;
}

const body = (error: HubError) => ({
  errors: [{ message: error.message, extensions: { code: error.code, next: ERROR_CODES[error.code].next } }],
});

/** Sends a failure that stands alone: its status, its code, what to do next. */
export function sendFailure(reply: FastifyReply, error: HubError): FastifyReply {
  const challenge = authenticateChallenge(error);
  if (challenge) reply.header('www-authenticate', challenge);
  return reply.code(error.http).header('cache-control', 'no-store').send(body(error));
}

/** The path's first step: HTTP in, an operation within its limits out. Every failure has a name; a malformed body is neither echoed nor logged. */
export function createReceiver({ path, publicUrl, logger, metrics }: ReceiveOptions): FastifyInstance {
  const app = fastify({
    // Its own request log would hold addresses with parameters; ours holds codes.
    logger: false,
    bodyLimit: LIMITS.bodyBytes,
    requestTimeout: 0,
    keepAliveTimeout: 30_000,
    forceCloseConnections: true,
    return503OnClosing: true,
  });

  app.setErrorHandler((error: { statusCode?: number; code?: string }, _request, reply) => {
    if (error instanceof HubError) return sendFailure(reply, error);
    const named: Record<number, HubError> = {
      400: new HubError('BAD_REQUEST'),
      413: new HubError('DOCUMENT_TOO_LARGE'),
      415: new HubError('UNSUPPORTED_MEDIA_TYPE'),
    };
    const failure = named[error.statusCode ?? 500];
    if (failure) return sendFailure(reply, failure);
    logger.error({ code: error.code ?? 'unknown' }, 'a request failed');
    return sendFailure(reply, new HubError('INTERNAL'));
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ errors: [{ message: 'There is nothing at this address.', extensions: { code: 'NOT_FOUND' } }] }),
  );

  const authenticated = (request: FastifyRequest) =>
    path.authenticate({
      method: request.method,
      url: publicUrl() + (request.url.split('?')[0] as string),
      authorization: request.headers.authorization,
      dpop: request.headers.dpop as string | undefined,
    });

  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: async (request, reply) => {
      const began = process.hrtime.bigint();
      let outcome = 'answered';
      try {
        const caller = await authenticated(request);
        const answer = await path.answer(caller, {
          method: request.method,
          headers: request.headers,
          search: new URL(request.url, 'http://hub').search,
          body: request.body ?? '',
        });
        for (const [name, value] of answer.headers) reply.header(name, value);
        reply.header('cache-control', 'no-store').code(answer.status ?? 200);
        if (answer.body.kind !== 'complete') throw new HubError('INTERNAL');
        if ((answer.status ?? 200) >= 400) outcome = 'refused';
        return reply.send(answer.body.string);
      } catch (error) {
        outcome = 'refused';
        if (error instanceof HubError) {
          logger.info({ code: error.code, reason: failureReason(error) }, 'refused');
          return sendFailure(reply, error);
        }
        throw error;
      } finally {
        metrics.answered(outcome, Number(process.hrtime.bigint() - began) / 1e9);
      }
    },
  });
  app.route({
    method: ['PUT', 'DELETE', 'PATCH'],
    url: '/graphql',
    handler: (_request, reply) => sendFailure(reply.header('allow', 'GET, POST'), new HubError('METHOD_NOT_ALLOWED')),
  });

  app.get('/schema.graphql', async (request, reply) => {
    const view = await path.chooseView(await authenticated(request));
    return reply.type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(view.sdl);
  });
  app.decorate('callerOf', authenticated);
  return app;
}

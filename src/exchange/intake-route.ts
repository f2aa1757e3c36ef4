import type { FastifyInstance } from 'fastify';
import { FEED_KINDS, type FeedKind } from '../kernel/brands.ts';
import { HubError } from '../kernel/errors.ts';
import type { Caller } from './context.ts';
import type { Path } from './path.ts';
import { sendFailure } from './receive.ts';

/** Takes a file of a kind from an agency; plugged in by the hub, which knows the rooms. */
export type TakeFeed = (caller: Caller, feed: { kind: FeedKind; fileName: string; stream: NodeJS.ReadableStream }) => Promise<object>;

/** Which purposes hand in which kinds of file. */
export const FEEDS_OF_PURPOSE: Readonly<Record<string, readonly FeedKind[]>> = Object.freeze({
  'register.supply': ['population', 'schools'],
  'enrol.administer': ['school-roll', 'siiir-roll', 'absences'],
  'benefit.session': ['assistance', 'parents-abroad'],
  'foreign.report': ['foreign-aggregate'],
  'trace.list': ['visits'],
});

const FILE_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,119}$/u;

/** `POST /intake/<kind>?file=<name>`: a feed as the body, streamed; answers with the receipt. The token's purpose must be one that hands in this kind. */
export function addIntakeRoute(app: FastifyInstance, options: { path: Path; publicUrl: () => string; take: TakeFeed }): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // The body must stay unread: it is streamed, and may be larger than memory.
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.post<{ Params: { kind: string }; Querystring: { file?: string } }>(
      '/intake/:kind',
      { bodyLimit: Number.MAX_SAFE_INTEGER },
      async (request, reply) => {
        const caller = await options.path.authenticate({
          method: 'POST',
          url: `${options.publicUrl()}/intake/${request.params.kind}`,
          authorization: request.headers.authorization,
          dpop: request.headers.dpop as string | undefined,
        });
        await options.path.chooseView(caller);
        const kind = request.params.kind as FeedKind;
        if (!FEED_KINDS.includes(kind)) return sendFailure(reply, new HubError('NOT_FOUND', 'There is no such kind of feed.'));
        if (!FEEDS_OF_PURPOSE[caller.purpose]?.includes(kind))
          return sendFailure(reply, new HubError('FORBIDDEN', 'This purpose hands in no such feed.'));
        const fileName = request.query.file ?? '';
        if (!FILE_NAME.test(fileName))
          return sendFailure(
            reply,
            new HubError('BAD_USER_INPUT', 'The parameter `file` names the file: letters, digits, space, dot, dash; at most 120.'),
          );
        return reply.header('cache-control', 'no-store').send(await options.take(caller, { kind, fileName, stream: request.raw }));
      },
    );
  });
}

import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import type { Logger } from '#src/platform/logger.js';

const quietPaths = new Set(['/healthz', '/readyz', '/metrics']);

/** The address as a log may keep it: no query (searches, tokens), no token in the path. */
export function loggedPath(url: string): string {
  const [path = ''] = url.split('?', 1);
  return path.replace(/^(\/confirm|\/password\/reset)\/.+$/, '$1/…');
}

function pathOf(req: IncomingMessage): string {
  return loggedPath(
    (req as IncomingMessage & { originalUrl?: string }).originalUrl ?? req.url ?? '',
  );
}

/**
 * One line per answered request, and `X-Request-Id` on the answer to find it by. Failures inside are
 * logged by the error handler, which knows more.
 */
export function requestLog(deps: { log: Logger }): RequestHandler {
  return pinoHttp({
    logger: deps.log,
    genReqId: (_req, res) => {
      const id = randomBytes(8).toString('hex');
      res.setHeader('X-Request-Id', id);
      return id;
    },
    autoLogging: { ignore: (req) => quietPaths.has(pathOf(req)) },
    customLogLevel: (_req, res, error) => (error || res.statusCode >= 500 ? 'warn' : 'info'),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
    wrapSerializers: false,
    serializers: {
      req: (req: IncomingMessage & { id?: unknown }) => ({
        id: req.id,
        method: req.method,
        path: pathOf(req),
      }),
      res: (res: { statusCode: number }) => ({ status: res.statusCode }),
    },
  }) as RequestHandler;
}

import { pino, type Logger as PinoLogger } from 'pino';

/** The structured logger (pino): JSON lines on standard error. */
export type Logger = PinoLogger;

/** Makes the logger. Secrets in headers never reach a line. */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      redact: ['req.headers.cookie', 'req.headers.authorization', 'res.headers["set-cookie"]'],
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

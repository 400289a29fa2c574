import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';

/** The structured logger (pino). */
export type Logger = PinoLogger;

const levelNames: Record<number, string> = pino.levels.labels;
const ownFields = new Set([
  'level',
  'time',
  'pid',
  'hostname',
  'msg',
  'req',
  'res',
  'err',
  'responseTime',
]);

interface Line {
  level: number;
  time: number;
  msg?: string;
  req?: { method?: string; path?: string };
  res?: { status?: number };
  responseTime?: number;
  err?: { stack?: string };
}

/** One structured line as a person reads it in a terminal. */
export function readableLine(json: string): string {
  const line = JSON.parse(json) as Line;
  const time = new Date(line.time).toISOString().slice(11, 19);
  const request = line.req
    ? `${line.req.method} ${line.req.path} ${line.res?.status ?? ''} ${Math.round(line.responseTime ?? 0)} ms`
    : line.msg;
  const rest = Object.entries(line)
    .filter(([key]) => !ownFields.has(key))
    .map(([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const stack = line.err?.stack ? `\n${line.err.stack}` : '';
  return `${time} ${levelNames[line.level] ?? line.level} ${request}${rest.join('')}${stack}\n`;
}

/**
 * Makes the logger: JSON lines on standard error, or lines for people where that is a terminal.
 * Secrets in headers never reach a line.
 */
export function createLogger(level: string): Logger {
  const stderr = pino.destination({ dest: 2, sync: true });
  const destination: DestinationStream = process.stderr.isTTY
    ? { write: (json) => stderr.write(readableLine(json)) }
    : stderr;
  return pino({ level, redact: ['req.headers.cookie', 'req.headers.authorization'] }, destination);
}

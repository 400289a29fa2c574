import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** A wrong setting: the message lists every fault, each with the key, what it had and what it takes. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const blankAsUnset = (value: unknown) => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsUnset, schema.optional());
const withDefault = <T extends z.ZodType>(schema: T, fallback: z.output<T>) =>
  z.preprocess((value) => blankAsUnset(value) ?? fallback, schema);

const url = (takes: string, ...protocols: string[]) =>
  z.string().refine((value) => protocols.includes(protocolOf(value)), { error: takes });

function protocolOf(value: string): string {
  return URL.canParse(value) ? new URL(value).protocol : '';
}

const HTTP = 'an address such as https://blog.example.org';
const POSTGRES = 'an address such as postgresql://user:password@host:5432/database';

const envSchema = z.object({
  NODE_ENV: optional(
    z.enum(['production', 'development', 'test'], { error: '`production` or nothing' }),
  ),
  PORT: withDefault(
    z.coerce.number({ error: 'a number from 0 to 65535' }).int().min(0).max(65_535),
    3000,
  ),
  HOST: withDefault(z.string(), '127.0.0.1'),
  BASE_URL: optional(url(HTTP, 'http:', 'https:')),
  DATABASE_URL: optional(url(POSTGRES, 'postgresql:', 'postgres:')),
  DATABASE_REPLICA_URL: optional(url(POSTGRES, 'postgresql:', 'postgres:')),
  REDIS_URL: optional(url('an address such as redis://localhost:6379', 'redis:', 'rediss:')),
  SMTP_URL: optional(url('an address such as smtp://user:password@host:587', 'smtp:', 'smtps:')),
  SMTP_FALLBACK_URL: optional(
    url('an address such as smtp://user:password@host:587', 'smtp:', 'smtps:'),
  ),
  SENDGRID_API_KEY: optional(z.string()),
  MAIL_FROM: optional(z.string().includes('@', { error: 'an address such as blog@example.org' })),
  STORAGE: withDefault(
    z.enum(['local', 's3', 'cloudinary'], { error: '`local`, `s3` or `cloudinary`' }),
    'local',
  ),
  MEDIA_DIR: withDefault(z.string(), 'media'),
  DATA_DIR: withDefault(z.string(), 'data'),
  SESSION_SECRET: optional(z.string().min(32, { error: 'at least 32 characters' })),
  ADMIN_EMAIL: optional(z.email({ error: 'an e-mail address' })),
  ADMIN_USERNAME: optional(z.string()),
  ADMIN_PASSWORD: optional(z.string().min(10, { error: 'at least 10 characters' })),
  METRICS_TOKEN: optional(z.string().min(16, { error: 'at least 16 characters' })),
  LOG_LEVEL: withDefault(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: '`fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`',
    }),
    'info',
  ),
  TRUST_PROXY: withDefault(z.string(), ''),
});

/** The settings as the environment gives them, parsed. */
export type Env = z.output<typeof envSchema>;

const SECRET = /SECRET|PASSWORD|KEY|TOKEN|URL/;

function shown(key: string, value: string | undefined): string {
  if (value === undefined || value === '') return 'nothing';
  return SECRET.test(key) && key !== 'BASE_URL' ? 'a value (not shown)' : `"${value}"`;
}

function productionFaults(env: Env): string[] {
  if (env.NODE_ENV !== 'production') return [];
  const faults: string[] = [];
  if (!env.SESSION_SECRET)
    faults.push('SESSION_SECRET has nothing; production takes a secret of at least 32 characters.');
  if (!env.SMTP_URL && !env.SENDGRID_API_KEY)
    faults.push(
      'SMTP_URL and SENDGRID_API_KEY have nothing; production takes one of them to send mail.',
    );
  if (!env.BASE_URL?.startsWith('https://'))
    faults.push(
      `BASE_URL has ${shown('BASE_URL', env.BASE_URL)}; production takes ${HTTP}, with https.`,
    );
  return faults;
}

function pairFaults(env: Env): string[] {
  const admin = [env.ADMIN_EMAIL, env.ADMIN_USERNAME, env.ADMIN_PASSWORD].filter(Boolean).length;
  if (admin === 0 || admin === 3) return [];
  return [
    'ADMIN_EMAIL, ADMIN_USERNAME and ADMIN_PASSWORD go together; some are set and some are not.',
  ];
}

/**
 * Parses settings from an environment.
 * @throws {ConfigError} with every fault at once.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const result = envSchema.safeParse(source);
  const faults = result.success
    ? [...productionFaults(result.data), ...pairFaults(result.data)]
    : result.error.issues.map((issue) => {
        const key = String(issue.path[0]);
        return `${key} has ${shown(key, source[key])}; it takes ${issue.message}.`;
      });
  if (faults.length > 0 || !result.success) {
    throw new ConfigError(
      `These settings are wrong:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
  }
  return result.data;
}

/**
 * Reads the process's environment, with `.env` of the working directory under it.
 * @throws {ConfigError} when a setting is wrong.
 */
export function readEnv(): Env {
  const file = path.resolve('.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return parseEnv(process.env);
}

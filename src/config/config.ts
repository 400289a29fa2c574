import path from 'node:path';
import type { Env } from './env.js';

/** Everything the program takes from outside at start, nested and typed. Paths are absolute. */
export interface Config {
  production: boolean;
  host: string;
  port: number;
  /** Origin of public addresses, without a slash at the end. */
  baseUrl: string;
  /** True when BASE_URL is https: turns on HSTS, Secure cookies and upgrade-insecure-requests. */
  https: boolean;
  /** Undefined: the embedded database is used. */
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
  mail: {
    smtpUrl: string | undefined;
    smtpFallbackUrl: string | undefined;
    sendgridApiKey: string | undefined;
    from: string | undefined;
  };
  storage: 'local' | 's3' | 'cloudinary';
  mediaDir: string;
  dataDir: string;
  sessionSecret: string | undefined;
  firstAdmin: { email: string; username: string; password: string } | undefined;
  metricsToken: string | undefined;
  logLevel: Env['LOG_LEVEL'];
  /** Express's `trust proxy`: number of hops, list of addresses, or false. */
  trustProxy: number | string | boolean;
}

function trustProxyOf(value: string): number | string | boolean {
  if (value === '' || value === 'false') return false;
  if (value === 'true') return true;
  return /^\d+$/.test(value) ? Number(value) : value;
}

function firstAdminOf(env: Env): Config['firstAdmin'] {
  if (!env.ADMIN_EMAIL || !env.ADMIN_USERNAME || !env.ADMIN_PASSWORD) return undefined;
  return { email: env.ADMIN_EMAIL, username: env.ADMIN_USERNAME, password: env.ADMIN_PASSWORD };
}

/** Turns parsed settings into the nested shape that the program uses. */
export function configFrom(env: Env): Config {
  const shownHost = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(env.HOST)
    ? 'localhost'
    : env.HOST;
  const baseUrl = (env.BASE_URL ?? `http://${shownHost}:${env.PORT}`).replace(/\/+$/, '');
  return {
    production: env.NODE_ENV === 'production',
    host: env.HOST,
    port: env.PORT,
    baseUrl,
    https: baseUrl.startsWith('https://'),
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    mail: {
      smtpUrl: env.SMTP_URL,
      smtpFallbackUrl: env.SMTP_FALLBACK_URL,
      sendgridApiKey: env.SENDGRID_API_KEY,
      from: env.MAIL_FROM,
    },
    storage: env.STORAGE,
    mediaDir: path.resolve(env.MEDIA_DIR),
    dataDir: path.resolve(env.DATA_DIR),
    sessionSecret: env.SESSION_SECRET,
    firstAdmin: firstAdminOf(env),
    metricsToken: env.METRICS_TOKEN,
    logLevel: env.LOG_LEVEL,
    trustProxy: trustProxyOf(env.TRUST_PROXY),
  };
}

import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { readBody } from './body.js';
import { checkDestination, readAddress, type Allow, type Resolve } from './destination.js';
import { GuardedFetchError } from './guarded-fetch-error.js';
import { requestOnce } from './hop.js';

export { GuardedFetchError, type GuardedFetchReason } from './guarded-fetch-error.js';

/** What may be fetched, and for how long. */
export interface GuardedFetchOptions {
  /** The most bytes that the body may have, sent and unpacked. */
  maxBytes: number;
  /** Media types that are taken, such as `image/*` or `text/html`; default: any. */
  accept?: readonly string[];
  /** Milliseconds for everything together, default 30,000. */
  timeout?: number;
  /** Milliseconds until the headers of each answer, default 10,000. */
  headersTimeout?: number;
  /** Redirects that are followed, each checked anew; default 5. */
  maxRedirects?: number;
  /** What we call ourselves. */
  userAgent?: string;
  signal?: AbortSignal;
  /** Destinations allowed beyond the public web. For tests only. */
  allow?: Allow;
  /** Finds the addresses of a name; default: the system. For tests only. */
  resolve?: Resolve;
}

/** A 2xx answer. */
interface GuardedResponse {
  /** The address that answered, after redirects. */
  url: string;
  status: number;
  /** Media type without parameters, in lower case; empty where the answer had none. */
  contentType: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const USER_AGENT = 'Billet (self-hosted blog)';
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches something from the public web with GET. Every address on the way is resolved once, refused
 * unless it is public, and connected to as checked; time, size, redirects, ports and types are limited.
 * No cookie, credential or referrer is sent.
 * @throws {GuardedFetchError} with the reason, and nothing else.
 */
export async function guardedFetch(
  address: string,
  options: GuardedFetchOptions,
): Promise<GuardedResponse> {
  const deadline = AbortSignal.timeout(options.timeout ?? 30_000);
  const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline;
  let response: IncomingMessage | undefined;
  try {
    let url = readAddress(address);
    for (let hops = 0; ; hops += 1) {
      response = await orAborted(signal, visit(url, options, signal));
      const target = redirectOf(response);
      if (target === undefined) return await receive(url, response, options);
      response.destroy();
      if (hops >= (options.maxRedirects ?? 5)) {
        throw new GuardedFetchError('redirects', `${url.host} sends from one address to the next.`);
      }
      url = readAddress(target, url);
    }
  } catch (error) {
    throw explained(error, { address, ended: options.signal?.aborted === true, signal });
  } finally {
    response?.destroy();
  }
}

async function visit(
  url: URL,
  options: GuardedFetchOptions,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return requestOnce(url, {
    addresses: await checkDestination(url, options),
    headers: {
      'User-Agent': options.userAgent ?? USER_AGENT,
      Accept: options.accept?.join(', ') ?? '*/*',
      'Accept-Encoding': 'gzip, deflate, br',
    },
    signal,
    headersTimeout: options.headersTimeout ?? 10_000,
  });
}

function redirectOf(response: IncomingMessage): string | undefined {
  return REDIRECTS.has(response.statusCode ?? 0) ? response.headers.location : undefined;
}

async function receive(
  url: URL,
  response: IncomingMessage,
  options: GuardedFetchOptions,
): Promise<GuardedResponse> {
  const status = response.statusCode ?? 0;
  if (status < 200 || status > 299) {
    throw new GuardedFetchError('status', `${url.host} answers with status ${status}.`, status);
  }
  const contentType =
    (response.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (options.accept && !options.accept.some((wanted) => matches(contentType, wanted))) {
    const given = contentType === '' ? 'no type' : `“${contentType.slice(0, 80)}”`;
    throw new GuardedFetchError('type', `${url.host} answers with ${given}.`, status);
  }
  const body = await readBody(response, options.maxBytes);
  return { url: url.href, status, contentType, headers: response.headers, body };
}

function matches(contentType: string, wanted: string): boolean {
  if (wanted === '*/*') return true;
  if (wanted.endsWith('/*')) return contentType.startsWith(wanted.slice(0, -1));
  return contentType === wanted.toLowerCase();
}

// A name server that does not answer cannot be told to stop, only left behind.
function orAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error());
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function explained(
  error: unknown,
  { address, ended, signal }: { address: string; ended: boolean; signal: AbortSignal },
): GuardedFetchError {
  if (error instanceof GuardedFetchError) return error;
  const host = URL.parse(address)?.host ?? address;
  if (ended) return new GuardedFetchError('aborted', `Fetching from ${host} was ended.`);
  if (signal.aborted) return new GuardedFetchError('timeout', `${host} takes too long to answer.`);
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  if (/^(HPE_|Z_|ERR_BUFFER|ERR_.*BROTLI|ERR__ERROR)/.test(code)) {
    return new GuardedFetchError('malformed', `The answer of ${host} is damaged.`);
  }
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code)) {
    return new GuardedFetchError('unreachable', `The certificate of ${host} is not valid.`);
  }
  return new GuardedFetchError('unreachable', `${host} cannot be reached.`);
}

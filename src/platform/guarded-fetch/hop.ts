import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { CheckedAddress } from './destination.js';
import { GuardedFetchError } from './guarded-fetch-error.js';

interface Hop {
  addresses: CheckedAddress[];
  headers: Record<string, string>;
  /** Ends the connection at any time. */
  signal: AbortSignal;
  /** Milliseconds until the headers must have come. */
  headersTimeout: number;
}

/** Answers with the addresses that were checked, whatever the name says by now. */
function pinnedLookup(addresses: CheckedAddress[]): LookupFunction {
  return (_host, options, callback) => {
    if (options.all) callback(null, addresses);
    else callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
  };
}

/** Sends one GET to the checked addresses and waits for the headers of the answer; follows nothing. */
export function requestOnce(url: URL, hop: Hop): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const client = url.protocol === 'https:' ? https : http;
    const request = client.request(url, {
      agent: false,
      headers: hop.headers,
      lookup: pinnedLookup(hop.addresses),
      maxHeaderSize: 16 * 1024,
      signal: hop.signal,
    });
    const late = setTimeout(
      () =>
        request.destroy(new GuardedFetchError('timeout', `${url.host} does not answer in time.`)),
      hop.headersTimeout,
    );
    request.on('close', () => clearTimeout(late));
    request.on('error', reject);
    request.on('response', (response) => {
      clearTimeout(late);
      resolve(response);
    });
    request.end();
  });
}

import type { IncomingMessage } from 'node:http';
import { pipeline, type Duplex, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { GuardedFetchError } from './guarded-fetch-error.js';

const decoders = new Map<string, (() => Duplex) | null>([
  ['', null],
  ['identity', null],
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/**
 * Reads the whole body, unpacked. Neither what is sent nor what it unpacks to may be more than
 * `maxBytes`; reading stops at the first byte beyond.
 */
export async function readBody(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const encoding = (response.headers['content-encoding'] ?? '').trim().toLowerCase();
  const decoder = decoders.get(encoding);
  if (decoder === undefined) {
    throw new GuardedFetchError('malformed', `The answer is packed as “${encoding.slice(0, 40)}”.`);
  }
  return collect(decoder ? unpacked(response, decoder(), maxBytes) : response, maxBytes);
}

function unpacked(response: IncomingMessage, decoder: Duplex, maxBytes: number): Readable {
  let received = 0;
  response.on('data', (part: Buffer) => {
    received += part.length;
    if (received > maxBytes) response.destroy(tooLarge(maxBytes));
  });
  // An error on either side destroys both; whoever reads the decoder hears of it.
  return pipeline(response, decoder, () => undefined);
}

async function collect(content: Readable, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of content as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > maxBytes) throw tooLarge(maxBytes);
    parts.push(part);
  }
  return Buffer.concat(parts, length);
}

function tooLarge(maxBytes: number): GuardedFetchError {
  return new GuardedFetchError('size', `The answer has more than ${maxBytes} bytes.`);
}

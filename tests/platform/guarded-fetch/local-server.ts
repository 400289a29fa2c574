import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect } from 'vitest';
import {
  GuardedFetchError,
  guardedFetch,
  type GuardedFetchOptions,
} from '#src/platform/guarded-fetch/index.js';

/** What is closed after each test. */
export const servers: { close(done: () => void): unknown; closeAllConnections?(): void }[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections?.();
    await new Promise<void>((done) => server.close(() => done()));
  }
});

/** The port on which a server listens. */
export function portOf(server: Pick<Server, 'address'>): number {
  return (server.address() as AddressInfo).port;
}

/** A server on this machine; answers its port. */
export async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return portOf(server);
}

/** Options that let this machine be fetched from. */
export const here: GuardedFetchOptions = {
  maxBytes: 10_000,
  allow: (address) => address === '127.0.0.1',
};

/** The error with which fetching fails; a success fails the test. */
export async function refusal(address: string, options: Partial<GuardedFetchOptions> = {}) {
  const error: unknown = await guardedFetch(address, { ...here, ...options }).then(
    () => 'fetched',
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof GuardedFetchError))
    throw new Error(`expected a refusal: ${String(error)}`);
  expect(error.message).toMatch(/^[^\n]{10,300}\.$/);
  return error;
}

/** Why fetching fails. */
export async function reasonOf(address: string, options: Partial<GuardedFetchOptions> = {}) {
  return (await refusal(address, options)).reason;
}

import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemErrorCode } from './system-error.js';

/** The address cannot be listened on. The message is one clear sentence for the operator. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** A server that accepts connections. */
export type HttpServer = {
  /** The port in use, also when 0 was asked for. */
  port: number;
  /**
   * Accepts nothing new, finishes the requests that run, and resolves when the last connection is
   * closed. What still runs after `deadline` milliseconds is cut; answers whether that was needed.
   */
  drain(deadline: number): Promise<{ cut: boolean }>;
};

// Longer than the idle time after which proxies close theirs (nginx: 60 s, load balancers up to
// 60 s): a connection that we close first makes their next POST fail with 502.
const keepAlive = 75_000;
const idleCheck = 50;

/** Listens on an address. @throws ListenError when it is taken or not ours to use */
export async function listen(options: {
  host: string;
  port: number;
  handler: RequestListener;
}): Promise<HttpServer> {
  const server = createServer({ keepAliveTimeout: keepAlive }, options.handler);
  const answering = trackAnswers(server);
  await bind(server, options.host, options.port);
  return {
    port: (server.address() as AddressInfo).port,
    drain: (deadline) => drain(server, answering, deadline),
  };
}

/** Finds out early whether an address can be listened on. @throws ListenError when it cannot */
export async function checkAddress(host: string, port: number): Promise<void> {
  const server = createServer();
  await bind(server, host, port);
  await new Promise((closed) => server.close(closed));
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', (error) => failed(new ListenError(listenFault(error, host, port))));
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      done();
    });
  });
}

function listenFault(error: Error, host: string, port: number): string {
  const code = systemErrorCode(error);
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is in use by another program (perhaps Billet runs already): stop it, or set PORT to a free port.`;
  }
  if (code === 'EACCES') {
    return `Port ${port} may not be used by this account: set PORT to 1024 or more.`;
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `This machine has no address ${host}: set HOST to one of its own, such as 127.0.0.1 or 0.0.0.0.`;
  }
  return `Listening on ${host}:${port} failed: ${error.message}.`;
}

function trackAnswers(server: Server): Set<ServerResponse> {
  const answering = new Set<ServerResponse>();
  server.on('request', (_req, res) => {
    answering.add(res);
    res.once('close', () => answering.delete(res));
  });
  return answering;
}

async function drain(
  server: Server,
  answering: Set<ServerResponse>,
  deadline: number,
): Promise<{ cut: boolean }> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  // Clients that are told so open no second request on the connection of a running one.
  for (const res of answering) {
    if (!res.headersSent) res.setHeader('Connection', 'close');
  }
  // Where the headers had gone out already the connection turns idle instead, and is closed then.
  const idle = setInterval(() => server.closeIdleConnections(), idleCheck);
  let cut = false;
  const late = setTimeout(() => {
    cut = true;
    server.closeAllConnections();
  }, deadline);
  server.closeIdleConnections();
  await closed;
  clearInterval(idle);
  clearTimeout(late);
  return { cut };
}

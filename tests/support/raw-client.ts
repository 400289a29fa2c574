import { Agent, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';

/** An answer as it came over the wire. */
export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** What is sent as it stands: no client library tidies it up. */
export interface RawRequest {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** A server on a free port with a client that sends exactly what it is told. */
export interface RawClient {
  send(what: RawRequest): Promise<RawAnswer>;
  close(): Promise<void>;
}

/** Starts the application on a free port of this machine. */
export async function startRawClient(app: Express): Promise<RawClient> {
  const server = await new Promise<Server>((resolve) => {
    const listening: Server = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const agent = new Agent({ keepAlive: true });
  const { port } = server.address() as AddressInfo;
  const send = ({ body, ...what }: RawRequest) =>
    new Promise<RawAnswer>((resolve, reject) => {
      const headers = {
        ...what.headers,
        ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }),
      };
      const req = request({ ...what, headers, port, host: '127.0.0.1', agent }, (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () =>
          resolve({
            status: res.statusCode ?? 0,
            headers: res.headers,
            text: Buffer.concat(chunks).toString(),
          }),
        );
        res.on('error', reject);
      });
      req.on('error', reject);
      req.end(body);
    });
  const close = () =>
    new Promise<void>((resolve) => {
      agent.destroy();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { send, close };
}

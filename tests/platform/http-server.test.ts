import { Agent, get, type IncomingMessage } from 'node:http';
import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { checkAddress, listen, ListenError } from '#src/platform/http-server.js';

const host = '127.0.0.1';

function ask(port: number, agent: Agent): Promise<IncomingMessage> {
  return new Promise((done, failed) => {
    get({ host, port, agent }, (response) => {
      response.resume();
      response.on('end', () => done(response));
    }).on('error', failed);
  });
}

/** A handler that answers when the test lets it. */
function slowHandler(): { handler: RequestListener; arrived: Promise<void>; answer(): void } {
  let [arrive, answer] = [(): void => undefined, (): void => undefined];
  const arrived = new Promise<void>((done) => (arrive = done));
  const handler: RequestListener = (_req, res) => {
    answer = () => void res.end('done');
    arrive();
  };
  return { handler, arrived, answer: () => answer() };
}

describe('the HTTP server', () => {
  it('drains at once when its keep-alive connections are idle', async () => {
    const server = await listen({ host, port: 0, handler: (_req, res) => void res.end('ok') });
    const agent = new Agent({ keepAlive: true });
    await ask(server.port, agent);
    expect(await server.drain(60_000)).toEqual({ cut: false });
    agent.destroy();
  });

  it('finishes what runs and then closes its keep-alive connection', async () => {
    const { handler, arrived, answer } = slowHandler();
    const server = await listen({ host, port: 0, handler });
    const agent = new Agent({ keepAlive: true });
    const answered = ask(server.port, agent);
    await arrived;
    const drained = server.drain(60_000);
    answer();
    expect((await answered).headers.connection).toBe('close');
    expect(await drained).toEqual({ cut: false });
    agent.destroy();
  });

  it('closes a connection whose headers had been sent before it began to drain', async () => {
    let end = (): void => undefined;
    const handler: RequestListener = (_req, res) => {
      res.write('half');
      end = () => void res.end();
    };
    const server = await listen({ host, port: 0, handler });
    const agent = new Agent({ keepAlive: true });
    const response = await new Promise<IncomingMessage>((done) =>
      get({ host, port: server.port, agent }, done),
    );
    const drained = server.drain(60_000);
    end();
    response.resume();
    expect(await drained).toEqual({ cut: false });
    agent.destroy();
  });

  it('cuts what does not end by the deadline', async () => {
    const { handler, arrived } = slowHandler();
    const server = await listen({ host, port: 0, handler });
    const agent = new Agent();
    const answered = ask(server.port, agent);
    const failed = expect(answered).rejects.toThrow('socket hang up');
    await arrived;
    expect(await server.drain(20)).toEqual({ cut: true });
    await failed;
  });

  it('says in one sentence why it cannot listen', async () => {
    const server = await listen({ host, port: 0, handler: () => undefined });
    await expect(checkAddress(host, server.port)).rejects.toThrow(ListenError);
    await expect(checkAddress(host, server.port)).rejects.toThrow(
      /^Port \d+ on 127\.0\.0\.1 is in use/,
    );
    await expect(checkAddress('192.0.2.1', 0)).rejects.toThrow(
      'This machine has no address 192.0.2.1',
    );
    await server.drain(0);
    await checkAddress(host, server.port);
  });
});

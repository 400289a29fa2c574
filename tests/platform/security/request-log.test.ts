import { Writable } from 'node:stream';
import express from 'express';
import { pino } from 'pino';
import supertest from 'supertest';
import { describe, expect, it } from 'vitest';
import { requestLog } from '#src/platform/security/index.js';

function logged() {
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  const app = express();
  app.use(requestLog({ log: pino({ level: 'info' }, sink) }));
  app.use((req, res) => void res.status(req.path === '/fail' ? 500 : 200).send('x'));
  return { lines, agent: supertest(app) };
}

describe('the log of requests', () => {
  it('says method, path and status under the id that the answer carries', async () => {
    const { lines, agent } = logged();
    const res = await agent.post('/posts/one?secret=1').set('Cookie', 'sid=abc');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 30,
      msg: 'request',
      req: { id: res.headers['x-request-id'], method: 'POST', path: '/posts/one' },
      res: { status: 200 },
    });
    expect(JSON.stringify(lines)).not.toMatch(/secret|abc/);
  });

  it('keeps tokens in paths to itself', async () => {
    const { lines, agent } = logged();
    await agent.get('/password/reset/s3cret');
    await agent.get('/confirm/s3cret/');
    expect(lines.map((line) => (line.req as { path: string }).path)).toEqual([
      '/password/reset/…',
      '/confirm/…',
    ]);
  });

  it('is quiet about probes and warns of failures', async () => {
    const { lines, agent } = logged();
    await agent.get('/healthz');
    await agent.get('/fail');
    expect(lines.map((line) => line.level)).toEqual([40]);
  });
});

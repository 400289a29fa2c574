import express from 'express';
import supertest from 'supertest';
import { describe, expect, it } from 'vitest';
import { closeWhileDraining, securityHeaders } from '#src/platform/security/index.js';

function headersOf(https: boolean) {
  const app = express();
  app.use(securityHeaders({ https }));
  app.get('/', (_req, res) => void res.send('hello'));
  return supertest(app).get('/');
}

const csp =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;" +
  "font-src 'self';media-src 'self';connect-src 'self';manifest-src 'self';" +
  'frame-src https://www.youtube-nocookie.com https://player.vimeo.com https://www.dailymotion.com;' +
  "form-action 'self';" +
  "frame-ancestors 'none';base-uri 'none'";

describe('the headers of every answer', () => {
  it('are strict, without what only https can promise', async () => {
    const { headers } = await headersOf(false);
    expect(headers['content-security-policy']).toBe(csp);
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['referrer-policy']).toBe('same-origin');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['permissions-policy']).toContain('camera=()');
  });

  it('promise https where there is https', async () => {
    const { headers } = await headersOf(true);
    expect(headers['content-security-policy']).toBe(`${csp};upgrade-insecure-requests`);
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });
});

describe('a draining process', () => {
  it('closes connections with its answers', async () => {
    const state = { draining: false };
    const app = express();
    app.use(closeWhileDraining(state));
    app.get('/', (_req, res) => void res.send('hello'));
    const agent = supertest(app);
    const before = await agent.get('/').set('Connection', 'keep-alive');
    state.draining = true;
    const after = await agent.get('/').set('Connection', 'keep-alive');
    expect([before.headers.connection, after.headers.connection]).toEqual(['keep-alive', 'close']);
  });
});

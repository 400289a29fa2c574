import express from 'express';
import supertest from 'supertest';
import { describe, expect, it } from 'vitest';
import { answeredByCopy, entityTag, sendWhole } from '#src/platform/conditional.js';

const lastModified = new Date('2026-11-21T11:00:00.700Z');
const date = 'Sat, 21 Nov 2026 11:00:00 GMT';
const etag = entityTag('a', 1);
let made = 0;

const app = express();
app.disable('etag');
app.get('/', (req, res) => {
  if (answeredByCopy(req, res, { etag, lastModified })) return;
  made += 1;
  sendWhole(res, 'text/plain; charset=utf-8', 'né');
});

function get(headers: Record<string, string> = {}): supertest.Test {
  return supertest(app).get('/').set(headers);
}

describe('an entity tag', () => {
  it('is strong, and another one for every other input', () => {
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    const inputs = [['a', 1], ['a', '1'], ['a1'], ['a', null], ['a', '', 1], ['a,1']] as const;
    expect(new Set(inputs.map((parts) => entityTag(...parts))).size).toBe(inputs.length);
    expect(entityTag('a', 1)).toBe(etag);
  });
});

describe('a conditional request', () => {
  it('without conditions gets everything', async () => {
    const answer = await get().expect(200);
    expect(answer.text).toBe('né');
    expect(answer.headers).toMatchObject({
      etag,
      'last-modified': date,
      'cache-control': 'public, no-cache',
      'content-length': '3',
    });
  });

  it.each<Record<string, string>>([
    { 'If-None-Match': etag },
    { 'If-None-Match': `W/${etag}` },
    { 'If-None-Match': `"x" , ${etag}` },
    { 'If-None-Match': '*' },
    { 'If-Modified-Since': date },
  ])('costs nothing when the copy is the present one: %j', async (headers) => {
    made = 0;
    const answer = await get(headers).expect(304);
    expect(answer.text).toBe('');
    expect(answer.headers.etag).toBe(etag);
    expect(made).toBe(0);
  });

  it.each<Record<string, string>>([
    { 'If-None-Match': '"x"' },
    { 'If-None-Match': etag.slice(1, -1) },
    { 'If-None-Match': '"x"', 'If-Modified-Since': date },
    { 'If-Modified-Since': 'Sat, 21 Nov 2026 12:00:00 GMT' },
    { 'If-Modified-Since': '' },
  ])('gets everything when it is not: %j', async (headers) => {
    await get(headers).expect(200);
  });

  it('by HEAD gets the headers', async () => {
    const answer = await supertest(app).head('/').expect(200);
    expect(answer.headers['content-length']).toBe('3');
    expect(answer.text ?? '').toBe('');
  });
});

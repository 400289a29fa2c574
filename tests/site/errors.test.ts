import express from 'express';
import supertest from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  BadRequestError,
  ConflictError,
  ForbiddenError,
  InvalidError,
  NotFoundError,
  StorageFullError,
  TooLargeError,
  TooManyRequestsError,
  UnauthenticatedError,
  UnavailableError,
} from '#src/platform/errors.js';
import { handleErrors } from '#src/platform/error-handler.js';
import { createApp } from '#src/app.js';
import { createDatabase } from '#src/platform/db.js';
import { preferences } from '#src/platform/preferences.js';
import { siteFrame } from '#src/site/index.js';
import { useApp } from '../support/app.js';

const app = useApp();
const thrown: Record<string, Error> = {
  400: new BadRequestError(),
  401: new UnauthenticatedError(),
  403: new ForbiddenError(),
  404: new NotFoundError(),
  409: new ConflictError(),
  413: new TooLargeError(10 * 1024 * 1024),
  422: new InvalidError(),
  429: new TooManyRequestsError(75),
  500: new Error('the database said: <secret>'),
  503: new UnavailableError(undefined, { cause: new Error('<secret>') }),
  507: new StorageFullError(undefined, { cause: new Error('<secret>') }),
};
let failing: ReturnType<typeof express>;

beforeAll(() => {
  failing = express();
  failing.locals.templates = app.ctx.templates;
  failing.locals.asset = app.ctx.assets.url;
  failing.use(preferences(app.ctx), siteFrame(app.ctx));
  failing.post('/fail/:status', (req) => {
    throw thrown[req.params.status] ?? new Error('unknown');
  });
  failing.use(handleErrors(app.ctx));
});

describe('pages of errors', () => {
  it.each(Object.keys(thrown))(
    '%s has its own words, in the layout, kept by nobody',
    async (status) => {
      const answer = await supertest(failing).post(`/fail/${status}`).set('Accept', 'text/html');
      expect(answer.status).toBe(Number(status));
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.text).toContain(`Error ${status}`);
      expect(answer.text).toContain('<main');
      expect(answer.text).toContain('content="noindex"');
      expect(answer.text).not.toContain('secret');
    },
  );

  it('say how long to wait, how much is too much, and which number to give', async () => {
    const wait = await supertest(failing).post('/fail/429').set('Accept', 'text/html');
    expect(wait.headers['retry-after']).toBe('75');
    expect(wait.text).toContain('You can try again in 75 seconds.');
    const large = await supertest(failing).post('/fail/413').set('Accept', 'text/html');
    expect(large.text).toContain('The limit is 10 MB.');
    const broken = await supertest(failing).post('/fail/500').set('Accept', 'text/html');
    expect(broken.text).toMatch(/give this number: <code>[0-9a-f]{12}<\/code>/);
  });

  it('offer a search where nothing was found', async () => {
    const answer = await app.request().get('/no/such/page').set('Accept', 'text/html').expect(404);
    expect(answer.text).toContain('action="/search"');
  });

  it('say when to come back, even where the site itself cannot be read', async () => {
    const database = createDatabase('postgresql://127.0.0.1:1/x');
    const away = createApp({ ...app.ctx, db: database });
    const page = await supertest(away).get('/').set('Accept', 'text/html').expect(503);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['retry-after']).toBe('5');
    expect(page.text).toContain('<h1>This site is catching its breath</h1>');
    const json = await supertest(away).get('/').set('Accept', 'application/json').expect(503);
    expect(json.headers['retry-after']).toBe('5');
    expect(json.body).toMatchObject({ error: { code: 'unavailable' } });
    expect(JSON.stringify(json.body)).not.toContain('127.0.0.1');
    await database.$disconnect();
  });

  it('are JSON for programs', async () => {
    const answer = await app.request().get('/no/such/page').set('Accept', 'application/json');
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ error: { code: 'not_found' } });
  });
});

import { createServer, type AddressInfo, type Server } from 'node:net';
import express from 'express';
import supertest from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { healthRoutes } from '#src/ops/index.js';
import { createDatabase, type Db } from '#src/platform/db.js';
import { useApp } from '../support/app.js';

const app = useApp();
const servers: Server[] = [];
const storage = { check: async (): Promise<void> => undefined };

function ready(db: Db, kept = storage) {
  return supertest(express().use(healthRoutes({ db, storage: kept }))).get('/readyz');
}

describe('/readyz', () => {
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  it('says that database and storage answer', async () => {
    const answer = await ready(app.db).expect(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).toEqual({ status: 'ok', checks: { database: true, storage: true } });
  });

  it('does not wait for a database that never answers', async () => {
    const server = createServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    servers.push(server);
    const silent = createDatabase(
      `postgresql://127.0.0.1:${(server.address() as AddressInfo).port}/x`,
    );
    const before = performance.now();
    const answer = await ready(silent).expect(503);
    expect(performance.now() - before).toBeLessThan(4_000);
    expect(answer.body).toEqual({
      status: 'unavailable',
      checks: { database: false, storage: true },
    });
    await silent.$disconnect();
  });

  it('does not wait for a storage that never answers', async () => {
    const never = { check: () => new Promise<void>(() => undefined) };
    const answer = await ready(app.db, never).expect(503);
    expect(answer.body).toMatchObject({ checks: { database: true, storage: false } });
  });
});

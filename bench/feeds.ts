import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { createApp } from '#src/app.js';
import { configFrom } from '#src/config/config.js';
import { parseEnv } from '#src/config/env.js';
import { createContext } from '#src/context.js';
import { startThrowawayPostgres } from '#src/platform/embedded-postgres/throwaway.js';
import { createLogger } from '#src/platform/logger.js';
import { applyMigrations } from '#src/platform/migrations/index.js';

const POSTS = 50_000;
const FILL = `
  INSERT INTO users (email, username, display_name, role, updated_at)
    SELECT 'a' || n || '@example.org', 'a' || n, 'Author ' || n, 'author', now()
    FROM generate_series(1, 50) n;
  INSERT INTO tags (name, slug, updated_at)
    SELECT 'Tag ' || n, 'tag-' || n, now() FROM generate_series(1, 2000) n;
  INSERT INTO posts (kind, status, title, slug, html, plain_text, auto_excerpt, author_id, published_at)
    SELECT 'post', 'published', 'Post ' || n, 'post-' || n,
           '<p>' || repeat('Wind SW, fresh. Two brigs inward. ', 250) || '</p>', 'Wind', 'Wind',
           1 + n % 50, timestamptz '2020-01-01' + n * interval '1 hour'
    FROM generate_series(1, ${POSTS}) n;
  INSERT INTO post_tags (post_id, tag_id)
    SELECT n, 1 + (n * k) % 2000 FROM generate_series(1, ${POSTS}) n, generate_series(7, 9) k
    ON CONFLICT DO NOTHING;
  ANALYZE;`;

const folder = mkdtempSync(path.join(tmpdir(), 'billet-bench-'));
const server = await startThrowawayPostgres({ major: 'newest' });
const admin = new pg.Client(server.adminUrl);
await admin.connect();
await admin.query(`CREATE DATABASE bench ENCODING 'UTF8' TEMPLATE template0`);
const databaseUrl = server.url('bench');
await applyMigrations(databaseUrl, { log: createLogger('warn') });
const filler = new pg.Client(databaseUrl);
await filler.connect();
await filler.query(FILL);
await filler.end();
await admin.end();

const env = {
  DATA_DIR: folder,
  MEDIA_DIR: folder,
  LOG_LEVEL: 'silent',
  BASE_URL: 'http://blog.test',
};
const ctx = createContext(configFrom(parseEnv(env)), databaseUrl, createLogger('silent'));
const http = createServer(createApp(ctx)).listen(0);
const origin = `http://127.0.0.1:${String((http.address() as AddressInfo).port)}`;

/** Median milliseconds of a request, and how many bytes came back. */
async function measure(url: string, headers: Record<string, string> = {}): Promise<string> {
  const times: number[] = [];
  let bytes = 0;
  for (let round = 0; round < 15; round += 1) {
    const start = performance.now();
    const answer = await fetch(origin + url, { headers });
    bytes = (await answer.arrayBuffer()).byteLength;
    times.push(performance.now() - start);
  }
  const middle = times.toSorted((a, b) => a - b)[7] ?? 0;
  return `${middle.toFixed(1).padStart(8)} ms ${String(Math.round(bytes / 1024)).padStart(6)} KB`;
}

process.stdout.write(`${String(POSTS)} posts, 2,000 tags; median of 15 requests\n`);
for (const url of ['/feed.xml', '/tags/tag-8/atom.xml', '/sitemap.xml', '/sitemaps/posts-1.xml']) {
  const etag = (await fetch(origin + url)).headers.get('etag') ?? '';
  process.stdout.write(`${url.padEnd(24)}${await measure(url)}`);
  process.stdout.write(`   304:${await measure(url, { 'If-None-Match': etag })}\n`);
}
http.close();
await ctx.close();
await server.stop();
rmSync(folder, { recursive: true, force: true });

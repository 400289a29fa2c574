// Prints as JSON what the renderer makes of every hostile payload, for a browser to read.
import { readFileSync } from 'node:fs';
import { renderComment, renderPost, sanitizePostHtml } from '#src/platform/markdown/index.js';

const payloads = JSON.parse(
  readFileSync(new URL('../../fixtures/xss-payloads.json', import.meta.url), 'utf8'),
) as string[];

const rendered = {
  posts: payloads.map((payload) => renderPost(payload, { baseUrl: 'http://blog.test' }).html),
  comments: payloads.map((payload) => renderComment(payload).html),
  sanitised: payloads.map((payload) => sanitizePostHtml(payload)),
};
process.stdout.write(JSON.stringify({ payloads, ...rendered }));

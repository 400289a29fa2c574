import type { Response } from 'supertest';
import type { Database } from '#src/platform/db.js';

/** The fields that a browser sends from a new form, and what a test changes. */
export function postFields(fields: Record<string, string> = {}): Record<string, string> {
  return {
    title: 'Fog signals',
    body: 'The **horn**.',
    status: 'draft',
    language: 'en',
    version: '0',
    ...fields,
  };
}

/** The fields of a stored post as its form sends them, and what a test changes. */
export function fieldsOf(
  post: { title: string; slug: string; body: string; status: string; version: number },
  fields: Record<string, string> = {},
): Record<string, string> {
  const { title, slug, body, status, version } = post;
  return postFields({ title, slug, body, status, version: String(version), ...fields });
}

/** The id of the post that a save leads to. */
export function savedId(answer: Response): number {
  const id = /^\/admin\/(?:posts|pages)\/(\d+)$/.exec(answer.headers.location ?? '')?.[1];
  if (id === undefined)
    throw new Error(`Not a saved post: ${answer.status} ${answer.headers.location}`);
  return Number(id);
}

/** Jobs of one kind that wait in the queue, with the instant at which they are due. */
export function jobsNamed(db: Database, name: string): Promise<{ key: string; run_at: Date }[]> {
  return db.$queryRaw`
    SELECT key, run_at FROM graphile_worker.jobs WHERE task_identifier = ${name} ORDER BY run_at`;
}

import { z } from 'zod';
import { defineJob, enqueue, handleJob, type JobHandler, type JobRun } from '#src/jobs/index.js';
import { recordAudit } from '#src/platform/audit/index.js';
import { inTransaction, type Database, type Db } from '#src/platform/db.js';
import { RENDERER_VERSION } from '#src/platform/markdown/index.js';
import {
  findSource,
  listOutdatedPosts,
  listPostsCiting,
  publishDuePosts,
  storeRendering,
} from './jobs.queries.js';
import { renderForStorage, replaceMediaUses } from './rendering.js';
import { notifyPostChanged } from './saving.queries.js';

/** Posts rendered again by one job; more of them become the next job. */
const BATCH = 25;

const publishDue = defineJob({ name: 'blog.publish-due', schema: z.object({}), priority: -5 });

const rerender = defineJob({
  name: 'blog.rerender',
  schema: z.object({ postIds: z.array(z.number().int()).max(BATCH) }),
  priority: 10,
});

const rerenderOutdated = defineJob({
  name: 'blog.rerender-outdated',
  schema: z.object({}),
  priority: 10,
  queue: 'blog.rerender-outdated',
});

/** The key under which the job of one scheduled post waits. */
export function publicationKey(postId: number): string {
  return `publish-due:${postId}`;
}

/** Has a scheduled post counted as published on its minute. A later date replaces the waiting job. */
export async function enqueuePublication(
  tx: Db,
  post: { id: number; publishedAt: Date },
): Promise<void> {
  await enqueue(tx, publishDue, {}, { runAt: post.publishedAt, jobKey: publicationKey(post.id) });
}

/** Has these posts rendered again, for instance because the variants of a picture are ready. */
export async function enqueueRerender(tx: Db, postIds: readonly number[]): Promise<void> {
  for (let start = 0; start < postIds.length; start += BATCH) {
    await enqueue(tx, rerender, { postIds: postIds.slice(start, start + BATCH) });
  }
}

/** Has every post that cites one of these pictures rendered again. */
export async function enqueueRerenderOfMedia(tx: Db, mediaIds: readonly number[]): Promise<void> {
  await enqueueRerender(tx, await listPostsCiting(tx, mediaIds));
}

/** Has all posts of an older renderer rendered again, a batch at a time. */
export async function enqueueOutdatedRendering(tx: Db): Promise<void> {
  await enqueue(tx, rerenderOutdated, {}, { jobKey: 'rerender-outdated' });
}

interface JobDeps {
  db: Database;
  config: { baseUrl: string };
}

/** The blog's jobs: the minute of scheduled posts, and HTML that has to be made again. */
export function blogJobs(deps: JobDeps): JobHandler[] {
  return [
    handleJob(publishDue, (_payload, run) => publishWhatIsDue(deps, run), { cron: '* * * * *' }),
    handleJob(rerender, ({ postIds }, run) => renderAgain(deps, postIds, run)),
    handleJob(rerenderOutdated, (_payload, run) => renderOutdated(deps, run), {
      cron: '*/10 * * * *',
    }),
  ];
}

async function publishWhatIsDue({ db }: JobDeps, run: JobRun): Promise<void> {
  await inTransaction(db, async (tx) => {
    const ids = await publishDuePosts(tx, run.now());
    if (ids.length === 0) return;
    for (const id of ids) {
      const event = { targetType: 'post', targetId: id, data: { scheduled: true } };
      await recordAudit(tx, { action: 'post.publish', ...event });
      await notifyPostChanged(tx, id);
    }
    run.log.info({ posts: ids }, 'scheduled posts published');
  });
}

async function renderAgain(deps: JobDeps, ids: readonly number[], run: JobRun): Promise<void> {
  for (const id of ids) {
    if (run.signal.aborted) throw new Error('The process ends before all posts are rendered.');
    const source = await findSource(deps.db, id);
    if (!source) continue;
    const { mediaIds, ...rendering } = await renderForStorage(deps.db, {
      body: source.body,
      baseUrl: deps.config.baseUrl,
    });
    await inTransaction(deps.db, async (tx) => {
      if (!(await storeRendering(tx, source, rendering))) return;
      await replaceMediaUses(tx, id, mediaIds);
      await notifyPostChanged(tx, id);
    });
  }
}

async function renderOutdated(deps: JobDeps, run: JobRun): Promise<void> {
  const ids = await listOutdatedPosts(deps.db, RENDERER_VERSION, BATCH);
  await renderAgain(deps, ids, run);
  if (ids.length === BATCH) await enqueueOutdatedRendering(deps.db);
}

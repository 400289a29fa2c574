import { InvalidError } from '#src/platform/errors.js';
import type { PostForm } from './post-form.schema.js';
import { localTimeOf, momentOf } from './zoned-time.js';

/**
 * The date that a form asks for, or null. A date that was shown and not touched stays what it is, to
 * the second and on the right side of a changing clock.
 * @throws {InvalidError} for something that is no time, or one that the clocks leave out.
 */
export function dateOf(typed: string, present: Date | null, timeZone: string): Date | null {
  if (typed === '') return null;
  if (present && typed.slice(0, 16) === localTimeOf(present, timeZone)) return present;
  const moment = momentOf(typed, timeZone);
  if (moment === 'malformed') throw new InvalidError({ publishedAt: { key: 'problems.date' } });
  if (moment === 'gap') throw new InvalidError({ publishedAt: { key: 'problems.dateGap' } });
  return moment;
}

/**
 * What status and date mean together: published without a date is now, published with a future date
 * is scheduled, scheduled with a date that has passed is published, private without a date is now.
 * @throws {InvalidError} for scheduled without a date.
 */
export function decideStatus(
  wanted: { status: PostForm['status']; publishedAt: Date | null },
  now: Date,
): { status: PostForm['status']; publishedAt: Date | null } {
  const { status, publishedAt } = wanted;
  switch (status) {
    case 'draft':
      return { status, publishedAt };
    case 'private':
      return { status, publishedAt: publishedAt ?? now };
    case 'published':
    case 'scheduled':
      if (publishedAt === null) {
        if (status === 'published') return { status, publishedAt: now };
        throw new InvalidError({ publishedAt: { key: 'problems.scheduleDate' } });
      }
      return { status: publishedAt > now ? 'scheduled' : 'published', publishedAt };
  }
}

import { describe, expect, it } from 'vitest';
import {
  canChangeAuthor,
  canCreatePost,
  canEditPost,
  canReadPost,
  isPublic,
  type PostStatus,
} from '#src/blog/policy.js';
import type { Role, Viewer } from '#src/users/index.js';

const now = new Date('2026-11-21T12:00:00Z');
const early = new Date('2026-11-21T11:59:59Z');
const late = new Date('2026-11-21T12:00:01Z');
const viewer = (role: Role, id = 1): Viewer => ({ id, username: 'x', displayName: 'X', role });
const roles: Role[] = ['reader', 'author', 'editor', 'admin'];

describe('reading', () => {
  it.each<[PostStatus, Date | null, boolean]>([
    ['published', early, true],
    ['published', now, true],
    ['published', late, false],
    ['scheduled', now, true],
    ['scheduled', late, false],
    ['draft', early, false],
    ['private', early, false],
    ['trashed', early, false],
    ['published', null, false],
  ])('a post that is %s at %s is public: %s', (status, publishedAt, expected) => {
    expect(isPublic({ status, publishedAt }, now)).toBe(expected);
    expect(canReadPost(null, { status, publishedAt, authorId: 1 }, now)).toBe(expected);
  });

  it('of a private post is for its author and for editors up', () => {
    const post = { status: 'private', publishedAt: early, authorId: 1 } as const;
    expect(roles.map((role) => canReadPost(viewer(role, 2), post, now))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(canReadPost(viewer('author', 1), post, now)).toBe(true);
    expect(canReadPost(viewer('author', 1), { ...post, authorId: null }, now)).toBe(false);
  });

  it('of a draft at its public address is for nobody', () => {
    const post = { status: 'draft', publishedAt: null, authorId: 1 } as const;
    for (const role of roles) expect(canReadPost(viewer(role), post, now)).toBe(false);
  });
});

describe('writing', () => {
  const own = { kind: 'post', authorId: 1 } as const;
  const other = { kind: 'post', authorId: 2 } as const;
  const page = { kind: 'page', authorId: 1 } as const;

  it('belongs to authors for their own, to editors for all, and pages to editors', () => {
    expect(roles.map((role) => canEditPost(viewer(role), own))).toEqual([false, true, true, true]);
    expect(roles.map((role) => canEditPost(viewer(role), other))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(roles.map((role) => canEditPost(viewer(role), page))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(canEditPost(null, own)).toBe(false);
    expect(canEditPost(viewer('author'), { kind: 'post', authorId: null })).toBe(false);
  });

  it('of something new needs the role for it', () => {
    expect(roles.map((role) => canCreatePost(viewer(role)))).toEqual([false, true, true, true]);
    expect(roles.map((role) => canCreatePost(viewer(role), 'page'))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(roles.map((role) => canChangeAuthor(viewer(role)))).toEqual([false, false, true, true]);
    expect(canCreatePost(null)).toBe(false);
  });
});

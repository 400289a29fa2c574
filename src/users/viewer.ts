import type { Request, RequestHandler } from 'express';
import { ForbiddenError, UnauthenticatedError } from '#src/platform/errors.js';

/** `reader` ⊂ `author` ⊂ `editor` ⊂ `admin`. */
export type Role = 'reader' | 'author' | 'editor' | 'admin';

/** The person behind a request. */
export interface Viewer {
  id: number;
  username: string;
  displayName: string;
  role: Role;
}

const rank: Record<Role, number> = { reader: 0, author: 1, editor: 2, admin: 3 };

/** True when the viewer has at least this role. */
export function hasRole(viewer: Viewer | null, role: Role): viewer is Viewer {
  return viewer !== null && rank[viewer.role] >= rank[role];
}

/** The person logged in, or null. */
export function viewerOf(req: Request): Viewer | null {
  return (req.user as Viewer | undefined) ?? null;
}

/**
 * Lets only people with at least this role pass.
 * @throws {UnauthenticatedError} nobody is logged in. @throws {ForbiddenError} the role does not suffice.
 */
export function requireRole(role: Role): RequestHandler {
  return (req, _res, next) => {
    const viewer = viewerOf(req);
    if (!viewer) throw new UnauthenticatedError();
    if (!hasRole(viewer, role)) throw new ForbiddenError();
    next();
  };
}

import type { RequestHandler } from 'express';

/** While the process drains, answers close their connection, so that the server can end soon. */
export function closeWhileDraining(state: { readonly draining: boolean }): RequestHandler {
  return (_req, res, next) => {
    if (state.draining) res.set('Connection', 'close');
    next();
  };
}

import type { RequestHandler } from 'express';
import { BadRequestError } from '#src/platform/errors.js';

/** Refuses a JSON body that is a list: every form and every operation here is an object of fields. */
export function refuseListBodies(): RequestHandler {
  return (req, _res, next) => {
    if (Array.isArray(req.body)) throw new BadRequestError('An object of fields is expected here.');
    next();
  };
}

import type { Response } from 'express';
import type { Site } from '#src/site/index.js';

/** The site as the frame put it beside this request. */
export function siteOf(res: Response): Site {
  return res.locals.site as Site;
}

import type { Now } from '#src/platform/clock.js';
import type { Db } from '#src/platform/db.js';
import type { ReportBuilder } from './report.js';
import type { SiteAddress } from './wordpress/site-address.js';

/** What every part of a running import works with. */
export interface Importing {
  tx: Db;
  site: SiteAddress;
  /** Name of the source in `import_keys`. */
  source: string;
  report: ReportBuilder;
  /** Zone of dates without one, and language of texts that say none. */
  timeZone: string;
  language: string;
  now: Now;
  /** Origin of this site. */
  baseUrl: string;
  importId: number;
}

/** How far an import is: bytes while it validates, items afterwards. */
export interface ImportProgress {
  phase: 'validating' | 'importing' | 'pictures';
  done: number;
  total: number;
}

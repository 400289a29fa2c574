import type { Db } from '#src/platform/db.js';
import { addRedirect } from '#src/site/index.js';

/** Feeds that hang below the page of a tag or category. */
const FEEDS = ['', '/feed.xml', '/atom.xml', '/feed.json'];

/** Sends readers and subscribers of one page to another for good. */
export async function movePage(tx: Db, from: string, to: string): Promise<void> {
  if (from === to) return;
  for (const feed of FEEDS) await addRedirect(tx, from + feed, to + feed);
}

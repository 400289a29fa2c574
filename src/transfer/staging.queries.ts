import type { Db } from '#src/platform/db.js';

/** A post or page of the file and the row that it has or gets here. */
export interface StagedPost {
  key: string;
  kind: 'post' | 'page';
  id: number;
  slug: string;
  /** False: it came with an earlier run. */
  isNew: boolean;
}

/** A picture attached in the file. */
export interface StagedPicture {
  key: string;
  /** Address to fetch it from. */
  url: string;
  /** Host and path of that address. */
  place: string;
  /** Place of the page that WordPress made for it, or an empty string. */
  page: string;
  /** Key of the post that it is attached to. */
  parent: string;
  alt: string;
  caption: string;
}

/** An address of the old site and the address here. */
export interface StagedAddress {
  source: string;
  target: string;
}

/**
 * Tables that live as long as the import's transaction: what the second reading of the file needs to
 * know of the whole of it, without holding it in memory.
 */
export async function createStaging(tx: Db): Promise<void> {
  await tx.$executeRaw`
    CREATE TEMP TABLE staged_posts (
      key text PRIMARY KEY, kind text NOT NULL, id integer NOT NULL, slug text NOT NULL, is_new boolean NOT NULL
    ) ON COMMIT DROP`;
  await tx.$executeRaw`CREATE INDEX staged_posts_slug ON staged_posts (kind, slug)`;
  await tx.$executeRaw`
    CREATE TEMP TABLE staged_pictures (
      position serial, key text NOT NULL, url text NOT NULL, place text NOT NULL, page text NOT NULL,
      parent text NOT NULL, alt text NOT NULL, caption text NOT NULL
    ) ON COMMIT DROP`;
  await tx.$executeRaw`CREATE UNIQUE INDEX staged_pictures_key ON staged_pictures (key)`;
  await tx.$executeRaw`CREATE INDEX staged_pictures_place ON staged_pictures (place)`;
  await tx.$executeRaw`CREATE INDEX staged_pictures_page ON staged_pictures (page)`;
  await tx.$executeRaw`CREATE INDEX staged_pictures_parent ON staged_pictures (parent)`;
  await tx.$executeRaw`
    CREATE TEMP TABLE staged_awaited (
      position serial, url text NOT NULL, alt text NOT NULL, caption text NOT NULL, post_id integer, cover_of integer
    ) ON COMMIT DROP`;
  await tx.$executeRaw`
    CREATE TEMP TABLE staged_addresses (source text PRIMARY KEY, target text NOT NULL) ON COMMIT DROP`;
}

/** Adds posts; of two with one key the first stays. Returns the keys that were added. */
export async function stagePosts(tx: Db, posts: readonly StagedPost[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ key: string }[]>`
    INSERT INTO staged_posts (key, kind, id, slug, is_new)
    SELECT key, kind, id, slug, "isNew"
    FROM jsonb_to_recordset(${JSON.stringify(posts)}::jsonb)
      AS r (key text, kind text, id integer, slug text, "isNew" boolean)
    ON CONFLICT (key) DO NOTHING RETURNING key`;
  return new Set(rows.map((row) => row.key));
}

/** Adds pictures; of two with one key the first stays. */
export async function stagePictures(tx: Db, pictures: readonly StagedPicture[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO staged_pictures (key, url, place, page, parent, alt, caption)
    SELECT key, url, place, page, parent, alt, caption
    FROM jsonb_to_recordset(${JSON.stringify(pictures)}::jsonb)
      AS r (key text, url text, place text, page text, parent text, alt text, caption text)
    ON CONFLICT (key) DO NOTHING`;
}

/** Adds addresses; the first target of an address stays. */
export async function stageAddresses(tx: Db, addresses: readonly StagedAddress[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO staged_addresses (source, target)
    SELECT source, target FROM jsonb_to_recordset(${JSON.stringify(addresses)}::jsonb)
      AS r (source text, target text)
    WHERE source <> target AND length(source) <= 2000
    ON CONFLICT (source) DO NOTHING`;
}

/** The staged posts with these keys. */
export async function findStagedPosts(
  tx: Db,
  keys: readonly string[],
): Promise<Map<string, StagedPost>> {
  const rows = await tx.$queryRaw<StagedPost[]>`
    SELECT key, kind, id, slug, is_new AS "isNew" FROM staged_posts WHERE key = ANY (${[...keys]}::text[])`;
  return new Map(rows.map((row) => [row.key, row]));
}

/** Of these slugs those that a post or page, its past, or this file has taken. */
export async function findTakenSlugs(
  tx: Db,
  kind: 'post' | 'page',
  slugs: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ slug: string }[]>`
    SELECT slug FROM posts WHERE kind = ${kind}::post_kind AND slug = ANY (${[...slugs]}::text[])
    UNION SELECT slug FROM slug_history WHERE kind = ${kind}::post_kind AND slug = ANY (${[...slugs]}::text[])
    UNION SELECT slug FROM staged_posts WHERE kind = ${kind} AND slug = ANY (${[...slugs]}::text[])`;
  return new Set(rows.map((row) => row.slug));
}

/** Targets of the old addresses that are known. */
export async function findStagedAddresses(
  tx: Db,
  sources: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<StagedAddress[]>`
    SELECT source, target FROM staged_addresses WHERE source = ANY (${[...sources]}::text[])`;
  return new Map(rows.map((row) => [row.source, row.target]));
}

/** Pictures by key, place, page or the post that they are attached to, in the file's order. */
export async function findStagedPictures(
  tx: Db,
  by: {
    keys: readonly string[];
    places: readonly string[];
    pages: readonly string[];
    parents: readonly string[];
  },
): Promise<StagedPicture[]> {
  return tx.$queryRaw<StagedPicture[]>`
    SELECT key, url, place, page, parent, alt, caption FROM staged_pictures
    WHERE key = ANY (${[...by.keys]}::text[]) OR place = ANY (${[...by.places]}::text[])
      OR page = ANY (${[...by.pages]}::text[]) OR parent = ANY (${[...by.parents]}::text[])
    ORDER BY position`;
}

/** Writes the staged addresses as redirects; what the site has already stays. Returns how many were new. */
export async function storeStagedAddresses(tx: Db): Promise<{ created: number; existing: number }> {
  const [{ total = 0 } = {}] = await tx.$queryRaw<{ total: number }[]>`
    SELECT count(*)::integer AS total FROM staged_addresses`;
  const created = await tx.$executeRaw`
    INSERT INTO redirects (source, target)
    SELECT source, target FROM staged_addresses s
    WHERE NOT EXISTS (SELECT 1 FROM staged_addresses loop WHERE loop.source = s.target)
    ON CONFLICT (source) DO NOTHING`;
  return { created, existing: total - created };
}

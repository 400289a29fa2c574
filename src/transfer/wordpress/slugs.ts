import { RESERVED_SLUGS, slugify } from '#src/platform/slug.js';

const LONGEST = 190;

/** A slug as WordPress wrote it, percent escapes decoded; empty where it cannot be one here. */
export function keptSlug(slug: string): string {
  let decoded = slug;
  try {
    decoded = decodeURIComponent(slug);
  } catch {
    // Not percent-encoded after all.
  }
  const clean = decoded
    .normalize('NFC')
    .trim()
    .toLowerCase()
    .replace(/__trashed$/, '');
  const isUsable =
    clean !== '' &&
    clean.length <= LONGEST &&
    !/[/?#\\%\s\p{Cc}\p{Surrogate}]/u.test(clean) &&
    !/^\.+$/.test(clean);
  return isUsable ? clean : '';
}

/** The slug a thing asks for: WordPress's own, else one from its name. */
export function wishedSlug(slug: string, name: string, fallback: string): string {
  return keptSlug(slug) || slugify(name, { fallback });
}

/** A page's slug, which cannot take the first word of a route. */
export function pageSlug(slug: string): string {
  return RESERVED_SLUGS.has(slug) ? `${slug}-page` : slug;
}

/** The first of `slug`, `slug-2`, `slug-3` … that is not in `taken`; it is added there. */
export function freeSlug(slug: string, taken: Set<string>): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? slug : `${slug}-${String(number)}`;
    if (taken.has(candidate)) continue;
    taken.add(candidate);
    return candidate;
  }
}

import { z } from 'zod';
import { listOf, text } from '#src/platform/validate.js';

/** Longest alt text, in UTF-16 units. */
export const MAX_ALT = 1000;

/** Longest caption, in UTF-16 units. */
export const MAX_CAPTION = 2000;

/** Files in one form. */
export const MAX_FILES = 20;

/** Words of an upload: one alt text for all files, or one for each in their order. */
export const uploadWords = z.object({ alt: listOf(text(MAX_ALT)) });

/** The form of one picture. */
export const mediaWords = z.object({
  alt: text(MAX_ALT).default(''),
  caption: text(MAX_CAPTION).default(''),
});

/** What a list of pictures is narrowed to. */
export const mediaQuery = z.object({ q: text(200).catch('').default('') });

/** The id of a picture as it stands in a path: decimal digits and nothing else. */
export const mediaId = z
  .string()
  .regex(/^[1-9]\d{0,9}$/)
  .transform(Number)
  .pipe(z.number().max(2_147_483_647));

import { z } from 'zod';
import {
  checkbox,
  isWellFormed,
  listOf,
  optionalRowId,
  rowId,
  text,
} from '#src/platform/validate.js';

/** Longest Markdown body, in UTF-16 units: it fits the form limit in any script. */
export const MAX_BODY_LENGTH = 400_000;
/** Bytes of the longest body in UTF-8, in the script that takes most. */
export const MAX_BODY_BYTES = MAX_BODY_LENGTH * 3;
const MAX_TAGS = 200;
const MAX_TAG_LENGTH = 100;

/** Markdown keeps its spaces: a text may start with an indented code block. */
const body = z
  .string({ error: 'problems.text' })
  .refine(isWellFormed, { error: 'problems.characters' })
  .transform((value) => value.replace(/\r\n?/g, '\n').replace(/\s+$/, ''))
  .pipe(z.string().max(MAX_BODY_LENGTH, { error: 'problems.long' }));

function isLanguageTag(value: string): boolean {
  if (!/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(value) || value.length > 35) return false;
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

/** A BCP 47 language tag in its canonical form. */
export const languageTag = z
  .string({ error: 'problems.language' })
  .trim()
  .refine(isLanguageTag, { error: 'problems.language' })
  .transform((value) => Intl.getCanonicalLocales(value)[0] ?? value);

/** Tags as one line separated by commas: trimmed, each once (whatever its case). */
const tags = text(8000).transform((line, context) => {
  const names = new Map<string, string>();
  for (const piece of line.split(/[,،，、\n]/)) {
    const name = piece.replace(/\s+/g, ' ').trim();
    if (name !== '' && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
    if (name.length > MAX_TAG_LENGTH) {
      context.addIssue({
        code: 'too_big',
        origin: 'string',
        maximum: MAX_TAG_LENGTH,
        message: 'problems.tagLong',
      });
    }
  }
  if (names.size > MAX_TAGS) {
    context.addIssue({
      code: 'too_big',
      origin: 'array',
      maximum: MAX_TAGS,
      message: 'problems.tagsMany',
    });
  }
  return [...names.values()];
});

const optional = <T extends z.ZodType>(schema: T, fallback: string) =>
  z.preprocess((value) => value ?? fallback, schema);

/** The form of a post or page (field names: the product's public contract). */
export const postForm = z.object({
  title: optional(text(300), ''),
  slug: optional(text(200), ''),
  body: optional(body, ''),
  excerpt: optional(text(2000), ''),
  categoryId: optionalRowId,
  categoryIds: listOf(rowId),
  tags: optional(tags, ''),
  coverId: optionalRowId,
  coverAlt: optional(text(500), ''),
  status: z.enum(['draft', 'scheduled', 'published', 'private'], { error: 'problems.choice' }),
  publishedAt: optional(text(40), ''),
  language: languageTag,
  commentsOpen: checkbox,
  sticky: checkbox,
  /** The version that the form was opened with; 0: a new post. */
  version: z.coerce
    .number({ error: 'problems.invalid' })
    .int()
    .min(0)
    .max(2_147_483_647)
    .default(0),
  autosaveKey: z
    .union([z.uuid(), z.literal('').transform(() => null)])
    .nullish()
    .transform((key) => key ?? null),
});

/** A form as it was read. */
export type PostForm = z.output<typeof postForm>;

const sentBeside = ['intent', 'mergedWith', 'returnTo'];
const fieldNames = new Set([...Object.keys(postForm.shape), ...sentBeside]);

/** Of everything that was sent, the fields that the form of a post has. */
export function knownFields(body: unknown): Record<string, unknown> {
  const sent = Object.entries((body ?? {}) as Record<string, unknown>);
  return Object.fromEntries(sent.filter(([name]) => fieldNames.has(name)));
}

/** What may be done with a list of posts at once. */
export const bulkForm = z.object({
  ids: listOf(rowId),
  action: z.enum(['publish', 'unpublish', 'trash', 'restore', 'delete'], {
    error: 'problems.choice',
  }),
  returnTo: z.string().optional(),
});

/** Fields of a form as its page shows them again: strings, as typed. */
export type PostValues = Record<
  | 'title'
  | 'slug'
  | 'body'
  | 'excerpt'
  | 'categoryId'
  | 'tags'
  | 'coverId'
  | 'coverAlt'
  | 'status'
  | 'publishedAt'
  | 'language',
  string
> & { categoryIds: string[]; commentsOpen: boolean; sticky: boolean; version: number };

const storable = (typed: string) => typed.replace(/[\0\p{Surrogate}]/gu, '');

const shown = z.preprocess(
  (value) => (typeof value === 'string' ? storable(value) : ''),
  z.string(),
);

/** Reads whatever was typed, to show it again: never fails, drops only what cannot be stored. */
export const typedValues = z.object({
  title: shown,
  slug: shown,
  body: shown,
  excerpt: shown,
  categoryId: shown,
  tags: shown,
  coverId: shown,
  coverAlt: shown,
  status: shown,
  publishedAt: shown,
  language: shown,
  categoryIds: z
    .preprocess(
      (value) => (value === undefined ? [] : [value].flat()),
      // Coerced by zod: an object that cannot become a string is a problem there, not an exception.
      z.array(z.coerce.string().transform((id) => shown.parse(id))),
    )
    .catch([]),
  commentsOpen: checkbox.catch(false),
  sticky: checkbox.catch(false),
  version: z.coerce.number().int().min(0).catch(0),
});

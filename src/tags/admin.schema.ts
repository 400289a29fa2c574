import { z } from 'zod';
import { optionalRowId, rowId, text } from '#src/platform/validate.js';

const optionalText = (max: number) => z.preprocess((value) => value ?? '', text(max));

/** Form of a category. */
export const categoryForm = z.object({
  name: text(200, 1),
  slug: optionalText(200),
  description: optionalText(2000),
  parentId: optionalRowId,
});

/** Form of a tag. A comma would end its name in the form of a post. */
export const tagForm = z.object({
  name: text(100, 1).refine((name) => !name.includes(','), { error: 'problems.tagComma' }),
  slug: optionalText(200),
  description: optionalText(2000),
});

/** Form that folds a tag into another one, by its name. */
export const mergeForm = z.object({ into: text(100, 1) });

/** Which way a category moves among its siblings. */
export const moveForm = z.object({
  direction: z.enum(['up', 'down'], { error: 'problems.id' }),
});

/** The id in a path. */
export const pathId = rowId;

import { z } from 'zod';
import { InvalidError, type FieldProblems } from './errors.js';

const NUL_OR_LONE_SURROGATE = /\0|\p{Surrogate}/u;

/** False for text with a NUL byte or ill-formed Unicode, which PostgreSQL cannot store. */
export function isWellFormed(value: string): boolean {
  return !NUL_OR_LONE_SURROGATE.test(value);
}

/** One line or many lines of text: well-formed, line ends as \n, trimmed, at most `max` UTF-16 units. */
export function text(max: number, min = 0) {
  return z
    .string({ error: 'problems.text' })
    .refine(isWellFormed, { error: 'problems.characters' })
    .transform((value) => value.replace(/\r\n?/g, '\n').trim())
    .pipe(
      z
        .string()
        .min(min, { error: min === 1 ? 'problems.required' : 'problems.short' })
        .max(max, { error: 'problems.long' }),
    );
}

/** The id of a row as it stands in a path or a field. */
export const rowId = z.coerce
  .number({ error: 'problems.id' })
  .int({ error: 'problems.id' })
  .min(1, { error: 'problems.id' })
  .max(2_147_483_647, { error: 'problems.id' });

/** An optional row id: the empty string of a form is null. */
export const optionalRowId = z
  .union([z.literal('').transform(() => null), rowId, z.null()])
  .optional()
  .transform((value) => value ?? null);

/** A checkbox: present is true. */
export const checkbox = z
  .union([z.string(), z.boolean()])
  .optional()
  .transform(
    (value) =>
      value === true ||
      (typeof value === 'string' && value !== '' && value !== '0' && value !== 'false'),
  );

/** A field that may come once, several times, or not at all, as a list. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
    z.array(item).max(1000, { error: 'problems.long' }),
  );
}

function problemsOf(error: z.ZodError): FieldProblems {
  const problems: FieldProblems = {};
  for (const issue of error.issues) {
    const field = issue.path[0] === undefined ? '_' : String(issue.path[0]);
    const limits = issue as { maximum?: number | bigint; minimum?: number | bigint };
    problems[field] ??= {
      key: issue.message.startsWith('problems.') ? issue.message : 'problems.invalid',
      values: { max: Number(limits.maximum ?? 0), min: Number(limits.minimum ?? 0) },
    };
  }
  return problems;
}

/** Outcome of reading a form: the data, or the problems by field (keys of the catalogue). */
export type Parsed<T> = { ok: true; data: T } | { ok: false; problems: FieldProblems };

/**
 * Reads input without throwing, for forms that are shown again. Messages of the schema are keys of
 * the catalogue that start with `problems.`.
 */
export function tryParse<S extends z.ZodType>(schema: S, input: unknown): Parsed<z.output<S>> {
  const result = schema.safeParse(input ?? {});
  if (result.success) return { ok: true, data: result.data };
  return { ok: false, problems: problemsOf(result.error) };
}

/**
 * Reads input from outside.
 * @throws {InvalidError} 422 with the problems by field.
 */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = tryParse(schema, input);
  if (!result.ok) throw new InvalidError(result.problems);
  return result.data;
}

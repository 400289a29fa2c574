import type { Context } from '#src/context.js';
import { InvalidError } from '#src/platform/errors.js';
import { CommandError, UsageError } from './command-error.js';

function messageOf(ctx: Context, error: InvalidError, nameOf: (field: string) => string): string {
  const t = ctx.catalogue.translator('en');
  return Object.entries(error.problems)
    .map(
      ([field, { key, values }]) => `${field === '_' ? '' : `${nameOf(field)}: `}${t(key, values)}`,
    )
    .join('\n');
}

/**
 * What a form says field by field, a command says in one message; `nameOf` says how the command's
 * user knows a field.
 * @throws {CommandError} instead of an InvalidError.
 */
export async function spellingOut<T>(
  ctx: Context,
  work: () => Promise<T>,
  nameOf: (field: string) => string,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    throw new CommandError(messageOf(ctx, error, nameOf));
  }
}

/**
 * The same for values that were given as options: one that can never be is wrong use, one that
 * somebody else has already is a failure.
 * @throws {UsageError} @throws {CommandError} instead of an InvalidError.
 */
export async function checkingUse<T>(ctx: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    const message = messageOf(ctx, error, (field) => field);
    const isTaken = Object.values(error.problems).every(({ key }) => key === 'problems.taken');
    throw isTaken ? new CommandError(message) : new UsageError(message);
  }
}

import type { Context } from '#src/context.js';
import { InvalidError } from '#src/platform/errors.js';
import { CommandError } from './command-error.js';

/**
 * What a form says field by field, a command says in one message; `nameOf` says how the command's
 * user knows a field.
 * @throws {CommandError} instead of an InvalidError.
 */
export async function spellingOut<T>(
  ctx: Context,
  work: () => Promise<T>,
  nameOf: (field: string) => string = (field) => field,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    const t = ctx.catalogue.translator('en');
    const lines = Object.entries(error.problems).map(
      ([field, { key, values }]) => `${field === '_' ? '' : `${nameOf(field)}: `}${t(key, values)}`,
    );
    throw new CommandError(lines.join('\n'));
  }
}

/**
 * A migration that could not be applied, or a database that cannot take one. The message is one
 * clear sentence for the operator, shown without a stack.
 */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

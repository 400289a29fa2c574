/**
 * A failure of the embedded database that the operator can act on. The message is one clear
 * sentence, shown as it is and without a stack.
 */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

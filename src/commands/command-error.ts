/** A command that failed in a way its user can act on: the message is shown, the status is 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** A command that was called wrongly: the message is shown, the status is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

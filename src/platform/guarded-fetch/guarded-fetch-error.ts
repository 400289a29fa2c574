/** Why something could not be fetched. */
export type GuardedFetchReason =
  | 'address'
  | 'forbidden'
  | 'unresolved'
  | 'unreachable'
  | 'timeout'
  | 'aborted'
  | 'redirects'
  | 'status'
  | 'type'
  | 'size'
  | 'malformed';

/** Something could not or must not be fetched; `message` is a sentence that is safe to show. */
export class GuardedFetchError extends Error {
  override name = 'GuardedFetchError';
  constructor(
    readonly reason: GuardedFetchReason,
    message: string,
    /** The answer's HTTP status, where there was an answer. */
    readonly status?: number,
  ) {
    super(message);
  }
}

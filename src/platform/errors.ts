/** What went wrong with one field of a form: a key of the catalogue and its placeholders. */
export interface FieldProblem {
  key: string;
  values?: Record<string, string | number>;
}

/** Problems by field name; `_` stands for the form as a whole. */
export type FieldProblems = Record<string, FieldProblem>;

/**
 * An expected failure. `status` is the HTTP status, `code` a stable word for programs, and `message`
 * an English sentence that is safe to show. Pages show the catalogue's `errors.<code>.*` instead.
 */
export abstract class AppError extends Error {
  abstract readonly status: number;
  abstract readonly code: string;
}

/** 404: there is nothing here, or nothing that this person may know of. */
export class NotFoundError extends AppError {
  readonly status = 404;
  readonly code = 'not_found';
  constructor(message = 'There is nothing at this address.') {
    super(message);
  }
}

/** 401: log in first. A browser is sent to the log-in page and comes back to `returnTo`. */
export class UnauthenticatedError extends AppError {
  readonly status = 401;
  readonly code = 'unauthenticated';
  constructor(message = 'Log in first.') {
    super(message);
  }
}

/** 403: known, and not allowed. */
export class ForbiddenError extends AppError {
  readonly status = 403;
  readonly code = 'forbidden';
  constructor(message = 'You may not do this.') {
    super(message);
  }
}

/** 409: somebody else was faster, or the thing is in use. */
export class ConflictError extends AppError {
  readonly status = 409;
  readonly code = 'conflict';
  constructor(message = 'This has changed in the meantime.') {
    super(message);
  }
}

/** 422: the input was read and is not acceptable; `problems` says where and why. */
export class InvalidError extends AppError {
  readonly status = 422;
  readonly code = 'invalid';
  constructor(
    readonly problems: FieldProblems = {},
    message = 'Some of what was sent cannot be accepted.',
  ) {
    super(message);
  }
}

/** 429: too much, too quickly. `retryAfter` is in seconds. */
export class TooManyRequestsError extends AppError {
  readonly status = 429;
  readonly code = 'too_many_requests';
  constructor(
    readonly retryAfter: number,
    message = `Too many requests. Try again in ${retryAfter} seconds.`,
  ) {
    super(message);
  }
}

/** 413: the body or the file is larger than allowed. `limit` is in bytes. */
export class TooLargeError extends AppError {
  readonly status = 413;
  readonly code = 'too_large';
  constructor(
    readonly limit: number,
    message = `More than ${limit} bytes were sent.`,
  ) {
    super(message);
  }
}

/** 400: the request itself is malformed. */
export class BadRequestError extends AppError {
  readonly status = 400;
  readonly code = 'bad_request';
  constructor(message = 'This request cannot be understood.') {
    super(message);
  }
}

/** 503: something that this site stands on does not answer. `retryAfter` is in seconds. */
export class UnavailableError extends AppError {
  readonly status = 503;
  readonly code = 'unavailable';
  readonly retryAfter = 5;
  constructor(
    message = 'The database does not answer at the moment. Try again in a few seconds.',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** 507: the disk that keeps the pictures has no room left. */
export class StorageFullError extends AppError {
  readonly status = 507;
  readonly code = 'storage_full';
  constructor(message = 'The disk for pictures is full.', options?: ErrorOptions) {
    super(message, options);
  }
}

/** What the doctor found at one place. */
export type Finding = {
  /** What was looked at: `database`, `mail`, … */
  check: string;
  state: 'ok' | 'warn' | 'fail';
  /** What was found, in one sentence. */
  message: string;
  /** What to do about it; missing when all is well. */
  advice?: string;
};

/** All is well. */
export function ok(check: string, message: string): Finding {
  return { check, state: 'ok', message };
}

/** It works, but somebody should know. */
export function warn(check: string, message: string, advice: string): Finding {
  return { check, state: 'warn', message, advice };
}

/** It does not work. */
export function fail(check: string, message: string, advice: string): Finding {
  return { check, state: 'fail', message, advice };
}

/** The words of an error, without the full stop at their end. */
export function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return wordsOf(error.errors[0]);
  return (error instanceof Error ? error.message : String(error)).trim().replace(/\.$/, '');
}

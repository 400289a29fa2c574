import type { Logger } from '#src/platform/logger.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How a long-lived command is to end. */
export type Ending = { reason: string; status: number };

/**
 * Resolves when the process is asked to end, or when an error reaches the top that nothing caught.
 * Asked a second time, the process exits at once.
 */
export function untilEnd(log: Logger): Promise<Ending> {
  return new Promise((resolve) => {
    // Waiting for a signal alone does not keep Node running.
    const alive = setInterval(() => undefined, 2 ** 30);
    const end = (ending: Ending): void => {
      clearInterval(alive);
      resolve(ending);
    };
    let asked = false;
    for (const signal of signals) {
      process.on(signal, () => {
        if (asked) process.exit(1);
        asked = true;
        end({ reason: signal, status: 0 });
      });
    }
    const fail = (error: unknown): void => {
      log.fatal({ err: error }, 'An error reached the top that nothing caught.');
      // While the process ends already, it goes on doing so.
      if (asked) return;
      asked = true;
      end({ reason: 'error', status: 1 });
    };
    process.on('uncaughtException', fail);
    process.on('unhandledRejection', fail);
  });
}

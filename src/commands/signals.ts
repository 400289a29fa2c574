import type { Logger } from '#src/platform/logger.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

// One Ctrl-C may arrive twice: from the terminal, and passed on by npm or a watcher above us.
const sameRequest = 300;

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
    let askedAt: number | null = null;
    for (const signal of signals) {
      process.on(signal, () => {
        if (askedAt !== null && performance.now() - askedAt > sameRequest) process.exit(1);
        askedAt ??= performance.now();
        end({ reason: signal, status: 0 });
      });
    }
    const fail = (error: unknown): void => {
      log.fatal({ err: error }, 'An error reached the top that nothing caught.');
      askedAt ??= performance.now();
      end({ reason: 'error', status: 1 });
    };
    process.on('uncaughtException', fail);
    process.on('unhandledRejection', fail);
  });
}

/**
 * Waits for what is being opened at start. Asked to end meanwhile, it is closed as soon as it is open,
 * or left as it is when that takes longer than `patience` milliseconds; then the answer is null.
 */
export async function openedUnlessEnded<T extends { close(): Promise<void> }>(
  opening: Promise<T>,
  ended: Promise<Ending>,
  patience: number,
): Promise<T | null> {
  const first = await Promise.race([opening, ended.then(() => null)]);
  if (first !== null) return first;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, patience)));
  const closed = opening.then((site) => site.close()).catch(() => undefined);
  await Promise.race([closed, late]).finally(() => clearTimeout(timer));
  return null;
}

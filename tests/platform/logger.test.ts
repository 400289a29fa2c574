import { describe, expect, it } from 'vitest';
import { readableLine } from '#src/platform/logger.js';

const base = { level: 30, time: Date.UTC(2026, 10, 21, 9, 5, 7), pid: 1, hostname: 'h' };

describe('readableLine', () => {
  it('shows the time, the level and the sentence, then what else is known', () => {
    const line = readableLine(
      JSON.stringify({ ...base, msg: 'The worker has started.', worker: 'w1' }),
    );
    expect(line).toBe('09:05:07 info The worker has started. worker=w1\n');
  });

  it('shows a request as one line', () => {
    const line = readableLine(
      JSON.stringify({
        ...base,
        msg: 'request',
        req: { method: 'GET', path: '/archive' },
        res: { status: 200 },
        responseTime: 12.4,
      }),
    );
    expect(line).toBe('09:05:07 info GET /archive 200 12 ms\n');
  });

  it('shows the stack of an error', () => {
    const line = readableLine(
      JSON.stringify({ ...base, level: 50, msg: 'failed', err: { stack: 'Error: x\n  at y' } }),
    );
    expect(line).toBe('09:05:07 error failed\nError: x\n  at y\n');
  });
});

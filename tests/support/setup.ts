import { afterEach, beforeEach, expect, vi } from 'vitest';

// What nobody expects on the console is a failure. A test that provokes it spies on it itself.
let errors: ReturnType<typeof vi.spyOn>;

beforeEach(() => {
  errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => {
  const calls = errors.mock.calls;
  errors.mockRestore();
  expect(calls, 'unexpected console.error').toEqual([]);
});

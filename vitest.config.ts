import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['billet-source'] },
  ssr: { resolve: { conditions: ['billet-source'], externalConditions: ['billet-source'] } },
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/e2e/**', 'tests/stack/**'],
    globalSetup: ['tests/support/global-setup.ts'],
    setupFiles: ['tests/support/setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});

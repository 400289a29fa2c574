import { defineConfig } from 'prisma/config';

// `prisma generate` insists on an engine path without ever running it; any existing file satisfies
// it and nothing is downloaded. Migrations run through the WASM engine (src/platform/migrations).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= './package.json';

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});

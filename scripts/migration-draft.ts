// `npm run migration:draft`: the SQL that leads from the migrations to schema.prisma, to be reviewed,
// completed with what Prisma cannot say, and put into prisma/migrations/<timestamp>_<name>/.
import { startThrowawayPostgres } from '#src/platform/embedded-postgres/throwaway.js';
import { applyMigrations, schemaDiff } from '#src/platform/migrations/index.js';

const server = await startThrowawayPostgres();
try {
  await applyMigrations(server.adminUrl);
  const sql = await schemaDiff(server.adminUrl);
  process.stdout.write(sql === '' ? '-- Nothing to do: the migrations say it all.\n' : `${sql}\n`);
} finally {
  await server.stop();
}

import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { schemaFile } from './locations.js';
import { withSchemaEngine } from './schema-engine.js';

/**
 * The SQL that would lead from the database as it is to `schema.prisma`: empty when they agree.
 * It says nothing about what Prisma cannot express (checks, partial and expression indexes,
 * triggers, functions).
 */
export async function schemaDiff(databaseUrl: string): Promise<string> {
  const schema = { path: schemaFile, content: await readFile(schemaFile, 'utf8') };
  const result = await withSchemaEngine(databaseUrl, schema, (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files: [schema], configDir: dirname(schemaFile) },
      to: { tag: 'schemaDatamodel', files: [schema] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
  const script = (result.stdout ?? '').trim();
  return script === '-- This is an empty migration.' ? '' : script;
}

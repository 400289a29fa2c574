import { join } from 'node:path';
import { programRoot } from '../paths.js';

/** Where the reviewed migrations lie, and the schema that they lead to. */
export const migrationsFolder = join(programRoot, 'prisma', 'migrations');
export const schemaFile = join(programRoot, 'prisma', 'schema.prisma');

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { ignoreLateErrors } from './connection.js';

// Node has it; TypeScript declares its values only together with the browser's.
declare const WebAssembly: {
  instantiate(
    code: Uint8Array,
    imports: Record<string, Record<string, unknown>>,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

/** Called with a script before it runs; answers the script to run in its place. */
type PrepareScript = (script: string) => string;

let loaded: Promise<void> | undefined;

// The engine says through this global why it panics; thrown, the reason is not lost.
Object.assign(globalThis, {
  PRISMA_WASM_PANIC_REGISTRY: {
    set_message(message: string): void {
      throw new Error(`Prisma's schema engine failed: ${message}`);
    },
  },
});

// Prisma's schema engine compiled to WebAssembly: the package's own entry relies on a bundler to
// load the module, so this does what that one would.
function loadEngine(): Promise<void> {
  loaded ??= (async () => {
    const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
    const code = await readFile(join(dirname(entry), 'schema_engine_bg.wasm'));
    const { instance } = await WebAssembly.instantiate(code, {
      './schema_engine_bg.js': { ...bindings },
    });
    bindings.__wbg_set_wasm(instance.exports);
    const start = instance.exports['__wbindgen_start'];
    if (typeof start === 'function') start();
  })();
  return loaded;
}

/** Runs `work` with a schema engine connected to the database, and disconnects afterwards. */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  schema: { path: string; content: string },
  work: (engine: bindings.SchemaEngine) => Promise<T>,
  prepareScript: PrepareScript = (script) => script,
): Promise<T> {
  await loadEngine();
  const pool = new CatalogueReadingPool({
    connectionString: databaseUrl,
    max: 3,
    application_name: 'billet migrate',
  });
  // The engine only says that something outside of it failed; PostgreSQL's own words are kept here.
  const failures: unknown[] = [];
  try {
    const engine = await bindings.SchemaEngine.new(
      { datamodels: [[schema.path, schema.content]] },
      () => undefined,
      bindMigrationAwareSqlAdapterFactory(engineAdapter(pool, prepareScript, failures)),
    );
    try {
      return await work(engine);
    } catch (error) {
      throw failures.at(-1) ?? error;
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

// Prisma's adapter cuts scripts at every semicolon, even inside a function's body, and spreads the
// pieces over connections. Sent whole, PostgreSQL reads the script itself, in one transaction.
function engineAdapter(pool: pg.Pool, prepare: PrepareScript, failures: unknown[]): PrismaPg {
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.executeScript = async (script) => {
      try {
        await pool.query(prepare(script));
      } catch (error) {
        failures.push(error);
        throw error;
      }
    };
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      const columnTypes = result.columnTypes.map((type) =>
        type === ColumnTypeEnum.Time ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    };
    return adapter;
  };
  return factory;
}

const internalChar = 18;
const timeWithZone = 1266;

/**
 * The engine reads columns of PostgreSQL's internal type "char" from the catalogue, which Prisma's
 * adapter does not know (prisma/orm#27403). This pool gives them out as times, a type that the
 * engine never reads, and `queryRaw` above turns those into characters.
 */
class CatalogueReadingPool extends pg.Pool {
  constructor(config: pg.PoolConfig) {
    super(config);
    ignoreLateErrors(this);
    this.on('connect', (client) => {
      const query = client.query.bind(client);
      const patched = (...args: unknown[]): unknown => {
        const last = args.at(-1);
        if (typeof last === 'function') {
          const callback = (error: unknown, result: unknown): unknown =>
            last(error, withKnownTypes(result));
          return Reflect.apply(query, client, [...args.slice(0, -1), callback]);
        }
        const running: unknown = Reflect.apply(query, client, args);
        return running instanceof Promise ? running.then(withKnownTypes) : running;
      };
      Object.defineProperty(client, 'query', { value: patched });
    });
  }
}

function withKnownTypes(result: unknown): unknown {
  if (typeof result !== 'object' || result === null || !('fields' in result)) return result;
  for (const field of Array.isArray(result.fields) ? result.fields : []) {
    if (field.dataTypeID === internalChar) field.dataTypeID = timeWithZone;
  }
  return result;
}

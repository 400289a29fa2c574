import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import sharp from 'sharp';
import { cleanPicture } from '#src/media/cleaning.js';
import { createStorage, storeImage } from '#src/media/index.js';
import { makeVariants } from '#src/media/variants.js';
import { createDatabase } from '#src/platform/db.js';
import { startThrowawayPostgres } from '#src/platform/embedded-postgres/throwaway.js';
import { createLogger } from '#src/platform/logger.js';
import { applyMigrations } from '#src/platform/migrations/index.js';

const ROUNDS = 9;

/** A picture with the detail of a photograph, another one at every call. */
function photograph(width: number, height: number) {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 };
  const size = { width: width / 4, height: height / 4, channels: 3 as const };
  const grain = sharp({ create: { ...size, background: 'grey', noise } });
  return grain.resize(width, height, { kernel: 'cubic' }).blur(1.2);
}

/** A screenshot: flat areas, letters, hard edges. */
function screenshot(seed: number) {
  const lines = Array.from(
    { length: 40 },
    (_, line) =>
      `<text x="${30 + (line % 3) * 20}" y="${40 + line * 26}" font-size="18">Line ${line * seed} of the log of the lighthouse keeper, ${seed}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1920" height="1080"><rect width="100%" height="100%" fill="#fdfcf9"/>${lines.join('')}</svg>`;
  return sharp(Buffer.from(svg)).flatten();
}

/** Median milliseconds of `run` over inputs that are prepared beforehand; the first is a warm-up. */
async function median<T>(inputs: T[], run: (input: T) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (const [round, input] of inputs.entries()) {
    const start = performance.now();
    await run(input);
    if (round > 0) times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

const folder = await mkdtemp(path.join(tmpdir(), 'billet-bench-'));
const server = await startThrowawayPostgres();
const admin = new pg.Client(server.adminUrl);
await admin.connect();
await admin.query('CREATE DATABASE bench');
await admin.end();
await applyMigrations(server.url('bench'), { log: createLogger('silent') });
const db = createDatabase(server.url('bench'));
const storage = createStorage({ storage: 'local', mediaDir: folder });
const deps = { db, storage, now: () => new Date() };
const store = (bytes: Buffer) => storeImage(deps, { bytes, filename: 'bench', uploaderId: null });

const cases = [
  {
    name: 'photograph, 12 MP JPEG',
    make: () => photograph(4000, 3000).jpeg({ quality: 92 }).toBuffer(),
    plain: (bytes: Buffer) => sharp(bytes).jpeg({ quality: 88 }).toBuffer(),
  },
  {
    name: 'screenshot, 2 MP PNG',
    make: (seed: number) => screenshot(seed).png().toBuffer(),
    plain: (bytes: Buffer) => sharp(bytes).png().toBuffer(),
  },
];

for (const { name, make, plain } of cases) {
  const inputs: Buffer[] = [];
  for (let seed = 1; seed <= ROUNDS; seed += 1) inputs.push(await make(seed));
  const kilobytes = Math.round((inputs[0]?.length ?? 0) / 1000);
  const baseline = await median(inputs, plain);
  const rows: [string, number][] = [
    ['sharp: decode and encode', baseline],
    ['cleaned', await median(inputs, (bytes) => cleanPicture(bytes, 'bench'))],
    ['upload to row', await median(inputs, store)],
    ['the same upload again', await median(inputs, store)],
    [
      'copies, in the queue',
      await median(inputs.slice(0, 4), async (bytes) => {
        const { width = 0, height = 0, format } = await sharp(bytes).metadata();
        return makeVariants(bytes, { width, height, mime: `image/${format}`, bytes: bytes.length });
      }),
    ],
  ];
  process.stdout.write(`${name}, ${kilobytes} KB, median of ${ROUNDS - 1}\n`);
  for (const [what, time] of rows) {
    const ratio = (time / baseline).toFixed(2);
    process.stdout.write(
      `${what.padEnd(28)}${time.toFixed(1).padStart(9)} ms ${ratio.padStart(6)} ×\n`,
    );
  }
}

await db.$disconnect();
await server.stop();
await rm(folder, { recursive: true, force: true });

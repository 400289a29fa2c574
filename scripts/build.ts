// `npm run build`: the database client, the program and the static files, all into dist/.
import path from 'node:path';
import { buildAssets } from './build/assets.js';
import { prune } from './build/files.js';
import { generatePrismaClient } from './build/prisma-client.js';
import { buildProgram } from './build/program.js';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');

const started = performance.now();
const generated = generatePrismaClient(root);
const [program, assets] = await Promise.all([
  buildProgram(path.join(root, 'src'), dist),
  buildAssets(path.join(root, 'public'), path.join(dist, 'assets')),
]);
prune(dist, new Set([...program, ...assets.map((file) => `assets/${file}`)]));
const seconds = ((performance.now() - started) / 1000).toFixed(1);
process.stdout.write(
  `Built dist/ in ${seconds} s: ${String(program.length)} program files, ${String(assets.length)} static files` +
    `${generated ? ', new database client' : ''}.\n`,
);

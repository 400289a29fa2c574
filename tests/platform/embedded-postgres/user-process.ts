// A process that uses the embedded database until its standard input ends: the tests start several,
// under several accounts, and kill some.
import { once } from 'node:events';
import {
  EmbeddedPostgresError,
  startEmbeddedPostgres,
} from '#src/platform/embedded-postgres/index.js';

const [dataDir = '', programsDir] = process.argv.slice(2);
const say = (text: string): void => void process.stdout.write(`${text}\n`);
try {
  const database = await startEmbeddedPostgres({
    dataDir,
    programsDir,
    log: { info: () => undefined, warn: () => undefined },
  });
  say(JSON.stringify({ url: database.url, started: database.started }));
  await once(process.stdin.resume(), 'end');
  await database.stop();
  say('stopped');
} catch (error) {
  if (!(error instanceof EmbeddedPostgresError)) throw error;
  say(JSON.stringify({ error: error.message }));
  process.exitCode = 1;
}
process.exit();

// Runs the suite that wants Chromium, where it is installed; elsewhere says in one line what is left out.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const candidates = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const chromium = candidates.find((file) => file !== undefined && existsSync(file));

if (chromium === undefined) {
  const sentence =
    'tests/e2e left out: it wants Chromium (Debian: apt install chromium; elsewhere set CHROMIUM_PATH).';
  console.log(sentence);
  process.exit(process.env.CI ? 1 : 0);
}
const run = spawnSync('npx', ['playwright', 'test', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, CHROMIUM_PATH: chromium },
});
process.exit(run.status ?? 1);

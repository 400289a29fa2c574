// `npm start`: builds, then runs `billet serve`. npm puts a shell between itself and its script, and
// that shell dies of a signal without passing it on: so this also ends the site, letting it finish
// what it is doing, when the shell is gone.
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const build = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], {
  cwd: root,
  stdio: 'inherit',
});
if (build.status !== 0) process.exit(build.status ?? 1);

const site = spawn(process.execPath, [path.join(root, 'bin', 'billet.js'), 'serve'], {
  cwd: root,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => site.kill(signal));
}
const shell = process.ppid;
const watch = setInterval(() => {
  if (process.ppid === shell) return;
  clearInterval(watch);
  site.kill('SIGTERM');
}, 500);
site.on('exit', (status) => process.exit(status ?? 1));

import { spawn } from 'node:child_process';
import { chmod, lstat, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const executableByAll = 0o555;

/**
 * Makes up for what npm may leave out of a platform package: execute bits, and library links when
 * install scripts are blocked. False when something is missing and the folder is read-only.
 */
export async function completePackage(folder: string): Promise<boolean> {
  const programs = join(folder, 'native', 'bin');
  for (const name of await readdir(programs)) {
    const program = join(programs, name);
    const { mode } = await stat(program);
    if ((mode & executableByAll) !== executableByAll) {
      if (!(await succeeds(chmod(program, mode | executableByAll)))) return false;
    }
  }
  if (await hasAllLinks(folder)) return true;
  // npm packages cannot carry symbolic links; the package's install script makes them.
  await runNode(join(folder, 'scripts', 'hydrate-symlinks.js'), folder);
  return hasAllLinks(folder);
}

async function hasAllLinks(folder: string): Promise<boolean> {
  for (const target of await linkTargets(folder)) {
    if (!(await succeeds(lstat(join(folder, target))))) return false;
  }
  return true;
}

async function linkTargets(folder: string): Promise<string[]> {
  let list: unknown;
  try {
    list = JSON.parse(await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8'));
  } catch {
    return [];
  }
  if (!Array.isArray(list)) return [];
  return list.flatMap((link: unknown) =>
    typeof link === 'object' && link !== null && 'target' in link ? [String(link.target)] : [],
  );
}

function runNode(script: string, cwd: string): Promise<void> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [script], { cwd, stdio: 'ignore' });
    child.on('error', () => done());
    child.on('exit', () => done());
  });
}

/** Whether an attempt succeeds, whatever the reason when it does not. */
export async function succeeds(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt;
    return true;
  } catch {
    return false;
  }
}

import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../folders.js';
import { currentProcess, isAlive, parseIdentity } from './process-identity.js';

/**
 * The processes that use a cluster: one small file each, so that one which was killed is noticed
 * by its file naming a process that is no more. Call these only under the cluster's lock.
 */
export async function registerUser(folder: string): Promise<string> {
  await makeFolder(folder, 0o755);
  const file = join(folder, `${process.pid}-${randomUUID()}.json`);
  await writeFile(file, JSON.stringify(currentProcess()), { mode: 0o644 });
  return file;
}

/** Removes the registration `file` and those of dead processes; answers how many users are left. */
export async function unregisterUser(folder: string, file: string): Promise<number> {
  await rm(file, { force: true });
  let left = 0;
  for (const name of await readdir(folder)) {
    if (await isUsed(join(folder, name))) left += 1;
    else await rm(join(folder, name), { force: true });
  }
  return left;
}

async function isUsed(file: string): Promise<boolean> {
  const identity = parseIdentity(await readFile(file, 'utf8').catch(() => ''));
  return identity !== null && isAlive(identity);
}

import { hash, parseOptions, verify } from '@node-rs/argon2';

/** argon2id as the OWASP cheat sheet on password storage has it: 19 MiB, two passes, one lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

let unknownHash: Promise<string> | undefined;

// The same letters typed on different systems must be the same password (RFC 8265, 4.2).
const normal = (password: string) => password.normalize('NFKC');

/** Hashes a password for the database, as a PHC string. */
export function hashPassword(password: string): Promise<string> {
  return hash(normal(password), parameters);
}

/**
 * True when the password is the one behind the hash. Without a hash (nobody of that name, or an
 * account without a password) the same work is done and the answer is false.
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  unknownHash ??= hashPassword('the password of nobody');
  const matches = await verify(stored ?? (await unknownHash), normal(password));
  return matches && stored !== null;
}

/** True when a hash was made with weaker parameters than today's. */
export function needsRehash(stored: string): boolean {
  const { algorithm, memoryCost, timeCost, parallelism } = parseOptions(stored);
  const argon2id = 2;
  return (
    Number(algorithm) !== argon2id ||
    memoryCost < parameters.memoryCost ||
    timeCost < parameters.timeCost ||
    parallelism < parameters.parallelism
  );
}

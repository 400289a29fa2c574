import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import { isPublicAddress } from './addresses.js';
import { GuardedFetchError } from './guarded-fetch-error.js';

const PORTS = new Set([80, 443, 8080, 8443]);

/** An address that a name stood for when it was checked. */
export interface CheckedAddress {
  address: string;
  family: 4 | 6;
}

/** Which destinations are allowed beyond public addresses and web ports. For tests only. */
export type Allow = (address: string, port: number) => boolean;

/** Finds the addresses of a name. */
export type Resolve = (host: string) => Promise<string[]>;

/** Asks the system, which reads /etc/hosts as well. */
async function resolveBySystem(host: string): Promise<string[]> {
  return (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);
}

/**
 * Reads an address to fetch: http or https, no user or password in it.
 * @throws {GuardedFetchError} for any other.
 */
export function readAddress(address: string, base?: URL): URL {
  const url = URL.parse(address, base);
  if (!url || url.hostname === '') {
    throw new GuardedFetchError('address', `“${shown(address)}” is not a web address.`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new GuardedFetchError('address', `“${shown(url.href)}” is not an http or https address.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new GuardedFetchError(
      'address',
      'An address with a user name or password is not fetched.',
    );
  }
  url.hash = '';
  return url;
}

function shown(address: string): string {
  return address.length > 200 ? `${address.slice(0, 199)}…` : address;
}

/**
 * Resolves the host of an address once and checks every answer; the connection then goes to these and
 * no others, so that a name cannot mean something else a moment later (DNS rebinding).
 * @throws {GuardedFetchError} where one of them is not public, or the port is not one of the web's.
 */
export async function checkDestination(
  url: URL,
  options: { allow?: Allow; resolve?: Resolve },
): Promise<CheckedAddress[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const addresses = ipaddr.isValid(host) ? [host] : await resolved(host, options.resolve);
  const forbidden = addresses.some(
    (address) =>
      !(options.allow?.(address, port) ?? false) && !(PORTS.has(port) && isPublicAddress(address)),
  );
  if (forbidden) {
    throw new GuardedFetchError(
      'forbidden',
      `${url.host} is not fetched: only public addresses on the ports of the web are.`,
    );
  }
  return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
}

async function resolved(host: string, resolve: Resolve = resolveBySystem): Promise<string[]> {
  const addresses = await resolve(host).catch(() => []);
  if (addresses.length === 0) {
    throw new GuardedFetchError('unresolved', `There is no server by the name of ${host}.`);
  }
  return addresses;
}

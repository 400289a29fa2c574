import type { Request } from 'express';
import ipaddr from 'ipaddr.js';

/**
 * The address of the client as PostgreSQL's `inet` takes it, an IPv4 address inside IPv6 as IPv4;
 * null where a proxy sent something else.
 */
export function clientAddress(req: Request): string | null {
  const address = req.ip?.replace(/%.*$/, '');
  return address && ipaddr.isValid(address) ? ipaddr.process(address).toString() : null;
}

/**
 * The network that one customer usually has: an IPv4 address, or the /64 of an IPv6 address
 * (RFC 6177: a site gets at least that). Addresses that are none share one network.
 */
export function networkOf(address: string | null): string {
  if (!address || !ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()}/64`;
}

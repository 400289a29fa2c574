import ipaddr from 'ipaddr.js';

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');
const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * True for an address of the public internet (IANA special-purpose registries, RFC 6890): not private,
 * loopback, link-local, shared (CGNAT), multicast, reserved or for documentation; no IPv4 address of
 * that kind inside an IPv6 one either (mapped, NAT64), and none of the tunnels that carry them.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === 'unicast';
  if (parsed.match(nat64)) {
    return isPublicAddress(ipaddr.fromByteArray(parsed.toByteArray().slice(12)).toString());
  }
  return parsed.match(globalUnicast) && parsed.range() === 'unicast';
}

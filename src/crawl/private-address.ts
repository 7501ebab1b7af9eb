import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';

import { SiteFailure } from '../model/failure.ts';

/** Ranges that no public site has: IANA special-purpose registries (RFC 6890 and its updates). */
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 127], // unspecified and loopback
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv6');
}

/** True for an IP address that is not reachable from the public internet; IPv4-mapped IPv6 included. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && PRIVATE.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * A lookup that refuses names resolving to a private address: a public site's name must not lead into the office's
 * own network. It is asked at connecting, so that a second answer cannot slip in between. `localhost` says itself
 * what it is; literal addresses are never looked up, and only the operator can make one a source's own.
 */
export function publicLookup(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, options, (error, address, family) => {
      const addresses = typeof address === 'string' ? [address] : (address ?? []).map((entry) => entry.address);
      const refused = /(^|\.)localhost$/i.test(hostname) ? undefined : addresses.find(isPrivateAddress);
      if (error === null && refused !== undefined) {
        const failure = new SiteFailure('PRIVATE_ADDRESS', `${hostname} 解析到 ${refused}`, {
          hostname,
          address: refused,
        });
        callback(failure, address, family);
      } else {
        callback(error, address, family);
      }
    });
  };
}

import { BlockList, isIP } from 'node:net';

/**
 * Is this literal address one of the public internet? Only global unicast is: every other range of the IANA special
 * purpose registries (RFC 6890 and its successors) leads to this machine, this network, or nowhere.
 *
 * @param address an IPv4 or IPv6 literal without brackets; with a zone (`fe80::1%eth0`) or anything else it is not public
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !notPublic4.check(address, 'ipv4');
  if (family !== 6 || address.includes('%')) return false;
  // Everything outside 2000::/3 is refused as a whole: loopback, IPv4-mapped and -compatible, NAT64 (64:ff9b::/96 and
  // 64:ff9b:1::/48), unique local, link-local, site-local, multicast. What IANA gives out next year is refused too.
  return globalUnicast6.check(address, 'ipv6') && !notPublic6.check(address, 'ipv6');
}

const notPublic4 = blockList('ipv4', [
  ['0.0.0.0', 8], // this network; Linux connects 0.0.0.0 to itself
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // carrier-grade NAT, and a cloud's metadata at 100.100.100.200
  ['127.0.0.0', 8],
  ['168.63.129.16', 32], // a cloud's metadata server on an address that looks public
  ['169.254.0.0', 16], // link-local, and most clouds' metadata
  ['172.16.0.0', 12],
  ['192.0.0.0', 24], // IETF protocol assignments, and a cloud's metadata at 192.0.0.192
  ['192.0.2.0', 24], // documentation
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16],
  ['198.18.0.0', 15], // benchmarking
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
]);

const globalUnicast6 = blockList('ipv6', [['2000::', 3]]);

const notPublic6 = blockList('ipv6', [
  ['2001::', 23], // IETF protocol assignments: Teredo, ORCHID, benchmarking; Teredo carries an IPv4 address
  ['2001:db8::', 32], // documentation
  ['2002::', 16], // 6to4: carries an IPv4 address
  ['3ffe::', 16], // the 6bone, returned
  ['3fff::', 20], // documentation
]);

function blockList(family: 'ipv4' | 'ipv6', subnets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, family);
  return list;
}

import { BlockList, isIP } from 'node:net';
import { AppError } from '../errors.ts';
import { isPublicAddress } from './public-address.ts';

/** Why an address is refused: for people, without the address that a name leads to. */
export type Refusal = { readonly reason: string };

export type AddressGuard = {
  /** What can be told from the URL alone: scheme, port, literal address. Asked at every hop, before anything is sent. */
  judgeUrl(url: URL): Refusal | null;
  /** May this address be connected to, for this host name (as in the URL, without brackets) and port? */
  allows(address: string, target: { readonly hostname: string; readonly port: number }): boolean;
  /** Is this URL one of the service's own samples? Only then may `allowsOwn` connections be used. */
  isOwn(url: URL): boolean;
};

export type AddressGuardOptions = {
  /** CIDRs (`10.0.0.0/8`), addresses, `address:port`, `host` or `host:port`; IPv6 with a port in brackets. */
  readonly allow: readonly string[];
  /** The service's own samples: exactly this origin and this path prefix, nothing else of it. Read anew each time. */
  readonly allowOwn?: { readonly origin: string; readonly pathPrefix: string } | undefined;
};

/**
 * The guard against server-side request forgery (docs/technotes/006-address-guard.md).
 * Throws `AppError('config-invalid')` naming the entry of `allow` that it cannot read.
 */
export function createAddressGuard(options: AddressGuardOptions): AddressGuard {
  const exceptions = options.allow.map(readException);
  const own = options.allowOwn;

  function allows(address: string, target: { hostname: string; port: number }): boolean {
    return isPublicAddress(address) || exceptions.some(exception => exception(address, target));
  }

  return {
    allows,
    isOwn(url) {
      if (own === undefined || url.origin !== new URL(own.origin).origin) return false;
      // The URL parser has already resolved dot segments; an escaped slash or dot could undo that on the other side.
      return url.pathname.startsWith(own.pathPrefix) && !/%(?:2e|2f|5c)|\\/i.test(url.pathname);
    },
    judgeUrl(url) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:') {
        return { reason: `only http and https addresses are fetched, not ${url.protocol.slice(0, 20)}` };
      }
      const hostname = bareHostname(url);
      const port = effectivePort(url);
      const literal = isIP(hostname) !== 0;
      if (
        portsOfOtherProtocols.has(port) &&
        !exceptions.some(exception => exception(literal ? hostname : '', { hostname, port }))
      ) {
        return { reason: `port ${port} belongs to another protocol` };
      }
      if (literal && !allows(hostname, { hostname, port })) return { reason: notPublicReason };
      return null;
    },
  };
}

/** One sentence for literal and resolved addresses alike, so that it tells nothing about the inside. */
export const notPublicReason = 'it does not lead to a public internet address (collect.allow can list exceptions)';

/** Thrown into the connection attempt; becomes the outcome `failed: address-refused`. */
export class AddressRefusedError extends Error {
  override readonly name = 'AddressRefusedError';
  readonly code = 'NEWSFOLD_ADDRESS_REFUSED';
}

/** @returns the host name as sockets want it: IPv6 literals without brackets. */
export function bareHostname(url: URL): string {
  return url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
}

export function effectivePort(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

type Exception = (address: string, target: { readonly hostname: string; readonly port: number }) => boolean;

function readException(entry: string): Exception {
  const text = entry.trim();
  const cidr = /^\[?([0-9a-fA-F.:]+)\]?\/(\d{1,3})$/.exec(text);
  if (cidr?.[1] !== undefined) return subnetException(text, cidr[1], Number(cidr[2]));
  if (isIP(text) !== 0) return subnetException(text, text, isIP(text) === 4 ? 32 : 128);

  const parsed = /^(\[[0-9a-fA-F:.]+\]|[^\s:/[\]@?#]+)(?::(\d{1,5}))?$/.exec(text);
  const port = parsed?.[2] === undefined ? null : Number(parsed[2]);
  const url = parsed === null ? null : URL.parse(`http://${parsed[1]}/`);
  if (url === null || (port !== null && (port < 1 || port > 65535))) throw unreadable(entry);

  const host = bareHostname(url);
  if (isIP(host) !== 0) {
    const inside = subnetException(text, host, isIP(host) === 4 ? 32 : 128);
    return (address, target) => (port === null || target.port === port) && inside(address, target);
  }
  if (!/^[a-z0-9._-]+$/.test(host)) throw unreadable(entry); // no wildcards: exceptions are counted one by one
  return (_address, target) => target.hostname === host && (port === null || target.port === port);
}

function subnetException(entry: string, network: string, prefix: number): Exception {
  const family = isIP(network) === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  try {
    list.addSubnet(network, prefix, family);
  } catch (cause) {
    throw unreadable(entry, cause);
  }
  return address => {
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
  };
}

function unreadable(entry: string, cause?: unknown): AppError {
  return new AppError(
    'config-invalid',
    `collect.allow: cannot read "${entry}"; write a CIDR such as 10.0.0.0/8, an address, or host:port such as intranet.example:8080`,
    { cause },
  );
}

/** Ports on which a well-formed HTTP request does harm to another protocol (WHATWG Fetch, "bad ports"). */
const portsOfOtherProtocols: ReadonlySet<number> = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
  111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
  540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
  6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 11211,
]);

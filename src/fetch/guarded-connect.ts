import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { buildConnector } from 'undici';
import { type AddressGuard, AddressRefusedError, notPublicReason } from './address-guard.ts';
import { isPublicAddress } from './public-address.ts';

/** @returns every address of a host name. Throws as `dns.lookup` does. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** What opening one connection told: filled in as it happens. */
export type ConnectionNotes = {
  dnsMs?: number;
  connectMs?: number;
  tlsMs?: number;
  /** False when an exception of the guard let a non-public address through. */
  public: boolean;
  /** From the moment the attempt begins, so that dropping the connection ends the attempt too. */
  socket: Socket | null;
};

export type ConnectOptions = {
  readonly guard: Pick<AddressGuard, 'allows'>;
  readonly resolve: Resolve;
  readonly connectTimeoutMs: number;
  readonly insecureTls: boolean;
};

/**
 * The only way by which this program opens a connection to a foreign address. It judges the literal address, or resolves
 * the name, drops what the guard refuses, and connects to exactly the judged addresses: nobody asks DNS a second time, so
 * a name that changes its mind (rebinding) gains nothing.
 */
export function guardedConnect(options: ConnectOptions, notes: ConnectionNotes): buildConnector.connector {
  return (target, callback) => {
    const startedAt = performance.now();
    const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80);
    judge(options, target.hostname, port).then(
      addresses => {
        notes.dnsMs = performance.now() - startedAt;
        notes.public = addresses.every(isPublicAddress);
        open(options, { target, addresses, notes, callback });
      },
      (error: Error) => callback(error, null),
    );
  };
}

async function judge(options: ConnectOptions, hostname: string, port: number): Promise<readonly string[]> {
  const found = isIP(hostname) === 0 ? await options.resolve(hostname) : [hostname];
  const allowed = found.filter(address => options.guard.allows(address, { hostname, port }));
  if (allowed.length === 0) throw new AddressRefusedError(notPublicReason);
  return allowed.slice(0, addressesMax);
}

const addressesMax = 8;

type Opening = {
  readonly target: buildConnector.Options;
  readonly addresses: readonly string[];
  readonly notes: ConnectionNotes;
  readonly callback: buildConnector.Callback;
};

function open(options: ConnectOptions, { target, addresses, notes, callback }: Opening): void {
  const startedAt = performance.now();
  const judged = addresses.map(address => ({ address, family: isIP(address) }));
  const lookup: LookupFunction = (_hostname, lookupOptions, done) => {
    if (lookupOptions.all === true) done(null, judged);
    else done(null, judged[0]?.address ?? '', judged[0]?.family ?? 4);
  };
  const connect = buildConnector({
    lookup,
    autoSelectFamily: true,
    timeout: options.connectTimeoutMs,
    maxCachedSessions: 0,
    allowH2: true,
    rejectUnauthorized: !options.insecureTls,
    keepAlive: false, // TCP probes: connections live seconds, not hours
  });
  // The types say void, the code returns the socket: needed to tell the TCP handshake from the TLS one.
  const socket = connect(target, (...[error, connected]) => {
    if (error !== null) return callback(error, null);
    if (target.protocol === 'https:' && notes.connectMs !== undefined) {
      notes.tlsMs = performance.now() - startedAt - notes.connectMs;
    }
    // The last word: the address at the other end of the open connection, whatever happened in between.
    const remote = connected.remoteAddress;
    if (remote !== undefined && !addresses.includes(remote) && !sameAddress(addresses, remote)) {
      connected.destroy();
      return callback(new AddressRefusedError(notPublicReason), null);
    }
    callback(null, connected);
  }) as unknown as Socket;
  notes.socket = socket;
  socket.once('connect', () => {
    notes.connectMs = performance.now() - startedAt;
  });
}

/** IPv6 has many spellings: compare by the URL parser's canonical one. */
function sameAddress(addresses: readonly string[], remote: string): boolean {
  const canonical = canonicalAddress(remote);
  return addresses.some(address => canonicalAddress(address) === canonical);
}

function canonicalAddress(address: string): string {
  return isIP(address) === 6 ? (URL.parse(`http://[${address}]/`)?.hostname ?? address) : address;
}

/**
 * Name resolution by the system (hosts file, search domains, mDNS), remembered for half a minute and shared by those who
 * ask at the same time: look-ups use the few threads of the pool, and many feeds share a host.
 */
export function createResolver(custom?: Resolve): Resolve {
  const resolve: Resolve =
    custom ?? (async hostname => (await systemLookup(hostname, { all: true })).map(entry => entry.address));
  const known = new Map<string, { readonly addresses: Promise<readonly string[]>; readonly until: number }>();

  return hostname => {
    const entry = known.get(hostname);
    const now = performance.now();
    if (entry !== undefined && entry.until > now) return entry.addresses;
    const addresses = resolve(hostname);
    known.delete(hostname);
    known.set(hostname, { addresses, until: now + rememberMs });
    if (known.size > rememberMax) known.delete(known.keys().next().value as string);
    // A failure is not remembered; those who wait for it share it.
    addresses.catch(() => known.delete(hostname));
    return addresses;
  };
}

const rememberMs = 30_000;
const rememberMax = 2_000;

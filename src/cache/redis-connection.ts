/** From `cache.url` to a client of the kind it names. Kept apart so that the cache does not care which kind it is. */
import { readFileSync } from 'node:fs';
import { Cluster, Redis } from 'ioredis';
import { AppError } from '../errors.ts';

export type RedisClient = Redis | Cluster;

/** A command that takes longer is a miss: computing anew is quicker than waiting. */
export const commandTimeoutMs = 200;
const connectTimeoutMs = 2_000;
const slotsRefreshEveryMs = 5_000;
const retryMsMin = 50;
const retryMsMax = 2_000;

type RedisAddress = {
  readonly kind: 'single' | 'cluster' | 'sentinel';
  readonly tls: boolean;
  /** PEM file of the authority that signed the server's certificate, named as libpq does in `store.url`. */
  readonly sslrootcert?: string;
  readonly username?: string;
  readonly password?: string;
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly path: readonly string[];
};

/** Connects in the background, for ever: the server need not be there. Nothing is queued while it is not. */
export function connectRedis(url: string, { subscriber }: { readonly subscriber: boolean }): RedisClient {
  const address = parseRedisUrl(url);
  const db = Number(address.kind === 'sentinel' ? (address.path[1] ?? 0) : (address.path[0] ?? 0));
  const options = {
    ...(address.username === undefined ? {} : { username: address.username }),
    ...(address.password === undefined ? {} : { password: address.password }),
    ...(address.tls ? { tls: authority(address.sslrootcert) } : {}),
    connectTimeout: connectTimeoutMs,
    retryStrategy: backOff,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    // For what the client asks by itself when it connects; nobody waits so long for a command (redis-link.ts). The subscriber's own
    // one waits for a slow server.
    ...(subscriber ? {} : { commandTimeout: connectTimeoutMs }),
    protocol: 2,
  } as const;
  const [first] = address.nodes;
  if (address.kind === 'cluster') {
    return new Cluster([...address.nodes], {
      redisOptions: options,
      enableOfflineQueue: false,
      clusterRetryStrategy: backOff,
      slotsRefreshTimeout: connectTimeoutMs,
      // A master that hangs says of nobody that it was replaced.
      slotsRefreshInterval: slotsRefreshEveryMs,
    });
  }
  if (address.kind === 'sentinel') {
    const name = address.path[0] ?? 'mymaster';
    return new Redis({ ...options, sentinels: [...address.nodes], name, db, sentinelRetryStrategy: backOff });
  }
  return new Redis({ ...options, host: first?.host ?? 'localhost', port: first?.port ?? 6379, db });
}

function authority(file: string | undefined): { readonly ca?: string } {
  if (file === undefined) return {};
  try {
    return { ca: readFileSync(file, 'utf8') };
  } catch (error) {
    throw new AppError('config-invalid', `cache.url names a sslrootcert that cannot be read: ${file}`, {
      cause: error,
    });
  }
}

function backOff(times: number): number {
  return Math.min(retryMsMin * 2 ** Math.min(times, 10), retryMsMax);
}

/** `redis[s][+cluster|+sentinel]://[user:password@]host[:port][,host[:port]…][/path][?sslrootcert=file]`. */
export function parseRedisUrl(url: string): RedisAddress {
  const match = /^redis(s?)(?:\+(cluster|sentinel))?:\/\/(?:([^@/]*)@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/.exec(url);
  if (!match) throw new AppError('config-invalid', 'cache.url is no address of a Redis: redis://host:6379/0');
  const [, tls, kind, login, hosts = '', path = '', query = ''] = match;
  const sslrootcert = new URLSearchParams(query).get('sslrootcert');
  const [username, password] = (login ?? '').split(/:(.*)/s);
  const portDefault = kind === 'sentinel' ? 26379 : 6379;
  const nodes = (hosts === '' ? 'localhost' : hosts).split(',').map(node => {
    const [, host = node, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(node.trim()) ?? [];
    return { host: host.replace(/^\[|\]$/g, ''), port: port === undefined ? portDefault : Number(port) };
  });
  return {
    kind: kind === 'cluster' || kind === 'sentinel' ? kind : 'single',
    tls: tls === 's',
    ...(sslrootcert === null ? {} : { sslrootcert }),
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    nodes,
    path: path.split('/').filter(part => part !== ''),
  };
}

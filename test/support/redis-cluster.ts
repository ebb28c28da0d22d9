import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { freePort, type StartedServer, startRedis } from './services.ts';

const run = promisify(execFile);
/** A master that is silent for so long is replaced by its replica. */
const nodeTimeoutMs = 1_000;
const mastersMin = 3;

export type RedisNode = { readonly server: StartedServer; readonly master: boolean };
export type RedisCluster = {
  /** For `cache.url`: all nodes, masters first. */
  readonly url: string;
  readonly nodes: readonly RedisNode[];
  /** The port of the master that has a key now, as the survivors see it. */
  ownerOf(key: string): Promise<number>;
  stop(): Promise<void>;
};

/** A real cluster on loopback: three masters, each with a replica. `null` when Redis is not installed. */
export async function startRedisCluster(): Promise<RedisCluster | null> {
  const servers: StartedServer[] = [];
  for (let n = 0; n < mastersMin * 2; n++) {
    // The bus would get `port + 10000`, which is no port for many a free one.
    const settings = [
      ['--cluster-enabled', 'yes'],
      ['--cluster-port', String(await freePort())],
      ['--cluster-announce-ip', '127.0.0.1'],
      ['--cluster-node-timeout', String(nodeTimeoutMs)],
      ['--cluster-replica-validity-factor', '0'],
      ['--repl-diskless-sync-delay', '0'],
    ].flat();
    const server = await startRedis({ settings });
    if (!server) return null;
    servers.push(server);
  }
  const addresses = servers.map(({ port }) => `127.0.0.1:${port}`);
  await run('redis-cli', ['--cluster', 'create', ...addresses, '--cluster-replicas', '1', '--cluster-yes']);
  await Promise.all(servers.map(settled));
  const roles = await Promise.all(
    servers.map(async server => (await ask<unknown[]>(server.port, 'ROLE'))[0] === 'master'),
  );
  const nodes = servers.map((server, n) => ({ server, master: roles[n] ?? false }));
  nodes.sort((a, b) => Number(b.master) - Number(a.master));
  return {
    url: `redis+cluster://${nodes.map(({ server }) => `127.0.0.1:${server.port}`).join(',')}`,
    nodes,
    ownerOf: async key => {
      for (const { server } of nodes) {
        const slots = await ask<unknown[][]>(server.port, 'CLUSTER', 'SLOTS').catch(() => null);
        const slot = Number(await ask(server.port, 'CLUSTER', 'KEYSLOT', key).catch(() => -1));
        const range = slots?.find(([from, to]) => Number(from) <= slot && slot <= Number(to));
        if (range) return Number((range[2] as unknown[])[1]);
      }
      throw new Error('no node of the cluster answers');
    },
    stop: async () => {
      await Promise.all(servers.map(server => server.kill()));
    },
  };
}

/** Until a node knows every slot's master, and a master its replica. */
async function settled({ port }: StartedServer): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const known = String(await ask(port, 'CLUSTER', 'INFO'));
    const replication = String(await ask(port, 'INFO', 'replication'));
    if (/cluster_state:ok/.test(known) && /slave0:.*state=online|master_link_status:up/.test(replication)) return;
    await sleep(50);
  }
  throw new Error('the cluster does not settle');
}

async function ask<T = unknown>(port: number, command: string, ...parameters: string[]): Promise<T> {
  const client = new Redis(port, '127.0.0.1', {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    commandTimeout: 1_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.call(command, ...parameters)) as T;
  } finally {
    client.disconnect();
  }
}

import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { selfMadeCertificate } from './self-made-certificate.ts';

/** One request as it came, and the raw connection to do anything with. */
export type Exchange = {
  readonly socket: Socket;
  readonly method: string;
  readonly path: string;
  /** Lower-case names; values as Latin-1, so that every byte is seen. */
  readonly headers: Readonly<Record<string, string>>;
  /** How often this path was asked before. */
  readonly asked: number;
  readonly server: HostileServer;
};

export type Answer = (exchange: Exchange) => void | Promise<void>;

export type HostileServer = {
  /** Plain HTTP on 127.0.0.1. */
  readonly port: number;
  /** The same answers behind TLS with certificates that are wrong in one way each. */
  readonly tlsPorts: {
    readonly selfSigned: number;
    readonly expired: number;
    readonly garbage: number;
    readonly silent: number;
    readonly closing: number;
  };
  /** A second origin that only notes what it was sent. */
  readonly sinkPort: number;
  readonly sunk: readonly { readonly path: string; readonly headers: Readonly<Record<string, string>> }[];
  /** Must never be connected to. */
  readonly canaryPort: number;
  readonly canaryHits: () => number;
  readonly requests: (path: string) => number;
  /** Bytes that left for this path, the kernel's buffers included. */
  readonly bytesSent: (path: string) => number;
  readonly close: () => Promise<void>;
};

/**
 * A server on loopback that answers each path by its script, byte by byte, so that it can break every rule of HTTP.
 *
 * @param answers by path
 */
export async function startHostileServer(answers: ReadonlyMap<string, Answer>): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  const asked = new Map<string, number>();
  const sent = new Map<string, number>();
  const sunk: { path: string; headers: Record<string, string> }[] = [];
  let canaryHits = 0;

  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.setMaxListeners(0).on('error', () => undefined); // the other side leaves as it likes
    socket.on('close', () => sockets.delete(socket));
  };
  const serve = (socket: Socket) => {
    keep(socket);
    readRequests(socket, request => {
      const before = asked.get(request.path) ?? 0;
      asked.set(request.path, before + 1);
      const sentBefore = sent.get(request.path) ?? 0;
      const startedAt = socket.bytesWritten;
      socket.once('close', () => sent.set(request.path, sentBefore + socket.bytesWritten - startedAt));
      const answer = answers.get(request.path.split('?')[0] ?? '') ?? notFound;
      Promise.resolve(answer({ ...request, socket, asked: before, server })).catch(() => socket.destroy());
    });
  };
  const sink = (socket: Socket) => {
    keep(socket);
    readRequests(socket, ({ path, headers }) => {
      sunk.push({ path, headers });
      const back = /^\/back-to-(\d+)(\/.*)$/.exec(path);
      if (back === null) socket.write(ok('<rss>sink</rss>'));
      else
        socket.write(
          `HTTP/1.1 302 Found\r\nLocation: http://${(headers.host ?? '').split(':')[0]}:${back[1]}${back[2]}\r\nContent-Length: 0\r\n\r\n`,
        );
    });
  };

  const year = 365 * 86_400_000;
  const good = selfMadeCertificate({
    name: 'tls.test',
    notBefore: new Date(Date.now() - year),
    notAfter: new Date(Date.now() + year),
  });
  const expired = selfMadeCertificate({
    name: 'tls.test',
    notBefore: new Date(Date.now() - 2 * year),
    notAfter: new Date(Date.now() - year),
  });
  const servers = {
    plain: createServer(serve),
    sink: createServer(sink),
    canary: createServer(socket => {
      canaryHits++;
      socket.destroy();
    }),
    selfSigned: createTlsServer({ ...good, ALPNProtocols: ['http/1.1'] }, serve),
    expired: createTlsServer({ ...expired, ALPNProtocols: ['http/1.1'] }, serve),
    garbage: createServer(socket => {
      keep(socket);
      socket.end('SSH-2.0-OpenSSH_9.9\r\n');
    }),
    silent: createServer(keep),
    closing: createServer(socket => {
      keep(socket);
      socket.once('data', () => socket.end());
    }),
  };
  for (const each of [servers.selfSigned, servers.expired])
    each.on('connection', keep).on('tlsClientError', () => undefined);
  await Promise.all(Object.values(servers).map(each => listen(each)));

  const server: HostileServer = {
    port: portOf(servers.plain),
    tlsPorts: {
      selfSigned: portOf(servers.selfSigned),
      expired: portOf(servers.expired),
      garbage: portOf(servers.garbage),
      silent: portOf(servers.silent),
      closing: portOf(servers.closing),
    },
    sinkPort: portOf(servers.sink),
    sunk,
    canaryPort: portOf(servers.canary),
    canaryHits: () => canaryHits,
    requests: path => asked.get(path) ?? 0,
    bytesSent: path => sent.get(path) ?? 0,
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(Object.values(servers).map(each => new Promise(resolve => each.close(resolve))));
    },
  };
  return server;
}

/** A proper answer. */
export function ok(body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Buffer {
  const bytes = Buffer.from(body);
  const lines = Object.entries({
    'Content-Type': 'application/rss+xml',
    'Content-Length': String(bytes.length),
    ...headers,
  });
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`, 'latin1'),
    bytes,
  ]);
}

/** Writes the same again and again until the other side has enough. */
export async function endless(socket: Socket, chunk: string | Buffer): Promise<void> {
  const bytes = Buffer.from(chunk);
  while (!socket.destroyed && socket.writable) {
    if (!socket.write(bytes)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
    else await new Promise(setImmediate);
  }
}

/** One piece every so many milliseconds until the other side has enough. */
export async function drip(socket: Socket, chunk: string, everyMs: number): Promise<void> {
  while (!socket.destroyed && socket.writable) {
    socket.write(chunk);
    await new Promise(resolve => setTimeout(resolve, everyMs));
  }
}

const notFound: Answer = ({ socket }) => {
  socket.write('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');
};

type Head = Pick<Exchange, 'method' | 'path' | 'headers'>;

/** Requests come one at a time on a connection: enough of HTTP/1.1 for a client that does not pipeline. */
function readRequests(socket: Socket, onRequest: (head: Head) => void): void {
  let buffered = '';
  socket.on('data', chunk => {
    buffered += chunk.toString('latin1');
    const end = buffered.indexOf('\r\n\r\n');
    if (end < 0) return;
    const [requestLine = '', ...lines] = buffered.slice(0, end).split('\r\n');
    const headers: Record<string, string> = {};
    for (const line of lines) {
      const colon = line.indexOf(':');
      headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
    const bodyLength = Number(headers['content-length'] ?? 0);
    if (buffered.length < end + 4 + bodyLength) return;
    headers[':body'] = buffered.slice(end + 4, end + 4 + bodyLength);
    buffered = buffered.slice(end + 4 + bodyLength);
    const [method = '', path = ''] = requestLine.split(' ');
    onRequest({ method, path, headers });
  });
}

function listen(server: Server): Promise<unknown> {
  server.listen(0, '127.0.0.1');
  return once(server, 'listening');
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

import type { Socket } from 'node:net';
import { Client, type Dispatcher, ProxyAgent } from 'undici';
import { type ConnectionNotes, type ConnectOptions, guardedConnect } from './guarded-connect.ts';

/** One connection, used by one request at a time, so that what is read on it is known to belong to that request. */
export type Connection = {
  readonly dispatcher: Dispatcher;
  readonly key: string;
  readonly notes: ConnectionNotes;
  /** How many requests have finished on it: the first failure of a used one may only mean that the server closed it. */
  uses: number;
  /** Bytes that came in since the last request began, protocol overhead included. */
  readBytes: number;
  broken: boolean;
  idleTimer: NodeJS.Timeout | null;
};

export type Connections = {
  take(
    origin: string,
    options: { readonly insecureTls: boolean; readonly own: boolean; readonly proxy?: string },
  ): Connection;
  /** Back for the next request to the same origin. */
  release(connection: Connection): void;
  /** After an error or an abort: nothing is ever sent on it again. */
  drop(connection: Connection): void;
  /** Closes what lies idle, and everything that comes back later. */
  close(): Promise<void>;
};

export type ConnectionsOptions = Omit<ConnectOptions, 'insecureTls' | 'guard'> & {
  readonly guard: ConnectOptions['guard'];
  readonly ownGuard: ConnectOptions['guard'];
  readonly readBytesMax: number;
  readonly headerBytesMax: number;
};

/**
 * Keep-alive connections, newest first, closed after a few idle seconds. Not undici's own pool, because the guard's
 * exceptions, the raw byte limit and the timings belong to one connection, and one request must know its connection.
 */
export function createConnections(options: ConnectionsOptions): Connections {
  const idle = new Map<string, Connection[]>();
  let idleCount = 0;
  let closed = false;

  function forget(connection: Connection): void {
    const list = idle.get(connection.key);
    const at = list?.indexOf(connection) ?? -1;
    if (list === undefined || at < 0) return;
    list.splice(at, 1);
    idleCount--;
    if (list.length === 0) idle.delete(connection.key);
    if (connection.idleTimer !== null) clearTimeout(connection.idleTimer);
    connection.idleTimer = null;
  }

  function drop(connection: Connection): void {
    forget(connection);
    connection.broken = true;
    connection.notes.socket?.destroy();
    connection.dispatcher.destroy().catch(() => undefined); // already closing: nothing left to do
  }

  return {
    take(origin, { insecureTls, own, proxy }) {
      const key = [origin, insecureTls ? 'insecure' : '', own ? 'own' : '', proxy ?? ''].join(' ');
      const waiting = idle.get(key)?.at(-1);
      if (waiting !== undefined) {
        forget(waiting);
        waiting.readBytes = 0;
        return waiting;
      }
      const connection = openConnection({
        ...options,
        guard: own ? options.ownGuard : options.guard,
        insecureTls,
        origin,
        key,
        proxy,
      });
      dropWhenClosed(connection, drop);
      return connection;
    },
    release(connection) {
      connection.uses++;
      if (connection.broken || closed || idleCount >= idleMax) return drop(connection);
      const list = idle.get(connection.key);
      if (list === undefined) idle.set(connection.key, [connection]);
      else list.push(connection);
      idleCount++;
      connection.idleTimer = setTimeout(drop, idleMs, connection);
      connection.idleTimer.unref();
    },
    drop,
    async close() {
      closed = true;
      const all = [...idle.values()].flat();
      for (const connection of all) forget(connection);
      await Promise.all(all.map(connection => connection.dispatcher.destroy()));
    },
  };
}

/** The server may close a kept connection at any time. */
function dropWhenClosed(connection: Connection, drop: (connection: Connection) => void): void {
  connection.dispatcher.on('disconnect', () => {
    connection.broken = true;
    if (connection.idleTimer !== null) drop(connection);
  });
}

const idleMs = 4_000;
const idleMax = 128;

type OpenOptions = ConnectOptions &
  Pick<ConnectionsOptions, 'readBytesMax' | 'headerBytesMax'> & {
    readonly origin: string;
    readonly key: string;
    readonly proxy: string | undefined;
  };

function openConnection(options: OpenOptions): Connection {
  const notes: ConnectionNotes = { public: true, socket: null };
  const guarded = guardedConnect(options, notes);
  const clientOptions: Client.Options = {
    maxHeaderSize: options.headerBytesMax,
    // The exchange has its own deadlines; undici's would only fire at other times with other words.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: idleMs + 1_000,
    keepAliveMaxTimeout: idleMs + 1_000,
    allowH2: true,
    connect: (target, callback) => {
      guarded(target, (...[error, socket]) => {
        if (error !== null) return callback(error, null);
        countReads(socket, connection, options.readBytesMax);
        callback(null, socket);
      });
    },
  };
  const connection: Connection = {
    dispatcher: dispatcherFor(options, clientOptions),
    key: options.key,
    notes,
    uses: 0,
    readBytes: 0,
    broken: false,
    idleTimer: null,
  };
  return connection;
}

/** Through a proxy: https is tunnelled (CONNECT), http is sent to the proxy with the whole address as its path. */
function dispatcherFor(options: OpenOptions, clientOptions: Client.Options): Dispatcher {
  if (options.proxy === undefined) return new Client(options.origin, clientOptions);
  const proxy = new URL(options.proxy);
  if (options.origin.startsWith('http:')) return new Client(proxy.origin, clientOptions);
  return new ProxyAgent({
    uri: options.proxy,
    clientFactory: url => new Client(url, clientOptions),
    requestTls: { rejectUnauthorized: !options.insecureTls, timeout: options.connectTimeoutMs },
    maxHeaderSize: options.headerBytesMax,
    headersTimeout: 0,
    bodyTimeout: 0,
    connections: 1,
  });
}

/**
 * Bytes that never become a body (chunk extensions, padding) pass every other limit: this counts what is read from the
 * socket. HTTP/2 reads natively and has its own flow control; there the deadline is the limit.
 */
function countReads(socket: Socket, connection: Connection, readBytesMax: number): void {
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
  socket.read = (size?: number): Buffer | null => {
    const chunk = read(size);
    if (chunk !== null) {
      connection.readBytes += chunk.length;
      if (connection.readBytes > readBytesMax) {
        socket.destroy(new ReadLimitError('the answer is larger than the limit'));
        return null;
      }
    }
    return chunk;
  };
}

export class ReadLimitError extends Error {
  override readonly name = 'ReadLimitError';
  readonly code = 'NEWSFOLD_READ_LIMIT';
}

import { connect, createServer, type Socket } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';

/** A way to a server that can be cut, slowed down, or made to swallow everything. */
export type TcpProxy = {
  readonly port: number;
  /** Connections break and new ones are refused until it is mended. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** Whatever passes, in either direction, arrives so much later; 0 as usual. */
  slow(delayMs: number): void;
  /** Nothing passes and nothing breaks, as when packets are dropped, until released. */
  hold(): void;
  release(): void;
  /** The n-th connection made, from 0, passes nothing any more and does not break, as when a firewall forgot it. */
  strand(n: number): void;
  close(): Promise<void>;
};

export async function tcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let delayMs = 0;
  let released: Promise<void> = Promise.resolve();
  let release: () => void = () => undefined;
  const ways: (readonly [Socket, Socket])[] = [];
  const toll = () =>
    new Transform({
      transform(chunk: Buffer, _encoding, done: TransformCallback) {
        released.then(() => setTimeout(() => done(null, chunk), delayMs), done);
      },
    });
  const server = createServer(client => {
    const upstream = connect(target.port, target.host);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    ways.push([client, upstream]);
    client.pipe(toll()).pipe(upstream).pipe(toll()).pipe(client);
  });
  const listen = (port: number) => new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  const cut = async () => {
    const closed = new Promise(resolve => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const { port } = address;
  return {
    port,
    cut,
    mend: () => listen(port),
    slow: ms => {
      delayMs = ms;
    },
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      [released, release] = [promise, resolve];
    },
    release: () => release(),
    strand: n => {
      for (const socket of ways[n] ?? []) socket.unpipe().pause();
    },
    close: () => {
      release();
      return server.listening ? cut() : Promise.resolve();
    },
  };
}

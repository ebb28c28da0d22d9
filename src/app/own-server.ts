import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The one listening socket of this process. */
export type OwnServer = {
  /** @returns the origin under which this process reaches itself, such as `http://127.0.0.1:8080` */
  listen(listener: RequestListener, at: { readonly host: string; readonly port: number }): Promise<string>;
  close(): Promise<void>;
};

const closeWithinMs = 2_000;
/** Longer than the 60 s for which load balancers and proxies keep an idle connection: who closes first gets no 502 out of the race. */
const keepAliveMs = 65_000;

export function createOwnServer(): OwnServer {
  let server: Server | null = null;
  return {
    listen: async (listener, { host, port }) => {
      const listening = createServer(
        { requestTimeout: 60_000, headersTimeout: 15_000, keepAliveTimeout: keepAliveMs },
        listener,
      );
      await new Promise<void>((resolve, reject) => {
        listening.once('error', reject);
        listening.listen(port, host, resolve);
      });
      server = listening;
      return originOf(listening.address() as AddressInfo);
    },
    close: () =>
      new Promise(resolve => {
        if (!server?.listening) return resolve();
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server?.closeAllConnections(), closeWithinMs).unref();
      }),
  };
}

function originOf({ address, family, port }: AddressInfo): string {
  if (address === '::' || address === '0.0.0.0') return `http://127.0.0.1:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export type StoreWait = {
  /** Opens the store and closes it again. */
  readonly probe: () => Promise<void>;
  /** Whether what `probe` threw may pass by itself. */
  readonly mayPass: (error: unknown) => boolean;
  /** Where this process will answer; `null` when its roles have no web. */
  readonly at: { readonly host: string; readonly port: number } | null;
  /** Told why, whenever the reason changes. */
  readonly onWait: (reason: string) => void;
  readonly signal: AbortSignal;
};

const tryEveryMs = 1_000;
const retryAfterSeconds = 10;

/**
 * A process that starts while its database is away is no broken one: it lives, says why it is not ready, answers 503 with
 * Retry-After, and begins as soon as the database is there. Ends early when `signal` aborts.
 * @throws what `probe` threw when that will not pass by itself.
 */
export async function awaitStore(wait: StoreWait): Promise<void> {
  let reason = '';
  let standIn: Server | null = null;
  try {
    while (!wait.signal.aborted) {
      try {
        return await wait.probe();
      } catch (error) {
        if (!wait.mayPass(error)) throw error;
        const { message } = error as Error;
        if (message !== reason) wait.onWait(message);
        reason = message;
      }
      if (wait.at !== null) standIn ??= await listen(wait.at, () => reason);
      await sleep(tryEveryMs, undefined, { signal: wait.signal }).catch(() => undefined);
    }
  } finally {
    await close(standIn);
  }
}

async function listen(at: { readonly host: string; readonly port: number }, reason: () => string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    const answer = (status: number, body: object, type = 'application/json') =>
      response
        .writeHead(status, {
          'Content-Type': type,
          'Cache-Control': 'no-store',
          ...(status === 503 ? { 'Retry-After': String(retryAfterSeconds) } : {}),
        })
        .end(request.method === 'HEAD' ? undefined : JSON.stringify(body));
    if (path === '/healthz') return void answer(200, { status: 'ok' });
    if (path === '/readyz')
      return void answer(503, { status: 'not ready', reasons: [`store: ${reason()}`], warnings: [] });
    const type = 'urn:newsfold:error:store-unavailable';
    const title = 'the store cannot be reached';
    return void answer(503, { type, title, status: 503, detail: reason() }, 'application/problem+json');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, resolve);
  });
  return server;
}

async function close(server: Server | null): Promise<void> {
  if (server === null) return;
  const closed = new Promise(resolve => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

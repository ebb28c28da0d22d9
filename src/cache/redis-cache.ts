/**
 * Redis behind a small tier in this process. Redis is speed, never truth: every failure is a miss, nothing waits longer than
 * a command's time limit, and a server that does not answer is gone around (circuit-breaker.ts). Other processes' changes
 * arrive as notices; while those do not, entries of this process live for a second only.
 */
import { randomUUID } from 'node:crypto';
import type { Cache } from '../pipeline/ports.ts';
import { ByteLru } from './byte-lru.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import { Listeners } from './listeners.ts';
import { connectRedis, type RedisClient } from './redis-connection.ts';
import { SingleFlight } from './single-flight.ts';

/** How long this process answers by itself: with notices, and without. */
const localMsMax = 10_000;
const localMsMaxDeaf = 1_000;
/** While it is gone around, this process asks by itself whether it is back: nobody else may ask for a long time. */
const probeEveryMs = 1_000;
/** Larger values are not sent: they would hold up every other command on the connection. */
const valueBytesMax = 8 * 1024 * 1024;

type Options = { readonly now: () => number; readonly bytesMax: number; readonly prefix: string };

type Notice = { readonly from: string; readonly drop?: string; readonly channel?: string; readonly message?: string };

export function redisCache(url: string, options: Options): Cache {
  return new RedisCache(url, options);
}

class RedisCache implements Cache {
  readonly engine = 'redis';
  readonly #options: Options;
  readonly #client: RedisClient;
  readonly #subscriber: RedisClient;
  readonly #breaker = new CircuitBreaker(() => performance.now());
  readonly #local: ByteLru;
  readonly #reads = new SingleFlight<Uint8Array | undefined>();
  readonly #computations = new SingleFlight<Uint8Array>();
  readonly #listeners = new Listeners();
  readonly #self = randomUUID();
  readonly #probing: NodeJS.Timeout;
  #hearing = false;
  #closed = false;
  #problem = '';
  #hits = 0;
  #misses = 0;

  constructor(url: string, options: Options) {
    this.#options = options;
    this.#local = new ByteLru(options.bytesMax);
    this.#client = connectRedis(url, { subscriber: false });
    this.#subscriber = connectRedis(url, { subscriber: true });
    for (const client of [this.#client, this.#subscriber]) {
      client.on('error', (error: Error) => {
        this.#problem = error.message;
      });
    }
    this.#subscriber.on('ready', () => void this.#listen());
    for (const event of ['close', 'end', 'reconnecting']) this.#subscriber.on(event, () => this.#deafen());
    this.#subscriber.on('message', (_: string, text: string) => this.#hear(text));
    this.#probing = setInterval(() => {
      if (this.#breaker.open) void this.#ask(client => client.echo('newsfold'));
    }, probeEveryMs);
    this.#probing.unref();
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    const value = await this.#find(key);
    if (value) this.#hits++;
    else this.#misses++;
    return value;
  }

  async set(key: string, value: Uint8Array, ttlMs: number): Promise<void> {
    this.#reads.forget(key);
    this.#keepLocally(key, value, ttlMs);
    await this.#send(key, value, ttlMs);
  }

  async delete(key: string): Promise<void> {
    this.#drop(key);
    await this.#ask(client => client.del(this.#name(key)));
    this.#notify({ from: this.#self, drop: key });
  }

  async getOrCompute(key: string, ttlMs: number, compute: () => Promise<Uint8Array>): Promise<Uint8Array> {
    // The second look: a computation may have ended while Redis was asked.
    const cached = (await this.get(key)) ?? this.#localValue(key);
    if (cached) return cached;
    return this.#computations.run(key, compute, value => {
      this.#keepLocally(key, value, ttlMs);
      // Whoever asked has the value already and waits for no server.
      void this.#send(key, value, ttlMs);
    });
  }

  async count(key: string, windowMs: number): Promise<number | null> {
    const name = this.#name(`count:${key}`);
    // One transaction: a counter without an end would lock somebody out for ever.
    const replies = await this.#ask(async client =>
      answered(await client.multi().set(name, 0, 'PX', windowMs, 'NX').incr(name).exec()),
    );
    const count = replies?.[1]?.[1];
    return typeof count === 'number' ? count : null;
  }

  publish(channel: string, message: string): void {
    this.#listeners.notify(channel, message);
    this.#notify({ from: this.#self, channel, message });
  }

  subscribe(channel: string, listener: (message: string) => void): () => void {
    return this.#listeners.add(channel, listener);
  }

  status() {
    const ok = this.#client.status === 'ready' && !this.#breaker.open;
    const detail = ok
      ? 'Redis answers'
      : `Redis does not answer (${this.#problem || this.#client.status}); working without it`;
    return { ok, detail, hits: this.#hits, misses: this.#misses };
  }

  close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#probing);
    this.#deafen();
    this.#client.disconnect();
    this.#subscriber.disconnect();
    this.#local.clear();
    return Promise.resolve();
  }

  #name(key: string): string {
    return `${this.#options.prefix}${key}`;
  }

  #localValue(key: string): Uint8Array | undefined {
    const deaf = !this.#hearing || this.#breaker.open;
    return this.#local.get(key, this.#options.now(), deaf ? localMsMaxDeaf : localMsMax);
  }

  #keepLocally(key: string, value: Uint8Array, ttlMs: number): void {
    this.#local.set(key, value, { now: this.#options.now(), ttlMs: Math.min(ttlMs, localMsMax) });
  }

  async #find(key: string): Promise<Uint8Array | undefined> {
    const near = this.#localValue(key);
    if (near) return near;
    let ttlMs = 0;
    const read = async () => {
      const name = this.#name(key);
      const replies = await this.#ask(async client =>
        answered(await client.pipeline().getBuffer(name).pttl(name).exec()),
      );
      const [, value] = replies?.[0] ?? [];
      ttlMs = Number(replies?.[1]?.[1] ?? 0);
      // A key of another type is an error reply and thereby a miss; the next `set` overwrites it.
      return value instanceof Uint8Array ? value : undefined;
    };
    return this.#reads.run(key, read, value => {
      if (value && ttlMs > 0) this.#keepLocally(key, value, ttlMs);
    });
  }

  async #send(key: string, value: Uint8Array, ttlMs: number): Promise<void> {
    if (ttlMs <= 0 || value.byteLength > valueBytesMax) return;
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    await this.#ask(client => client.set(this.#name(key), bytes, 'PX', Math.ceil(ttlMs)));
    this.#notify({ from: this.#self, drop: key });
  }

  /** @returns the reply, or `undefined` for whatever went wrong. */
  async #ask<T>(command: (client: RedisClient) => Promise<T>): Promise<T | undefined> {
    if (this.#closed || this.#client.status !== 'ready' || !this.#breaker.allow()) return undefined;
    try {
      const reply = await command(this.#client);
      this.#breaker.succeeded();
      return reply;
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
      if (error instanceof Error && error.name === 'ReplyError') {
        // It answers, if only to refuse: out of memory, a wrong type, still loading.
        this.#breaker.succeeded();
      } else if (this.#breaker.failed() && !this.#closed) {
        // A connection that leads nowhere looks the same as a slow server: the next trial goes over a new one.
        this.#client.disconnect(true);
        // The subscriber sends nothing and so would never notice that its own is gone.
        this.#subscriber.disconnect(true);
      }
      return undefined;
    }
  }

  #notify(notice: Notice): void {
    void this.#ask(client => client.publish(this.#name('notices'), JSON.stringify(notice)));
  }

  async #listen(): Promise<void> {
    try {
      await this.#subscriber.subscribe(this.#name('notices'));
      // What changed while nobody listened is unknown.
      this.#local.clear();
      this.#hearing = true;
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
  }

  #deafen(): void {
    this.#hearing = false;
  }

  #hear(text: string): void {
    const notice = parseNotice(text);
    if (!notice || notice.from === this.#self) return;
    if (notice.drop !== undefined) this.#drop(notice.drop);
    if (notice.channel !== undefined) this.#listeners.notify(notice.channel, notice.message ?? '');
  }

  #drop(key: string): void {
    this.#local.delete(key);
    this.#reads.forget(key);
    this.#computations.forget(key);
  }
}

type Replies = readonly (readonly [Error | null, unknown])[] | null;

/** Several commands resolve even when none was answered: that is a failure; an error that Redis replied is an answer. */
function answered(replies: Replies): Replies {
  const failure = replies?.map(([error]) => error).find(error => error !== null && error.name !== 'ReplyError');
  if (failure) throw failure;
  return replies;
}

/** Anybody may write to a channel of a shared Redis. */
function parseNotice(text: string): Notice | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const fields = new Map<string, unknown>(Object.entries(value));
    const word = (name: string) => {
      const field = fields.get(name);
      return typeof field === 'string' ? field : undefined;
    };
    const [drop, channel, message] = [word('drop'), word('channel'), word('message')];
    return {
      from: word('from') ?? '',
      ...(drop === undefined ? {} : { drop }),
      ...(channel === undefined ? {} : { channel }),
      ...(message === undefined ? {} : { message }),
    };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

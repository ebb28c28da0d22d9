/**
 * Redis behind a small tier in this process. Redis is speed, never truth: every failure is a miss (redis-link.ts). Other processes'
 * changes arrive as notices; while those do not, entries of this process live for a second only.
 */
import type { Cache } from '../pipeline/ports.ts';
import { ByteLru } from './byte-lru.ts';
import { Listeners } from './listeners.ts';
import { RedisLink } from './redis-link.ts';
import { takeTurn } from './redis-turn.ts';
import { SingleFlight } from './single-flight.ts';

/** How long this process answers by itself: with notices, and without. */
const localMsMax = 10_000;
const localMsMaxDeaf = 1_000;
/** Larger values are not sent: they would hold up every other command on the connection. */
const valueBytesMax = 8 * 1024 * 1024;

type Options = { readonly now: () => number; readonly bytesMax: number; readonly prefix: string };

/** What is known of a key: `away` when Redis could not be asked. */
type Found = { readonly value: Uint8Array | undefined; readonly away: boolean };

/** A value with how the others get it; `null` when they have it. */
type Computed = {
  readonly value: Uint8Array;
  readonly ttlMs: number;
  readonly share: (() => Promise<void>) | null;
};

export function redisCache(url: string, options: Options): Cache {
  return new RedisCache(url, options);
}

class RedisCache implements Cache {
  readonly engine = 'redis';
  readonly #options: Options;
  readonly #link: RedisLink;
  readonly #local: ByteLru;
  readonly #reads = new SingleFlight<Found>();
  readonly #computations = new SingleFlight<Computed>();
  readonly #listeners = new Listeners();
  #hits = 0;
  #misses = 0;
  #computed = 0;

  constructor(url: string, options: Options) {
    this.#options = options;
    this.#local = new ByteLru(options.bytesMax);
    this.#link = new RedisLink(url, {
      channel: this.#name('notices'),
      onNotice: ({ drop, channel, message }) => {
        if (drop !== undefined) this.#drop(drop);
        if (channel !== undefined) this.#listeners.notify(channel, message ?? '');
      },
      onHearingAgain: () => this.#local.clear(),
    });
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    return (await this.#look(key)).value;
  }

  async set(key: string, value: Uint8Array, ttlMs: number): Promise<void> {
    this.#reads.forget(key);
    this.#keepLocally(key, value, ttlMs);
    await this.#send(key, value, ttlMs);
  }

  async delete(key: string): Promise<void> {
    this.#drop(key);
    await this.#link.ask(client => client.del(this.#name(key)));
    void this.#link.tell({ drop: key });
  }

  async getOrCompute(key: string, ttlMs: number, compute: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const { value, away } = await this.#look(key);
    // The second look: a computation may have ended while Redis was asked.
    const cached = value ?? this.#localValue(key);
    if (cached) return cached;
    const computed = await this.#computations.run(
      key,
      () => (away ? this.#computeAlone(key, ttlMs, compute) : this.#computeInTurn(key, ttlMs, compute)),
      ({ value, ttlMs, share }) => {
        this.#keepLocally(key, value, ttlMs);
        // Whoever asked has the value already and waits for no server.
        void share?.();
      },
    );
    return computed.value;
  }

  async count(key: string, windowMs: number): Promise<number | null> {
    const name = this.#name(`count:${key}`);
    // One transaction: a counter without an end would lock somebody out for ever.
    const replies = await this.#link.askAll(client => client.multi().set(name, 0, 'PX', windowMs, 'NX').incr(name));
    const count = replies?.[1];
    return typeof count === 'number' ? count : null;
  }

  publish(channel: string, message: string): void {
    this.#listeners.notify(channel, message);
    void this.#link.tell({ channel, message });
  }

  subscribe(channel: string, listener: (message: string) => void): () => void {
    return this.#listeners.add(channel, listener);
  }

  status() {
    const { ok, problem } = this.#link;
    const detail = ok ? 'Redis answers' : `Redis does not answer (${problem}); working without it`;
    return { ok, detail, hits: this.#hits, misses: this.#misses, computed: this.#computed };
  }

  close(): Promise<void> {
    this.#link.close();
    this.#local.clear();
    return Promise.resolve();
  }

  #name(key: string): string {
    return `${this.#options.prefix}${key}`;
  }

  #localValue(key: string): Uint8Array | undefined {
    return this.#local.get(key, this.#options.now(), this.#link.hearing ? localMsMax : localMsMaxDeaf);
  }

  #keepLocally(key: string, value: Uint8Array, ttlMs: number): void {
    this.#local.set(key, value, { now: this.#options.now(), ttlMs: Math.min(ttlMs, localMsMax) });
  }

  async #look(key: string): Promise<Found> {
    const near = this.#localValue(key);
    const found = near ? { value: near, away: false } : await this.#read(key);
    if (found.value) this.#hits++;
    else this.#misses++;
    return found;
  }

  #read(key: string): Promise<Found> {
    let ttlMs = 0;
    const read = async () => {
      const name = this.#name(key);
      const replies = await this.#link.askAll(client => client.pipeline().getBuffer(name).pttl(name));
      const [value] = replies ?? [];
      ttlMs = Number(replies?.[1] ?? 0);
      // A key of another type is an error reply and thereby a miss; the next `set` overwrites it.
      return { value: value instanceof Uint8Array ? value : undefined, away: replies === undefined };
    };
    return this.#reads.run(key, read, ({ value }) => {
      if (value && ttlMs > 0) this.#keepLocally(key, value, ttlMs);
    });
  }

  async #send(key: string, value: Uint8Array, ttlMs: number): Promise<void> {
    if (ttlMs <= 0 || value.byteLength > valueBytesMax) return;
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    await this.#link.ask(client => client.set(this.#name(key), bytes, 'PX', Math.ceil(ttlMs)));
    void this.#link.tell({ drop: key });
  }

  async #computeAlone(key: string, ttlMs: number, compute: () => Promise<Uint8Array>): Promise<Computed> {
    this.#computed++;
    const value = await compute();
    return { value, ttlMs, share: () => this.#send(key, value, ttlMs) };
  }

  async #computeInTurn(key: string, ttlMs: number, compute: () => Promise<Uint8Array>): Promise<Computed> {
    const turn = await takeTurn(this.#link, this.#name(key), this.#options.prefix);
    if (turn.kind === 'found') return { ...turn, share: null };
    const alone = this.#computeAlone(key, ttlMs, compute);
    if (turn.kind === 'alone') return alone;
    try {
      const { value, share } = await alone;
      return { value, ttlMs, share: () => Promise.resolve(share?.()).then(turn.giveBack) };
    } catch (error) {
      void turn.giveBack();
      throw error;
    } finally {
      turn.end();
    }
  }

  #drop(key: string): void {
    this.#local.delete(key);
    this.#reads.forget(key);
    this.#computations.forget(key);
  }
}

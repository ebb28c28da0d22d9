/**
 * The two connections to Redis, one to ask and one to listen. Whatever goes wrong is an answer that is not there: nothing waits longer
 * than a command's time limit, and a server that does not answer is gone around (circuit-breaker.ts).
 */
import { randomUUID } from 'node:crypto';
import { CircuitBreaker } from './circuit-breaker.ts';
import { commandTimeoutMs, connectRedis, type RedisClient } from './redis-connection.ts';
import { parseNotice, type RedisNotice } from './redis-notice.ts';

/** While it is gone around, this process asks by itself whether it is back: nobody else may ask for a long time. */
const probeEveryMs = 1_000;
/**
 * Every so often this process says something to itself over its own channel. A listening connection sends nothing, and so would never
 * notice that a firewall forgot it or that its node of a cluster hangs.
 */
const beatEveryMs = 2_000;
/** What one says comes back within this time, or one is deaf. */
const echoMsMax = 1_000;

type Replies = readonly (readonly [Error | null, unknown])[] | null;

export class RedisLink {
  readonly #channel: string;
  readonly #client: RedisClient;
  readonly #subscriber: RedisClient;
  readonly #breaker = new CircuitBreaker(() => performance.now());
  readonly #self = randomUUID();
  readonly #timers: readonly NodeJS.Timeout[];
  readonly #onNotice: (notice: RedisNotice) => void;
  readonly #onHearingAgain: () => void;
  #hearing = false;
  #heardAt = 0;
  #closed = false;
  #problem = '';

  constructor(
    url: string,
    options: {
      readonly channel: string;
      /** What other processes said. */
      readonly onNotice: (notice: RedisNotice) => void;
      /** What was said meanwhile is unknown. */
      readonly onHearingAgain: () => void;
    },
  ) {
    this.#channel = options.channel;
    this.#onNotice = options.onNotice;
    this.#onHearingAgain = options.onHearingAgain;
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
    this.#timers = [
      setInterval(() => {
        if (this.#breaker.open) void this.ask(client => client.echo('newsfold'));
      }, probeEveryMs),
      setInterval(() => void this.#beat(), beatEveryMs),
    ];
    for (const timer of this.#timers) timer.unref();
  }

  get ok(): boolean {
    return this.#client.status === 'ready' && !this.#breaker.open;
  }

  /** Whether notices of other processes arrive. */
  get hearing(): boolean {
    return this.#hearing && !this.#breaker.open;
  }

  /** What went wrong last. */
  get problem(): string {
    return this.#problem || this.#client.status;
  }

  /** @returns the reply, or `undefined` for whatever went wrong. */
  async ask<T>(command: (client: RedisClient) => Promise<T>): Promise<T | undefined> {
    if (this.#closed || this.#client.status !== 'ready' || !this.#breaker.allow()) return undefined;
    try {
      const reply = await inTime(command(this.#client));
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
        this.#subscriber.disconnect(true);
      }
      return undefined;
    }
  }

  /** Several commands on keys of one slot, one way there and back. @returns their replies, an error where one was refused. */
  async askAll(
    commands: (client: RedisClient) => { exec(): Promise<Replies> },
  ): Promise<readonly unknown[] | undefined> {
    const replies = await this.ask(async client => answered(await commands(client).exec()));
    return replies?.map(([error, reply]) => error ?? reply);
  }

  tell(notice: Omit<RedisNotice, 'from'>): Promise<unknown> {
    const text = JSON.stringify({ from: this.#self, ...notice } satisfies RedisNotice);
    return this.ask(client => client.publish(this.#channel, text));
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#deafen();
    this.#client.disconnect();
    this.#subscriber.disconnect();
  }

  async #listen(): Promise<void> {
    try {
      await this.#subscriber.subscribe(this.#channel);
      this.#heardAt = performance.now();
      this.#onHearingAgain();
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
    if (!notice) return;
    if (notice.from === this.#self) this.#heardAt = performance.now();
    else this.#onNotice(notice);
  }

  async #beat(): Promise<void> {
    const saidAt = performance.now();
    // Where not even this gets through, the breaker will see to it.
    if ((await this.tell({})) === undefined) return;
    setTimeout(() => {
      if (this.#closed || this.#heardAt >= saidAt || this.#subscriber.status !== 'ready') return;
      this.#deafen();
      this.#problem = 'notices do not arrive';
      this.#subscriber.disconnect(true);
    }, echoMsMax).unref();
  }
}

/**
 * A cluster's client asks one node after the other while a master is being replaced; who waits for it has better things to do. When it is
 * this process that was busy for so long, the reply may lie there unread: it is looked for once before it counts as late.
 */
async function inTime<T>(reply: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const end = () => setImmediate(() => reject(new Error('Command timed out')));
    timer = setTimeout(() => setImmediate(end), commandTimeoutMs);
  });
  try {
    return await Promise.race([reply, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Several commands resolve even when none was answered: that is a failure; an error that Redis replied is an answer. */
function answered(replies: Replies): NonNullable<Replies> {
  const failure = replies?.map(([error]) => error).find(error => error !== null && error.name !== 'ReplyError');
  if (failure) throw failure;
  return replies ?? [];
}

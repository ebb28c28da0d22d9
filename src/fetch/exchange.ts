import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Connection } from './connections.ts';

export type ExchangeRequest = {
  readonly method: 'GET' | 'POST';
  readonly origin: string;
  /** Path and query; the whole URL when it goes to a proxy. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly firstByteMs: number;
  /** A moment of `performance.now()`. */
  readonly deadlineAt: number;
  /** Counted as they come over the wire, still compressed. */
  readonly wireBytesMax: number;
  /** Take the beginning of a longer body instead of failing (robots.txt). */
  readonly cut: boolean;
};

export type ExchangeAnswer = {
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** Still encoded. Empty for statuses whose body nobody reads. */
  readonly chunks: readonly Buffer[];
  readonly wireBytes: number;
  readonly firstByteMs: number;
  readonly cut: boolean;
};

/** By lower-case name, each with one value. */
export type AnswerHeaders = Readonly<Record<string, string | undefined>>;

/** Thrown by `exchange`: what ended it, and how far it had come. */
export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly status: number | null;
  readonly reason: 'timeout' | 'too-large' | 'flood' | 'aborted' | 'error';

  constructor(reason: ExchangeError['reason'], status: number | null, cause?: unknown) {
    super(reason, { cause });
    this.reason = reason;
    this.status = status;
  }
}

/**
 * One request, one answer, on one connection, with every limit that undici leaves open: a deadline over everything (its
 * body timeout only counts idle time), one for the first byte that a flood of 1xx answers cannot push back, a limit on
 * such answers, and on the bytes of the body.
 */
export function exchange(
  connection: Connection,
  request: ExchangeRequest,
  signal: AbortSignal,
): Promise<ExchangeAnswer> {
  return new Promise((resolve, reject) => {
    const { method, origin, path, headers, body } = request;
    const listener = new AnswerListener(request, signal, { resolve, reject });
    if (listener.settled) return;
    connection.dispatcher.dispatch({ method, origin, path, headers, body: body ?? null }, listener);
  });
}

type Settle = { readonly resolve: (answer: ExchangeAnswer) => void; readonly reject: (error: ExchangeError) => void };

class AnswerListener implements Dispatcher.DispatchHandler {
  settled = false;
  readonly #request: ExchangeRequest;
  readonly #signal: AbortSignal;
  readonly #settle: Settle;
  readonly #startedAt = performance.now();
  readonly #chunks: Buffer[] = [];
  readonly #onAbort = () => this.#fail('aborted', this.#signal.reason);
  #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | null = null;
  #status: number | null = null;
  #headers: AnswerHeaders = {};
  #firstByteMs = 0;
  #interimCount = 0;
  #wireBytes = 0;
  /** Of redirects and errors only the header counts. */
  #wanted = true;

  constructor(request: ExchangeRequest, signal: AbortSignal, settle: Settle) {
    this.#request = request;
    this.#signal = signal;
    this.#settle = settle;
    this.#timer = setTimeout(() => this.#fail('timeout'), Math.max(0, Math.min(request.firstByteMs, this.#leftMs())));
    if (signal.aborted) this.#onAbort();
    else signal.addEventListener('abort', this.#onAbort);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.settled) controller.abort(new Error('too late'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) {
      if (++this.#interimCount > interimMax) this.#fail('flood');
      return;
    }
    this.#status = status;
    this.#headers = single(headers);
    this.#firstByteMs = performance.now() - this.#startedAt;
    this.#wanted = status < 300;
    clearTimeout(this.#timer);
    this.#timer = this.#wanted
      ? setTimeout(() => this.#fail('timeout'), this.#leftMs())
      : setTimeout(() => this.#leave(), Math.min(this.#leftMs(), unwantedBodyMs));
    const { wireBytesMax, cut } = this.#request;
    if (this.#wanted && !cut && Number(this.#headers['content-length']) > wireBytesMax) this.#fail('too-large');
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.settled) return;
    const { wireBytesMax, cut } = this.#request;
    this.#wireBytes += chunk.length;
    if (!this.#wanted) {
      if (this.#wireBytes > unwantedBytesMax) this.#leave();
    } else if (this.#wireBytes <= wireBytesMax) {
      this.#chunks.push(chunk);
    } else if (cut) {
      this.#chunks.push(chunk.subarray(0, chunk.length - (this.#wireBytes - wireBytesMax)));
      this.#leave();
    } else {
      this.#fail('too-large');
    }
  }

  onResponseEnd(): void {
    this.#succeed(false);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#wanted) this.#fail('error', error);
    else this.#succeed(true);
  }

  #leftMs(): number {
    return Math.max(0, this.#request.deadlineAt - performance.now());
  }

  /** What we came for is here: the rest of the body is not worth the wait. */
  #leave(): void {
    this.#succeed(true);
    this.#controller?.abort(new Error('left early'));
  }

  #succeed(cut: boolean): void {
    if (!this.#end()) return;
    this.#settle.resolve({
      status: this.#status ?? 0,
      headers: this.#headers,
      chunks: this.#chunks,
      wireBytes: this.#wireBytes,
      firstByteMs: this.#firstByteMs,
      cut,
    });
  }

  #fail(reason: ExchangeError['reason'], cause?: unknown): void {
    if (!this.#end()) return;
    const error = new ExchangeError(reason, this.#status, cause);
    this.#settle.reject(error);
    this.#controller?.abort(error);
  }

  #end(): boolean {
    if (this.settled) return false;
    this.settled = true;
    clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this.#onAbort);
    return true;
  }
}

/** A header that came several times: lists are joined (RFC 9110 §5.3), of all others the first counts. */
function single(headers: IncomingHttpHeaders): AnswerHeaders {
  const answer: Record<string, string | undefined> = headers as Record<string, string | undefined>;
  for (const [name, value] of Object.entries(headers)) {
    if (Array.isArray(value)) answer[name] = lists.has(name) ? value.join(', ') : value[0];
  }
  return answer;
}

const lists: ReadonlySet<string> = new Set(['link', 'cache-control', 'content-encoding']);

const interimMax = 16;
// The end of an error page is awaited only to keep the connection.
const unwantedBytesMax = 64 * 1024;
const unwantedBodyMs = 500;

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
  readonly headers: IncomingHttpHeaders;
  /** Still encoded. Empty for statuses whose body nobody reads. */
  readonly chunks: readonly Buffer[];
  readonly wireBytes: number;
  readonly firstByteMs: number;
  readonly cut: boolean;
};

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
    const startedAt = performance.now();
    let controller: Dispatcher.DispatchController | null = null;
    let settled = false;
    let status: number | null = null;
    let headers: IncomingHttpHeaders = {};
    let firstByteMs = 0;
    let interimCount = 0;
    let wireBytes = 0;
    let wanted = true;
    const chunks: Buffer[] = [];

    function settle(): boolean {
      if (settled) return false;
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      return true;
    }
    function fail(reason: ExchangeError['reason'], cause?: unknown): void {
      if (!settle()) return;
      const error = new ExchangeError(reason, status, cause);
      reject(error);
      controller?.abort(error);
    }
    function succeed(cut: boolean): void {
      if (!settle()) return;
      resolve({ status: status ?? 0, headers, chunks, wireBytes, firstByteMs, cut });
    }
    /** What we came for is here: the rest of the body is not worth the wait. */
    const leave = () => {
      succeed(true);
      controller?.abort(new Error('left early'));
    };
    const onAbort = () => fail('aborted', signal.reason);
    const onTime = () => fail('timeout');
    let timer = setTimeout(onTime, Math.max(0, Math.min(request.firstByteMs, request.deadlineAt - startedAt)));
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort);

    connection.dispatcher.dispatch(
      {
        method: request.method,
        origin: request.origin,
        path: request.path,
        headers: request.headers,
        body: request.body ?? null,
      },
      {
        onRequestStart(started) {
          controller = started;
          if (settled) started.abort(new Error('too late'));
        },
        onResponseStart(_controller, statusCode, answerHeaders) {
          if (statusCode < 200) {
            if (++interimCount > interimMax) fail('flood');
            return;
          }
          status = statusCode;
          headers = answerHeaders;
          firstByteMs = performance.now() - startedAt;
          wanted = statusCode < 300; // of redirects and errors only the header counts
          clearTimeout(timer);
          const leftMs = Math.max(0, request.deadlineAt - performance.now());
          timer = wanted ? setTimeout(onTime, leftMs) : setTimeout(leave, Math.min(leftMs, unwantedBodyMs));
          if (wanted && !request.cut && Number(answerHeaders['content-length']) > request.wireBytesMax)
            fail('too-large');
        },
        onResponseData(_controller, chunk) {
          if (settled) return;
          wireBytes += chunk.length;
          if (!wanted) {
            if (wireBytes > unwantedBytesMax) leave();
            return;
          }
          if (wireBytes > request.wireBytesMax) {
            if (!request.cut) return fail('too-large');
            chunks.push(chunk.subarray(0, chunk.length - (wireBytes - request.wireBytesMax)));
            return leave();
          }
          chunks.push(chunk);
        },
        onResponseEnd() {
          succeed(false);
        },
        onResponseError(_controller, error) {
          if (wanted) fail('error', error);
          else succeed(true);
        },
      },
    );
  });
}

const interimMax = 16;
// The end of an error page is awaited only to keep the connection.
const unwantedBytesMax = 64 * 1024;
const unwantedBodyMs = 500;

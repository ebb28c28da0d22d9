import type { ErrorCode } from '../errors.ts';
import { BoundedProcess, type ProcessStop } from '../reader/bounded-process.ts';

export type ParseRequest = {
  readonly body: Uint8Array;
  readonly url: string | null;
  readonly contentType: string | null;
};

/** The document as JSON (the shape of docs/technotes/001-reading-feeds.md), or why there is none. */
export type ParseAnswer =
  | { readonly ok: true; readonly json: string }
  | { readonly ok: false; readonly error: { readonly code: ErrorCode; readonly message: string } };

/** Well under the 15 s in which every answer is promised. */
const timeBudgetMs = 8_000;
const heapMaxMiB = 768;

/**
 * One warm process that reads documents in order of arrival. A document that exceeds the budget of time or memory costs the process:
 * it is answered with an error, and a new process reads on.
 */
export class ParseProcess {
  readonly #limits: { readonly timeBudgetMs: number; readonly heapMaxMiB: number };
  readonly #process: BoundedProcess<ParseRequest, ParseAnswer>;
  #before: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(limits: { timeBudgetMs?: number; heapMaxMiB?: number } = {}) {
    this.#limits = { timeBudgetMs, heapMaxMiB, ...limits };
    this.#process = new BoundedProcess(new URL('./parse-program', import.meta.url), this.#limits);
  }

  /** Never rejects. */
  parse(request: ParseRequest): Promise<ParseAnswer> {
    const answer = this.#before.then(async () => {
      if (this.#closed) return refusal('document-too-slow', 'The reader was closed.');
      const end = await this.#process.run(request);
      return 'ok' in end ? end : this.#told(end);
    });
    this.#before = answer;
    return answer;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#process.close();
  }

  #told(stop: ProcessStop): ParseAnswer {
    if (this.#closed) return refusal('document-too-slow', 'The reader was closed.');
    switch (stop.kind) {
      case 'too-slow':
        return refusal(
          'document-too-slow',
          `Reading the document took longer than ${this.#limits.timeBudgetMs / 1000} s.`,
        );
      case 'too-large':
        return refusal('document-too-large', `Reading the document took more than ${this.#limits.heapMaxMiB} MiB.`);
      case 'died':
        return refusal('not-a-feed', `Reading the document failed: ${stop.message}.`);
    }
  }
}

function refusal(code: ErrorCode, message: string): ParseAnswer {
  return { ok: false, error: { code, message } };
}

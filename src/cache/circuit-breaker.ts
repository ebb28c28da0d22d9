/**
 * Goes around a server that does not answer, so that its time-out is paid a few times and not by every request. While open,
 * one trial at a time is let through after each pause.
 */
const failuresMax = 3;
const pauseMsMin = 1_000;
const pauseMsMax = 8_000;

export class CircuitBreaker {
  #failures = 0;
  #pauseMs = pauseMsMin;
  #openUntil = 0;
  #trial = false;
  readonly #now: () => number;

  /** @param now a monotonic clock, milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  get open(): boolean {
    return this.#failures >= failuresMax;
  }

  /** @returns whether to try now; whoever tries says how it went. */
  allow(): boolean {
    if (!this.open) return true;
    if (this.#trial || this.#now() < this.#openUntil) return false;
    this.#trial = true;
    return true;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#pauseMs = pauseMsMin;
    this.#trial = false;
  }

  /** @returns whether it was a trial, or the failure that opened the circuit. */
  failed(): boolean {
    const wasTrial = this.#trial;
    this.#failures++;
    if (!this.open) return false;
    const opens = this.#failures === failuresMax;
    if (!opens && !wasTrial) return false;
    this.#trial = false;
    this.#openUntil = this.#now() + this.#pauseMs;
    if (wasTrial) this.#pauseMs = Math.min(this.#pauseMs * 2, pauseMsMax);
    return true;
  }
}

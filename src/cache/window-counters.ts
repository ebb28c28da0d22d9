/** Events per key in windows of fixed length that begin with their first event. */
const keysMax = 20_000;

export class WindowCounters {
  readonly #windows = new Map<string, { readonly endsAt: number; count: number }>();

  count(key: string, { now, windowMs }: { now: number; windowMs: number }): number {
    const window = this.#windows.get(key);
    if (window && window.endsAt > now && window.endsAt <= now + windowMs) return ++window.count;
    if (this.#windows.size >= keysMax) this.#drop(now);
    this.#windows.delete(key);
    this.#windows.set(key, { endsAt: now + windowMs, count: 1 });
    return 1;
  }

  /** Ended windows first; if none has ended, the eldest tenth: whoever floods with keys must not fill the memory. */
  #drop(now: number): void {
    for (const [key, window] of this.#windows) if (window.endsAt <= now) this.#windows.delete(key);
    let surplus = this.#windows.size - keysMax * 0.9;
    for (const key of this.#windows.keys()) {
      if (surplus-- <= 0) break;
      this.#windows.delete(key);
    }
  }
}

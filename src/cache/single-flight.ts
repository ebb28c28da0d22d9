/** One computation per key at a time: whoever asks meanwhile gets the same promise, its rejection too. */
export class SingleFlight<T> {
  readonly #running = new Map<string, Promise<T>>();

  /** @param keep is called with the value, unless the key was forgotten meanwhile: then the value may be outdated. */
  run(key: string, compute: () => Promise<T>, keep: (value: T) => void): Promise<T> {
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const promise: Promise<T> = this.#fly(key, { compute, keep, current: () => this.#running.get(key) === promise });
    this.#running.set(key, promise);
    return promise;
  }

  /** The next to ask computes anew; those who asked already get what they asked for. */
  forget(key: string): void {
    this.#running.delete(key);
  }

  async #fly(
    key: string,
    { compute, keep, current }: { compute: () => Promise<T>; keep: (value: T) => void; current: () => boolean },
  ): Promise<T> {
    // In a later turn, so that the promise is on the map whatever `compute` does.
    await Promise.resolve();
    try {
      const value = await compute();
      if (current()) keep(value);
      return value;
    } finally {
      if (current()) this.#running.delete(key);
    }
  }
}

/** One computation per key at a time: whoever asks meanwhile gets the same promise, its rejection too. */
export class SingleFlight<T> {
  readonly #running = new Map<string, Promise<T>>();

  run(key: string, compute: () => Promise<T>): Promise<T> {
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const promise = compute().finally(() => this.#running.delete(key));
    this.#running.set(key, promise);
    return promise;
  }
}

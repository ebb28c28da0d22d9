/** Who listens to which channel in this process. A listener that throws is a mistake of this program and is not hidden. */
export class Listeners {
  readonly #channels = new Map<string, Set<(message: string) => void>>();

  add(channel: string, listener: (message: string) => void): () => void {
    const listeners = this.#channels.get(channel) ?? new Set();
    listeners.add(listener);
    this.#channels.set(channel, listeners);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#channels.get(channel) === listeners) this.#channels.delete(channel);
    };
  }

  /** Never from within the caller's own stack: a publisher does not run its listeners' code. */
  notify(channel: string, message: string): void {
    for (const listener of this.#channels.get(channel) ?? []) queueMicrotask(() => listener(message));
  }
}

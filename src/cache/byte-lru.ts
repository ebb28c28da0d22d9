/**
 * Bytes by key, the least recently used dropped first, bounded by their total size: a Map keeps the order of insertion, so
 * that its first key is the eldest. Every entry also has an end.
 */
type Entry = { readonly value: Uint8Array; readonly bytes: number; readonly storedAt: number; readonly endsAt: number };

/** What an entry costs besides its value: the key, twice as UTF-16, and the map's own share. */
const entryOverheadBytes = 160;

export class ByteLru {
  readonly #entries = new Map<string, Entry>();
  readonly #bytesMax: number;
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @param ageMsMax entries stored longer ago are misses, whatever end they were given. */
  get(key: string, now: number, ageMsMax = Number.POSITIVE_INFINITY): Uint8Array | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    // A clock that was set back makes no entry immortal: one from the future is a miss.
    if (entry.endsAt <= now || entry.storedAt > now || now - entry.storedAt > ageMsMax) {
      this.delete(key);
      return undefined;
    }
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** A value larger than a quarter of the whole would throw everything else out: it is not kept. */
  set(key: string, value: Uint8Array, { now, ttlMs }: { now: number; ttlMs: number }): void {
    this.delete(key);
    const bytes = value.byteLength + key.length * 2 + entryOverheadBytes;
    if (ttlMs <= 0 || bytes > this.#bytesMax / 4) return;
    this.#entries.set(key, { value, bytes, storedAt: now, endsAt: now + ttlMs });
    this.#bytes += bytes;
    for (const eldest of this.#entries.keys()) {
      if (this.#bytes <= this.#bytesMax) break;
      this.delete(eldest);
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
  }

  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }
}

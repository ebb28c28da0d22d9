import { createHash } from 'node:crypto';
import type { Encoder } from './encoder.ts';

/**
 * Keeps the vectors of the last `entriesMax` texts by the text's hash (5,000 of 384 numbers take 8 MB), and asks for a text
 * that stands several times in one call only once.
 */
export function createCachedEncoder(inner: Encoder, { entriesMax = 5000 }: { entriesMax?: number } = {}): Encoder {
  // A Map keeps insertion order: the first key is the one unused for longest.
  const vectors = new Map<string, Float32Array>();

  function remember(key: string, vector: Float32Array): void {
    vectors.delete(key);
    vectors.set(key, vector);
    if (vectors.size > entriesMax) vectors.delete(vectors.keys().next().value ?? '');
  }

  return {
    name: inner.name,
    get dimension() {
      return inner.dimension;
    },
    async encode(texts, options) {
      const keys = texts.map(text => createHash('sha256').update(text).digest('base64'));
      // Held here too: a call with more texts than the cache has room for still answers all of them.
      const answers = new Map<string, Float32Array>();
      const missing = new Map<string, string>();
      for (const [i, key] of keys.entries()) {
        const known = vectors.get(key);
        if (known) answers.set(key, known);
        else missing.set(key, texts[i] ?? '');
      }
      if (missing.size > 0) {
        const fresh = await inner.encode([...missing.values()], options);
        for (const [i, key] of [...missing.keys()].entries()) answers.set(key, fresh[i] as Float32Array);
      }
      for (const [key, vector] of answers) remember(key, vector);
      return keys.map(key => answers.get(key) as Float32Array);
    },
    status: () => inner.status(),
  };
}

import type { Millis } from '../model.ts';
import type { Encoder, EncoderStatus } from './encoder.ts';

/** What the dedup stage asks: vectors where there are any. */
export type OptionalVectors = {
  /** The encoder's name for the engine's calibration; `static` when there is none. */
  readonly name: string;
  /** One for each text, or `undefined` for all of them: then the lexicon decides alone. Rejects only when aborted. */
  vectorsOf(
    texts: readonly string[],
    options: { readonly signal: AbortSignal },
  ): Promise<readonly (Float32Array | undefined)[]>;
  status(): EncoderStatus;
};

const restMsFirst = 5_000;
const restMsMax = 10 * 60_000;

/**
 * Makes an encoder's failure harmless: a failed or slow call (`timeoutMs`) yields no vectors, and the encoder is left alone for
 * 5 s, then twice as long each time up to 10 min, so that a server that is down costs the dedup nothing.
 */
export function createOptionalVectors(
  encoder: Encoder | null,
  { now, timeoutMs = 15_000 }: { readonly now: () => Millis; readonly timeoutMs?: number },
): OptionalVectors {
  let restUntil: Millis = 0;
  let restMs = restMsFirst;

  if (!encoder)
    return {
      name: 'static',
      vectorsOf: async texts => texts.map(() => undefined),
      status: () => ({ state: 'ready', detail: 'the built-in lexicon', progress: null }),
    };

  return {
    name: encoder.name,
    async vectorsOf(texts, { signal }) {
      signal.throwIfAborted();
      const none = texts.map(() => undefined);
      if (texts.length === 0 || now() < restUntil) return none;
      try {
        const vectors = await encoder.encode(texts, {
          signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        });
        restMs = restMsFirst;
        return vectors;
      } catch {
        // The encoder's own status says what went wrong; the lexicon goes on.
        signal.throwIfAborted();
        restUntil = now() + restMs;
        // While a model loads the next question is cheap: do not stretch the pause.
        if (encoder.status().state !== 'loading') restMs = Math.min(restMsMax, restMs * 2);
        return none;
      }
    },
    status: () => encoder.status(),
  };
}

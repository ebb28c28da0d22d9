/** Text to meaning: what the dedup may ask beside its own lexicon. */
export type Encoder = {
  /** With the model: `http:bge-m3`. Vectors of different names are never compared. */
  readonly name: string;
  /** Numbers per vector; 0 until the first answer has said so. */
  readonly dimension: number;
  /**
   * One vector of length 1 for each text, in order.
   * Rejects with `AppError('encoder-failed')` when it cannot answer, with the signal's reason when aborted.
   */
  encode(texts: readonly string[], options: { readonly signal: AbortSignal }): Promise<Float32Array[]>;
  status(): EncoderStatus;
};

export type EncoderStatus = {
  readonly state: 'idle' | 'loading' | 'ready' | 'failed';
  /** For people: what is going on, and what to do when it failed. */
  readonly detail: string;
  /** 0 to 1 while a model is fetched. */
  readonly progress: number | null;
};

/** Scales to length 1 in place, so that a dot product is a cosine; a vector of zeros stays. */
export function toUnitLength(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  if (length > 0) for (let i = 0; i < vector.length; i += 1) vector[i] = (vector[i] ?? 0) / length;
  return vector;
}

import { textToEncode } from '../core/dedup/item-features.ts';
import { chooseEncoder } from '../encoders/choose-encoder.ts';
import { AppError } from '../errors.ts';
import type { LabelledItem } from '../eval/labelled-item.ts';
import type { CommandIo } from './command-io.ts';
import { startProgress } from './line-progress.ts';

export type EncoderArgs = {
  /** `onnx` or `http`; none: the lexicon alone. */
  readonly encoder?: string;
  readonly encoderUrl?: string;
  readonly encoderModel?: string;
};

const batch = 32;

/**
 * The items with the vectors that an encoder gives them, as the service asks for them.
 * @throws AppError `usage`, `encoder-failed`: a measurement without half of its vectors would mislead.
 */
export async function encodeItems(
  items: readonly LabelledItem[],
  { encoder: kind, encoderUrl, encoderModel }: EncoderArgs,
  io: CommandIo,
): Promise<readonly LabelledItem[]> {
  if (kind === undefined) return items;
  if (kind !== 'onnx' && kind !== 'http') throw new AppError('usage', `--encoder ${kind}: write onnx or http`);
  const encoder = chooseEncoder({ encoder: kind, encoderUrl, encoderModel }, { fetch, cacheFolder: 'data/models' });
  const progress = startProgress(io.stderr, { label: 'encoding', total: items.length, unit: 'items' });
  const out: LabelledItem[] = [];
  try {
    for (let from = 0; from < items.length; from += batch) {
      const part = items.slice(from, from + batch);
      const vectors = await encoder?.encode(part.map(textToEncode), { signal: io.signal });
      part.forEach((item, at) => {
        const vector = vectors?.[at];
        out.push(vector === undefined ? item : { ...item, vector });
      });
      progress.update(out.length);
    }
  } finally {
    progress.stop();
  }
  return out;
}

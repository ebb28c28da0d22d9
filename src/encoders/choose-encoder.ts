import { basename, dirname, isAbsolute } from 'node:path';
import { AppError } from '../errors.ts';
import { createCachedEncoder } from './cached-encoder.ts';
import type { Encoder } from './encoder.ts';
import { createHttpEncoder } from './http-encoder.ts';
import { createOnnxEncoder, type OnnxEncoderOptions } from './onnx-encoder.ts';

/** The part of the settings' `dedup` section that chooses and describes the encoder. */
export type EncoderSettings = {
  readonly encoder: 'static' | 'onnx' | 'http';
  readonly encoderUrl?: string | undefined;
  /** `http`: the server's name for it. `onnx`: a model of the hub, or a folder (`./models/my-e5`). */
  readonly encoderModel?: string | undefined;
  readonly encoderKey?: string | undefined;
};

export type EncoderParts = {
  readonly fetch: typeof fetch;
  /** Where fetched models are kept. */
  readonly cacheFolder?: string;
  readonly loadTransformers?: NonNullable<OnnxEncoderOptions['load']>;
};

/** What Ollama and most other servers call the usual multilingual model. */
const defaultHttpModel = 'bge-m3';

/**
 * The encoder that the settings ask for, with a cache; `null` for `static`: the lexicon is the engine's own.
 * @throws AppError `config-invalid` when `http` lacks its address or the address is no http one.
 */
export function chooseEncoder(settings: EncoderSettings, parts: EncoderParts): Encoder | null {
  switch (settings.encoder) {
    case 'static':
      return null;
    case 'onnx':
      return createCachedEncoder(
        createOnnxEncoder({
          ...modelPlace(settings.encoderModel),
          ...(parts.cacheFolder === undefined ? {} : { cacheFolder: parts.cacheFolder }),
          ...(parts.loadTransformers === undefined ? {} : { load: parts.loadTransformers }),
        }),
      );
    case 'http':
      return createCachedEncoder(
        createHttpEncoder({
          url: addressOf(settings),
          model: settings.encoderModel ?? defaultHttpModel,
          ...(settings.encoderKey === undefined ? {} : { apiKey: settings.encoderKey }),
          fetch: parts.fetch,
        }),
      );
    default:
      return settings.encoder satisfies never;
  }
}

function addressOf({ encoderUrl }: EncoderSettings): string {
  if (encoderUrl !== undefined) return encoderUrl;
  throw new AppError(
    'config-invalid',
    'the http encoder needs dedup.encoderUrl, for example http://localhost:11434/v1',
  );
}

function modelPlace(model: string | undefined): { model?: string; modelsFolder?: string } {
  if (model === undefined) return {};
  if (!model.startsWith('.') && !isAbsolute(model)) return { model };
  return { model: basename(model), modelsFolder: dirname(model) };
}

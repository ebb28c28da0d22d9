import { AppError } from '../errors.ts';
import { type Encoder, type EncoderStatus, toUnitLength } from './encoder.ts';

/** The part of `@huggingface/transformers` that is used. */
export type Transformers = {
  readonly env: { allowRemoteModels: boolean; localModelPath: string; cacheDir: string | null };
  pipeline(task: 'feature-extraction', model: string, options: PipelineOptions): Promise<FeatureExtractor>;
};

type PipelineOptions = {
  readonly dtype: string;
  readonly local_files_only?: boolean;
  readonly progress_callback: (event: {
    readonly status: string;
    readonly file?: string;
    readonly loaded?: number;
    readonly total?: number;
  }) => void;
};

type FeatureExtractor = (
  texts: string[],
  options: { readonly pooling: 'mean'; readonly normalize: boolean },
) => Promise<{ readonly dims: readonly number[]; readonly data: ArrayLike<number> }>;

export type OnnxEncoderOptions = {
  /** A model on the hub; with `modelsFolder`, the name of the folder within it. */
  readonly model?: string;
  /** Where models lie already: nothing is fetched then. */
  readonly modelsFolder?: string;
  /** Where a fetched model is kept. */
  readonly cacheFolder?: string;
  /** `q8`: 118 MB for multilingual-e5-small. */
  readonly dtype?: string;
  readonly batchMax?: number;
  readonly textCharsMax?: number;
  /** How the library is loaded; tests pass their own. */
  readonly load?: () => Promise<Transformers>;
};

/** MIT, 118 MB as 8-bit integers, 384 numbers, a hundred languages. */
export const defaultModel = 'Xenova/multilingual-e5-small';

export const installCommand = 'npm install --no-save --ignore-scripts @huggingface/transformers';

/**
 * A neural encoder in this process. The library is not among the project's packages: parts of it (onnxruntime-node,
 * protobufjs) have install scripts, and it weighs 475 MB; whoever wants it installs it with `installCommand`.
 * The first `encode` starts loading and rejects until the model is there; the dedup goes on with the lexicon meanwhile.
 */
export function createOnnxEncoder(options: OnnxEncoderOptions = {}): Encoder {
  const { model = defaultModel, batchMax = 16, textCharsMax = 1000 } = options;
  const progress = new DownloadProgress();
  let dimension = 0;
  let extract: FeatureExtractor | null = null;
  let status: EncoderStatus = { state: 'idle', detail: `${model}: not asked yet`, progress: null };

  async function start(): Promise<void> {
    try {
      const transformers = await loadLibrary(options.load);
      extract = await openModel(transformers, options, event => progress.note(event));
      status = { state: 'ready', detail: model, progress: null };
    } catch (error) {
      status = {
        state: 'failed',
        detail: error instanceof AppError ? error.message : `${model}: ${String(error)}`,
        progress: null,
      };
    }
  }

  function currentStatus(): EncoderStatus {
    if (status.state !== 'loading') return status;
    return { ...status, progress: progress.share(), detail: `${model}: loading, ${progress.describe()}` };
  }

  return {
    name: `onnx:${model}`,
    get dimension() {
      return dimension;
    },
    async encode(texts, { signal }) {
      if (status.state === 'idle') {
        status = { state: 'loading', detail: `${model}: loading`, progress: 0 };
        // Not awaited: the dedup must not stand still for a download of minutes. start() itself never rejects.
        void start();
      }
      if (!extract) throw new AppError('encoder-failed', currentStatus().detail);
      const vectors: Float32Array[] = [];
      for (let first = 0; first < texts.length; first += batchMax) {
        signal.throwIfAborted();
        const batch = texts.slice(first, first + batchMax).map(text => prefixOf(model) + text.slice(0, textCharsMax));
        vectors.push(...rowsOf(await extract(batch, { pooling: 'mean', normalize: true }), batch.length));
      }
      dimension = vectors[0]?.length ?? dimension;
      return vectors;
    },
    status: currentStatus,
  };
}

async function loadLibrary(load: OnnxEncoderOptions['load']): Promise<Transformers> {
  // A name the compiler cannot follow: the package is not installed here.
  const name: string = '@huggingface/transformers';
  try {
    return await (load ? load() : (import(name) as Promise<Transformers>));
  } catch (error) {
    throw new AppError(
      'encoder-failed',
      `the onnx encoder needs a package that is not installed. Run: ${installCommand}`,
      {
        cause: error,
      },
    );
  }
}

async function openModel(
  transformers: Transformers,
  { model = defaultModel, modelsFolder, cacheFolder, dtype = 'q8' }: OnnxEncoderOptions,
  onProgress: PipelineOptions['progress_callback'],
): Promise<FeatureExtractor> {
  if (cacheFolder !== undefined) transformers.env.cacheDir = cacheFolder;
  if (modelsFolder !== undefined) {
    transformers.env.localModelPath = modelsFolder;
    transformers.env.allowRemoteModels = false;
  }
  return await transformers.pipeline('feature-extraction', model, {
    dtype,
    ...(modelsFolder === undefined ? {} : { local_files_only: true }),
    progress_callback: onProgress,
  });
}

/** E5 models were trained with a word before each text; both sides of a comparison are a "query" (the model's card). */
function prefixOf(model: string): string {
  return /(^|[/-])e5-/i.test(model) ? 'query: ' : '';
}

function rowsOf(tensor: Awaited<ReturnType<FeatureExtractor>>, count: number): Float32Array[] {
  const width = tensor.dims.at(-1) ?? 0;
  if (tensor.dims[0] !== count || width === 0 || tensor.data.length !== count * width)
    throw new AppError('encoder-failed', 'the model is no sentence encoder: it gave no vector for each text');
  return Array.from({ length: count }, (_, row) =>
    toUnitLength(Float32Array.from({ length: width }, (_, column) => tensor.data[row * width + column] ?? 0)),
  );
}

class DownloadProgress {
  readonly #files = new Map<string, { loaded: number; total: number }>();

  note({ status, file = '', loaded = 0, total = 0 }: Parameters<PipelineOptions['progress_callback']>[0]): void {
    if (status === 'progress') this.#files.set(file, { loaded, total });
  }

  share(): number {
    const { loaded, total } = this.#sum();
    return total > 0 ? Math.min(1, loaded / total) : 0;
  }

  describe(): string {
    const { loaded, total } = this.#sum();
    return total > 0 ? `${(loaded / 1e6).toFixed(0)} of ${(total / 1e6).toFixed(0)} MB` : 'starting';
  }

  #sum(): { loaded: number; total: number } {
    let sum = { loaded: 0, total: 0 };
    for (const { loaded, total } of this.#files.values())
      sum = { loaded: sum.loaded + loaded, total: sum.total + total };
    return sum;
  }
}

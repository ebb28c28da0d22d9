import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Encoder } from '../../src/encoders/encoder.ts';
import { createOnnxEncoder, installCommand, type Transformers } from '../../src/encoders/onnx-encoder.ts';
import { makeTinyOnnx } from '../../tools/make-tiny-onnx.ts';

const signal = new AbortController().signal;

/** Counts characters instead of running a model; loading waits until `open` is called. */
function fakeLibrary(): {
  load: () => Promise<Transformers>;
  open: () => void;
  texts: string[];
  env: Transformers['env'];
} {
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  const texts: string[] = [];
  const env: Transformers['env'] = { allowRemoteModels: true, localModelPath: '', cacheDir: null };
  const load = async (): Promise<Transformers> => ({
    env,
    pipeline: async (_task, _model, options) => {
      options.progress_callback({ status: 'progress', file: 'model.onnx', loaded: 59_000_000, total: 118_000_000 });
      await opened;
      return async batch => {
        texts.push(...batch);
        return { dims: [batch.length, 2], data: batch.flatMap(text => [text.length, 0]) };
      };
    },
  });
  return { load, open, texts, env };
}

async function untilLoaded(encoder: Encoder): Promise<void> {
  for (let tries = 0; encoder.status().state === 'loading' && tries < 1000; tries += 1)
    await new Promise(resolve => setTimeout(resolve, 10));
}

async function failureOf(question: Promise<unknown>): Promise<string> {
  return question.then(
    () => 'it answered',
    (error: Error) => error.message,
  );
}

describe('onnx encoder', () => {
  it('starts loading at the first question and refuses until the model is there, saying how far it is', async () => {
    const library = fakeLibrary();
    const encoder = createOnnxEncoder({ load: library.load });
    expect(encoder.status().state).to.equal('idle');
    expect(await failureOf(encoder.encode(['a'], { signal }))).to.match(/loading/);
    await new Promise(resolve => setImmediate(resolve));
    expect(encoder.status()).to.include({ state: 'loading', progress: 0.5 });
    expect(encoder.status().detail).to.match(/59 of 118 MB/);
    library.open();
    await untilLoaded(encoder);
    expect(encoder.status().state).to.equal('ready');
    expect((await encoder.encode(['a'], { signal }))[0]?.[0]).to.equal(1);
  });

  it('puts the word before each text that E5 models were trained with, and works in batches', async () => {
    const library = fakeLibrary();
    library.open();
    const encoder = createOnnxEncoder({ load: library.load, batchMax: 2 });
    await failureOf(encoder.encode(['a'], { signal }));
    await untilLoaded(encoder);
    expect(await encoder.encode(['a', 'b', 'c'], { signal })).to.have.length(3);
    expect(library.texts).to.deep.equal(['query: a', 'query: b', 'query: c']);
  });

  it('fetches nothing when the models lie in a folder', async () => {
    const library = fakeLibrary();
    library.open();
    const encoder = createOnnxEncoder({ load: library.load, model: 'mine', modelsFolder: '/models' });
    await failureOf(encoder.encode(['a'], { signal }));
    await untilLoaded(encoder);
    expect(library.env).to.include({ allowRemoteModels: false, localModelPath: '/models' });
  });

  it('names the one command to run when the library is not installed', async () => {
    const encoder = createOnnxEncoder({ load: () => Promise.reject(new Error('Cannot find package')) });
    await failureOf(encoder.encode(['a'], { signal }));
    await untilLoaded(encoder);
    expect(encoder.status().state).to.equal('failed');
    expect(encoder.status().detail).to.include(installCommand);
    expect(await failureOf(encoder.encode(['a'], { signal }))).to.include(installCommand);
  });

  it('refuses a model that gives no vector for each text', async () => {
    const encoder = createOnnxEncoder({
      load: async () => ({
        env: { allowRemoteModels: true, localModelPath: '', cacheDir: null },
        pipeline: async () => async () => ({ dims: [1], data: [1] }),
      }),
    });
    await failureOf(encoder.encode(['a'], { signal }));
    await untilLoaded(encoder);
    expect(await failureOf(encoder.encode(['a', 'b'], { signal }))).to.match(/no sentence encoder/);
  });

  it('runs a real ONNX model through the real library', async function () {
    const library = await installedTransformers();
    if (!library) {
      // Not among the project's packages (docs/encoders.md); whoever has it can name the folder it is installed in.
      console.log('      onnx: @huggingface/transformers is not installed: not run (NEWSFOLD_TRANSFORMERS=FOLDER)');
      return this.skip();
    }
    const folder = await mkdtemp(join(tmpdir(), 'newsfold-onnx-'));
    try {
      await makeTinyOnnx(join(folder, 'tiny'));
      const encoder = createOnnxEncoder({
        load: async () => library,
        model: 'tiny',
        modelsFolder: folder,
        dtype: 'fp32',
      });
      await failureOf(encoder.encode(['a'], { signal }));
      await untilLoaded(encoder);
      expect(encoder.status().detail).to.equal('tiny');
      const [quake, alike, strike] = await encoder.encode(['the quake', 'a quake in the port', 'strike'], { signal });
      expect(encoder.dimension).to.equal(16);
      expect(cosine(quake, alike)).to.be.greaterThan(cosine(quake, strike) + 0.1);
      expect(cosine(quake, quake)).to.be.closeTo(1, 1e-5);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

function cosine(a: Float32Array | undefined, b: Float32Array | undefined): number {
  return [...(a ?? [])].reduce((sum, value, i) => sum + value * (b?.[i] ?? 0), 0);
}

async function installedTransformers(): Promise<Transformers | null> {
  const from = process.env.NEWSFOLD_TRANSFORMERS ?? process.cwd();
  try {
    const file = createRequire(join(from, 'package.json')).resolve('@huggingface/transformers');
    return (await import(pathToFileURL(file).href)) as Transformers;
  } catch {
    return null;
  }
}

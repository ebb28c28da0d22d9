import { expect } from 'chai';
import { createCachedEncoder } from '../../src/encoders/cached-encoder.ts';
import { chooseEncoder } from '../../src/encoders/choose-encoder.ts';
import type { Encoder } from '../../src/encoders/encoder.ts';
import { createOptionalVectors } from '../../src/encoders/optional-vectors.ts';
import { AppError } from '../../src/errors.ts';

const signal = new AbortController().signal;

function countingEncoder(fail: () => boolean = () => false): Encoder & { asked: string[][] } {
  const asked: string[][] = [];
  return {
    asked,
    name: 'counting',
    dimension: 1,
    async encode(texts) {
      asked.push([...texts]);
      if (fail()) throw new AppError('encoder-failed', 'down');
      return texts.map(text => Float32Array.of(text.length));
    },
    status: () => ({ state: 'ready', detail: '', progress: null }),
  };
}

describe('cached encoder', () => {
  it('asks once for a text, however often it stands in a call or comes again', async () => {
    const inner = countingEncoder();
    const cached = createCachedEncoder(inner);
    const first = await cached.encode(['a', 'bb', 'a'], { signal });
    expect(first.map(vector => vector[0])).to.deep.equal([1, 2, 1]);
    await cached.encode(['bb', 'ccc'], { signal });
    expect(inner.asked).to.deep.equal([['a', 'bb'], ['ccc']]);
  });

  it('forgets what was unused for longest, and answers a call larger than itself', async () => {
    const inner = countingEncoder();
    const cached = createCachedEncoder(inner, { entriesMax: 2 });
    expect(await cached.encode(['a', 'b', 'c'], { signal })).to.have.length(3);
    await cached.encode(['b'], { signal });
    await cached.encode(['d'], { signal });
    await cached.encode(['b', 'c'], { signal });
    expect(inner.asked).to.deep.equal([['a', 'b', 'c'], ['d'], ['c']]);
  });

  it('keeps nothing of a failed call', async () => {
    let down = true;
    const inner = countingEncoder(() => down);
    const cached = createCachedEncoder(inner);
    await cached.encode(['a'], { signal }).catch(() => undefined);
    down = false;
    expect((await cached.encode(['a'], { signal }))[0]?.[0]).to.equal(1);
  });
});

describe('optional vectors', () => {
  it('gives none and rests longer and longer while the encoder fails, then goes on', async () => {
    let [now, down] = [1000, true];
    const inner = countingEncoder(() => down);
    const vectors = createOptionalVectors(inner, { now: () => now });
    const ask = async () => (await vectors.vectorsOf(['a'], { signal }))[0]?.[0];
    expect(await ask()).to.equal(undefined);
    expect(await ask()).to.equal(undefined);
    expect(inner.asked, 'left alone during the rest').to.have.length(1);
    now += 5001;
    await ask();
    now += 5001;
    await ask();
    expect(inner.asked, 'the second rest is longer').to.have.length(2);
    now += 5000;
    down = false;
    expect(await ask()).to.equal(1);
  });

  it('does not wait for a slow encoder', async () => {
    const slow: Encoder = {
      ...countingEncoder(),
      encode: (_, options) =>
        new Promise((_resolve, reject) => options.signal.addEventListener('abort', () => reject(new Error('late')))),
    };
    const vectors = createOptionalVectors(slow, { now: () => 0, timeoutMs: 5 });
    expect(await vectors.vectorsOf(['a', 'b'], { signal })).to.deep.equal([undefined, undefined]);
  });

  it('passes an abort on', async () => {
    const vectors = createOptionalVectors(countingEncoder(), { now: () => 0 });
    const aborted = AbortSignal.abort(new Error('stop'));
    expect(await vectors.vectorsOf(['a'], { signal: aborted }).catch((error: Error) => error.message)).to.equal('stop');
  });

  it('is the lexicon alone when no encoder is chosen', async () => {
    const vectors = createOptionalVectors(null, { now: () => 0 });
    expect(vectors.name).to.equal('static');
    expect(await vectors.vectorsOf(['a'], { signal })).to.deep.equal([undefined]);
  });
});

describe('choosing an encoder', () => {
  const parts = { fetch };
  it('follows the settings', () => {
    expect(chooseEncoder({ encoder: 'static' }, parts)).to.equal(null);
    expect(chooseEncoder({ encoder: 'onnx' }, parts)?.name).to.equal('onnx:Xenova/multilingual-e5-small');
    expect(chooseEncoder({ encoder: 'onnx', encoderModel: './models/mine' }, parts)?.name).to.equal('onnx:mine');
    expect(chooseEncoder({ encoder: 'http', encoderUrl: 'http://h/v1', encoderModel: 'm' }, parts)?.name).to.equal(
      'http:m',
    );
    expect(() => chooseEncoder({ encoder: 'http' }, parts)).to.throw(/encoderUrl/);
  });
});

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createHttpEncoder, embeddingsAddress } from '../../src/encoders/http-encoder.ts';
import { errorCode } from '../../src/errors.ts';

type Question = { path: string; authorization: string | undefined; model: string; input: string[] };

/** A real server on loopback that answers each question with the next of `answers` (the last one repeats). */
class EmbeddingsServer {
  readonly questions: Question[] = [];
  url = '';
  readonly #server: Server;

  constructor(answers: readonly ((question: Question, response: ServerResponse) => void)[]) {
    this.#server = createServer((request, response) => {
      void readJson(request).then(body => {
        const question = {
          path: request.url ?? '',
          authorization: request.headers.authorization,
          ...(body as { model: string; input: string[] }),
        };
        this.questions.push(question);
        answers[Math.min(this.questions.length, answers.length) - 1]?.(question, response);
      });
    });
  }

  async start(): Promise<this> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text);
}

/** The vector says how long the text is, so that a test can see which text it belongs to. */
function good({ input }: Question, response: ServerResponse): void {
  const data = input.map((text, index) => ({ object: 'embedding', index, embedding: [text.length, 1, 0] }));
  response.end(JSON.stringify({ object: 'list', data: data.reverse() }));
}

function status(
  code: number,
  headers: Record<string, string> = {},
): (question: Question, response: ServerResponse) => void {
  return (_, response) => response.writeHead(code, headers).end('{"error":"busy"}');
}

function answer(value: unknown): (question: Question, response: ServerResponse) => void {
  return (_, response) => response.end(JSON.stringify(value));
}

const signal = new AbortController().signal;

describe('http encoder', () => {
  let server: EmbeddingsServer | undefined;
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  async function encoderFor(
    answers: ConstructorParameters<typeof EmbeddingsServer>[0],
    options: Partial<Parameters<typeof createHttpEncoder>[0]> = {},
  ): Promise<ReturnType<typeof createHttpEncoder>> {
    server = await new EmbeddingsServer(answers).start();
    return createHttpEncoder({ url: server.url, model: 'tiny', fetch, retryDelayMs: 1, ...options });
  }

  it('gives each text its own vector of length 1, whatever the order of the answer', async () => {
    const encoder = await encoderFor([good]);
    const [one, three] = await encoder.encode(['a', 'abc'], { signal });
    expect(one?.[0]).to.be.closeTo(Math.SQRT1_2, 1e-6);
    expect(three?.[0]).to.be.closeTo(3 / Math.sqrt(10), 1e-6);
    expect(encoder.dimension).to.equal(3);
    expect(encoder.status().state).to.equal('ready');
    expect(server?.questions[0]).to.include({ path: '/v1/embeddings', model: 'tiny', authorization: undefined });
  });

  it('asks in batches, cuts long texts, and sends the key', async () => {
    const encoder = await encoderFor([good], { batchMax: 2, textCharsMax: 5, apiKey: 'k' });
    const vectors = await encoder.encode(['a', 'b', 'c'.repeat(100)], { signal });
    expect(vectors).to.have.length(3);
    expect(server?.questions.map(question => question.input)).to.deep.equal([['a', 'b'], ['ccccc']]);
    expect(server?.questions[0]?.authorization).to.equal('Bearer k');
  });

  it('reads embeddings in base64', async () => {
    const embedding = Buffer.from(Float32Array.from([3, 4]).buffer).toString('base64');
    const encoder = await encoderFor([answer({ data: [{ index: 0, embedding }] })]);
    const [vector] = await encoder.encode(['a'], { signal });
    expect([...(vector ?? [])].map(value => Math.round(value * 10))).to.deep.equal([6, 8]);
  });

  it('tries again when the server is busy, and says so when it stays busy', async () => {
    const encoder = await encoderFor([status(503), status(429, { 'retry-after': '0' }), good]);
    expect(await encoder.encode(['a'], { signal })).to.have.length(1);
    expect(server?.questions).to.have.length(3);

    await server?.stop();
    const refused = await encoderFor([status(503)], { attemptsMax: 2 });
    expect(await failureOf(refused.encode(['a'], { signal }))).to.match(/answered 503/);
    expect(server?.questions).to.have.length(2);
    expect(refused.status().state).to.equal('failed');
  });

  const refusals: [string, unknown][] = [
    ['no JSON object', 'hello'],
    ['no data', {}],
    ['too few vectors', { data: [] }],
    [
      'two vectors of one number',
      {
        data: [
          { index: 0, embedding: [1] },
          { index: 0, embedding: [1] },
        ],
      },
    ],
    [
      'words for numbers',
      {
        data: [
          { index: 0, embedding: ['x'] },
          { index: 1, embedding: [1] },
        ],
      },
    ],
    [
      'different lengths',
      {
        data: [
          { index: 0, embedding: [1, 2] },
          { index: 1, embedding: [1] },
        ],
      },
    ],
  ];
  for (const [what, given] of refusals)
    it(`refuses an answer with ${what}, once`, async () => {
      const encoder = await encoderFor([answer(given)]);
      expect(await failureOf(encoder.encode(['a', 'b'], { signal }))).to.match(/embeddings server's answer/);
      expect(server?.questions).to.have.length(1);
    });

  it('does not try again when the question itself is refused', async () => {
    const encoder = await encoderFor([status(401)]);
    expect(await failureOf(encoder.encode(['a'], { signal }))).to.match(/answered 401/);
    expect(server?.questions).to.have.length(1);
  });

  it('refuses a flood', async () => {
    const encoder = await encoderFor([(_, response) => response.end(`"${'x'.repeat(10_000)}"`)], {
      answerBytesMax: 1000,
    });
    expect(await failureOf(encoder.encode(['a'], { signal }))).to.match(/longer than 1000 bytes/);
  });

  it('gives up on a silent server, and at once when aborted', async () => {
    const silent = await encoderFor([() => undefined], { timeoutMs: 30, attemptsMax: 1 });
    expect(await failureOf(silent.encode(['a'], { signal }))).to.match(/no answer within 0.03 s/);

    await server?.stop();
    const waiting = await encoderFor([() => undefined]);
    const stop = new AbortController();
    const question = waiting.encode(['a'], { signal: stop.signal });
    stop.abort(new Error('shutting down'));
    expect(await question.catch((error: Error) => error.message)).to.equal('shutting down');
    expect(waiting.status().state).to.equal('idle');
  });

  it('says who did not answer when nobody listens', async () => {
    const encoder = createHttpEncoder({ url: 'http://127.0.0.1:1', model: 'm', fetch, attemptsMax: 1 });
    expect(await failureOf(encoder.encode(['a'], { signal }))).to.match(/^127\.0\.0\.1:1 did not answer/);
  });

  it('finds the embeddings call from what people write', () => {
    for (const [given, address] of [
      ['http://h:11434', 'http://h:11434/v1/embeddings'],
      ['http://h:11434/v1/', 'http://h:11434/v1/embeddings'],
      ['https://h/proxy/v1/embeddings', 'https://h/proxy/v1/embeddings'],
    ] as const)
      expect(embeddingsAddress(given).href).to.equal(address);
    expect(() => embeddingsAddress('ftp://h')).to.throw(/not an http address/);
  });
});

async function failureOf(question: Promise<unknown>): Promise<string> {
  const error = await question.then(
    () => new Error('it answered'),
    (thrown: Error) => thrown,
  );
  expect(errorCode(error), error.message).to.equal('encoder-failed');
  return error.message;
}

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { expect } from 'chai';
import { evalDedupCommand } from '../../src/cli/eval.ts';
import { errorCode } from '../../src/errors.ts';

const set = join(import.meta.dirname, '../fixtures/dedup/everyday.jsonl');
const groupOf = new Map(
  readFileSync(set, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as { title: string; group: string })
    .map(({ title, group }) => [title, group]),
);

/** Numbers that look like chance and are always those of this text. */
function direction(text: string): number[] {
  let state = [...text].reduce((sum, char) => Math.imul(sum ^ char.charCodeAt(0), 0x01000193), 0x811c9dc5) >>> 0;
  return Array.from({ length: 64 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0x80000000 - 1;
  });
}

/** An encoder that understands: half of a vector is the story's, half the title's. */
function understand(text: string): number[] {
  const title = text.split('\n')[0] ?? '';
  const own = direction(title);
  return direction(groupOf.get(title) ?? title).map((value, at) => value + (own[at] as number));
}

describe('eval dedup with an encoder', function () {
  this.timeout(60_000);
  let server: Server;
  let url: string;
  let asked = 0;
  before(async () => {
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const { input } = JSON.parse(body) as { input: string[] };
      asked += input.length;
      const data = input.map((text, index) => ({ object: 'embedding', index, embedding: understand(text) }));
      response.end(JSON.stringify({ object: 'list', data }));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  async function measure(args: { encoder?: string; encoderUrl?: string }) {
    const io = {
      stdin: Readable.from([]),
      stdout: new PassThrough(),
      stderr: new PassThrough(),
      signal: new AbortController().signal,
    };
    await evalDedupCommand({ files: [set], titles: true, json: true, half: 'held', ...args }, io);
    const { evaluations } = JSON.parse(String(io.stdout.read())) as {
      evaluations: { clusters: { bCubed: { f1: number; precision: number } } }[];
    };
    return evaluations[0]?.clusters.bCubed as { f1: number; precision: number };
  }

  it('finds more with one that understands, and is wrong no more often', async () => {
    const alone = await measure({});
    const helped = await measure({ encoder: 'http', encoderUrl: url });
    expect(asked).to.be.greaterThan(200);
    expect(helped.f1).to.be.greaterThan(alone.f1 + 0.02);
    expect(helped.precision).to.be.at.least(alone.precision - 0.01);
  });

  it('says what is wrong with an encoder it does not know, or that has no address', async () => {
    expect(await measure({ encoder: 'laser' }).catch(errorCode)).to.equal('usage');
    expect(await measure({ encoder: 'http' }).catch(errorCode)).to.equal('config-invalid');
  });

  it('measures nothing where the encoder does not answer', async () => {
    const missing = `${url}x:1`.replace(/:\d+\/v1x:1$/, ':1/v1');
    expect(await measure({ encoder: 'http', encoderUrl: missing }).catch(errorCode)).to.equal('encoder-failed');
  });
});

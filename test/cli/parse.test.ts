import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { expect } from 'chai';
import type { FetchingIo } from '../../src/cli/command-io.ts';
import { type ParseArgs, parseCommand } from '../../src/cli/parse.ts';
import { ParseProcess } from '../../src/cli/parse-process.ts';

const feed =
  '<rss><channel><title>Tides</title><item><title>High</title><link>/h</link><description>&lt;p onclick="x()"&gt;up &lt;a href="q"&gt;q&lt;/a&gt;&lt;script&gt;x&lt;/script&gt;&lt;/p&gt;</description></item></channel></rss>';

async function run(
  args: ParseArgs,
  input = '',
  extra: Partial<FetchingIo> = {},
): Promise<{ status: number; out: string; err: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const written = [stdout, stderr].map(async stream => Buffer.concat(await stream.toArray()).toString());
  const status = await parseCommand(args, {
    stdin: Readable.from([Buffer.from(input)]),
    stdout,
    stderr,
    signal: new AbortController().signal,
    ...extra,
  });
  stdout.end();
  stderr.end();
  const [out = '', err = ''] = await Promise.all(written);
  return { status, out, err };
}

describe('newsfold parse', () => {
  it('answers with the sanitized document', async () => {
    const { status, out } = await run({ json: true, url: 'https://site.example/feed' }, feed);
    expect(status).to.equal(0);
    const document = JSON.parse(out);
    expect(document.format).to.equal('rss');
    expect(document.items[0].url).to.equal('https://site.example/h');
    expect(document.items[0].summaryHtml).to.match(/^<p>up <a href="https:\/\/site\.example\/q"[^>]*>q<\/a><\/p>$/);
  });

  it('shows people what it read', async () => {
    const { status, out } = await run({ file: '-', url: 'https://site.example/feed' }, feed);
    expect(status).to.equal(0);
    expect(out).to.include('Tides').and.to.include('1 items').and.to.include('https://site.example/h');
  });

  it('says why a document is not a feed, and ends with 1', async () => {
    const { status, out, err } = await run({ json: true }, '<html><body>no</body></html>');
    expect(status).to.equal(1);
    expect(JSON.parse(out).error.code).to.equal('not-a-feed');
    expect(err).to.include('an HTML page');
  });

  it('fetches an address by the fetcher it is given', async () => {
    const fetchUrl = async () => ({
      body: Buffer.from(feed),
      contentType: 'text/xml',
      finalUrl: 'https://moved.example/feed',
    });
    const { out } = await run({ file: 'https://site.example/feed', json: true }, '', { fetchUrl });
    expect(JSON.parse(out).items[0].url).to.equal('https://moved.example/h');
  });

  it('says that a file is not there', async () => {
    const { status, err } = await run({ file: '/no/such/file' });
    expect(status).to.equal(1);
    expect(err).to.include('/no/such/file');
  });
});

describe('newsfold parse --ndjson', () => {
  it('answers every request in order, bad ones too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'newsfold-parse-'));
    try {
      await writeFile(join(folder, 'feed.xml'), feed);
      const requests = [
        JSON.stringify({ id: 1, path: join(folder, 'feed.xml'), url: 'https://a.example/' }),
        JSON.stringify({ id: 'two', body: Buffer.from('<html>').toString('base64') }),
        'not json',
        '[]',
        JSON.stringify({ id: 3, path: '/no/such/file' }),
        JSON.stringify({ id: { deep: true }, body: Buffer.from(feed).toString('base64') }),
        JSON.stringify({ id: 4 }),
      ];
      const { status, out } = await run({ ndjson: true }, `${requests.join('\n')}\n`);
      expect(status).to.equal(0);
      const answers = out
        .trim()
        .split('\n')
        .map(line => JSON.parse(line));
      expect(answers.map(answer => answer.error?.code ?? answer.format)).to.deep.equal([
        'rss',
        'not-a-feed',
        'invalid-input',
        'invalid-input',
        'not-found',
        'rss',
        'empty-document',
      ]);
      expect(answers.map(answer => answer.id)).to.deep.equal([1, 'two', null, null, 3, { deep: true }, 4]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('answers each request before the next one comes', async () => {
    const stdin = new PassThrough();
    const stdout = new PassThrough();
    const done = parseCommand(
      { ndjson: true },
      { stdin, stdout, stderr: new PassThrough(), signal: new AbortController().signal },
    );
    for (const id of [1, 2, 3]) {
      stdin.write(`${JSON.stringify({ id, body: Buffer.from(feed).toString('base64') })}\n`);
      const line = await new Promise<string>(resolve => stdout.once('data', chunk => resolve(String(chunk))));
      expect(JSON.parse(line).id).to.equal(id);
    }
    stdin.end();
    expect(await done).to.equal(0);
  });
});

describe('ParseProcess', () => {
  const heavy = `<rss version="2.0"><channel>${`<item><description>${'<p>Text <b>and</b> more</p>'.repeat(50)}</description></item>`.repeat(1500)}</channel></rss>`;
  const ask = (reader: ParseProcess, body: string) =>
    reader.parse({ body: Buffer.from(body), url: null, contentType: null });
  const told = (answer: Awaited<ReturnType<typeof ask>>) =>
    answer.ok ? 'ok' : `${answer.error.code}: ${answer.error.message}`;

  it('ends a process whose document takes too long and reads the next ones in a new one', async () => {
    const reader = new ParseProcess({ timeBudgetMs: 5 });
    try {
      const answers = await Promise.all([heavy, heavy].map(body => ask(reader, body)));
      expect(answers.map(told)).to.deep.equal(
        Array(2).fill('document-too-slow: Reading the document took longer than 0.005 s.'),
      );
    } finally {
      await reader.close();
    }
  });

  it('outlives a document that takes all the memory it may have', async () => {
    const reader = new ParseProcess({ heapMaxMiB: 40 });
    try {
      const bomb = `{"version":"https://jsonfeed.org/version/1.1","title":"Large","items":[${'[],'.repeat(1_000_000)}[]]}`;
      const answers = await Promise.all([feed, bomb, feed].map(body => ask(reader, body)));
      expect(answers.map(told)).to.deep.equal([
        'ok',
        'document-too-large: Reading the document took more than 40 MiB.',
        'ok',
      ]);
    } finally {
      await reader.close();
    }
  });
});

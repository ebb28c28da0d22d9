import { expect } from 'chai';
import type { Reader, ReadOutcome, ReadRequest } from '../../src/pipeline/ports.ts';
import { createProcessReader } from '../../src/reader/process-reader.ts';
import { killProcess, readingProcesses } from '../support/reading-processes.ts';

const { signal } = new AbortController();
const item = (number: number, text = 'Text') =>
  `<item><title>Post ${number}</title><guid>g${number}</guid><description><![CDATA[${text}]]></description></item>`;
const feed = (items: string) => `<rss version="2.0"><channel><title>A blog</title>${items}</channel></rss>`;

function request(body: string, id = 'blog'): ReadRequest {
  const source = { id, keep: [], drop: [] };
  return {
    source,
    body: Buffer.from(body),
    contentType: null,
    url: 'https://blog.example/feed',
    known: [],
    now: Date.UTC(2026, 4, 20),
  };
}

const titles = (outcome: ReadOutcome) =>
  outcome.kind === 'read' ? outcome.result.items.map(read => read.item.title) : [outcome.code];

/** The longest time that this process could do nothing else while the work went on. */
async function longestPauseMs(work: () => Promise<unknown>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    const at = performance.now();
    longest = Math.max(longest, at - last);
    last = at;
  }, 5);
  await work();
  clearInterval(timer);
  return longest;
}

/** Shapes that have stopped other readers; every one stands beside a healthy item. */
const many = 100_000;
const hostileTexts: Readonly<Record<string, string>> = {
  'nested divs': '<div>'.repeat(many),
  'nested divs, closed': `${'<div>'.repeat(many)}x${'</div>'.repeat(many)}`,
  'nested formatting and stray end tags': '<b>'.repeat(many) + '</i>'.repeat(many),
  tables: '<table><tr><td>'.repeat(many / 2),
  'unclosed tags': 'x<p'.repeat(many),
  attributes: `<p ${Array.from({ length: many }, (_, index) => `a${index}=1`).join(' ')}>`,
  'one long word': 'a'.repeat(1_000_000),
  ampersands: '&'.repeat(many),
  frames: '<iframe>'.repeat(many),
  'svg in svg': '<svg>'.repeat(many) + '</p>'.repeat(many),
  comments: '<!--'.repeat(many),
  links: '<a href=x>x</a>'.repeat(many / 5),
};

describe('createProcessReader', function () {
  this.timeout(120_000);
  let reader: Reader;
  before(() => {
    reader = createProcessReader();
  });
  after(() => reader.close());

  it('reads a document as the pipeline does', async () => {
    expect(titles(await reader.read(request(feed(item(1) + item(2))), { signal }))).to.deep.equal(['Post 1', 'Post 2']);
  });

  it('leaves the caller its bytes', async () => {
    const given = request(feed(item(1)));
    await reader.read(given, { signal });
    expect(given.body.byteLength).to.be.greaterThan(0);
  });

  it('answers many at once, each with its own', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, number) => reader.read(request(feed(item(number)), `s${number}`), { signal })),
    );
    expect(answers.map(titles)).to.deep.equal(Array.from({ length: 40 }, (_, number) => [`Post ${number}`]));
  });

  it('tells what it cannot read', async () => {
    expect(await reader.read(request('<!doctype html><p>x'), { signal })).to.include({
      kind: 'unreadable',
      code: 'not-a-feed',
    });
    expect(await reader.read(request(''), { signal })).to.include({ kind: 'unreadable', code: 'empty-document' });
  });

  it('reads the article of a page, safe', async () => {
    const text = Array.from(
      { length: 12 },
      (_, n) => `<p>Sentence number ${n} of the article says something about the weather in the mountains.</p>`,
    ).join('');
    const page = `<!doctype html><html lang=en><title>T</title><body><nav>Menu</nav><article><h1>The headline of it</h1>${text}<img src=/p.png onerror=x></article>`;
    const article = await reader.readArticle(
      { body: Buffer.from(page), contentType: 'text/html', url: 'https://blog.example/a', now: Date.UTC(2026, 4, 20) },
      { signal },
    );
    expect(article?.contentHtml).to.contain('Sentence number 7').and.not.contain('onerror');
    expect(article?.language).to.equal('en');
  });

  for (const [name, text] of Object.entries(hostileTexts)) {
    it(`stores the healthy item beside ${name}, and holds nothing up`, async () => {
      let outcome: ReadOutcome | undefined;
      const pauseMs = await longestPauseMs(async () => {
        outcome = await reader.read(request(feed(item(1, text) + item(2))), { signal });
      });
      expect(outcome && titles(outcome).at(-1)).to.equal('Post 2');
      // Generous: on a busy machine the timer itself is late. What must not happen is seconds.
      expect(pauseMs).to.be.lessThan(1000);
    });
  }

  it('gives up a document that takes too long, and goes on with the next', async () => {
    const impatient = createProcessReader({ timeBudgetMs: 1, processesMax: 1 });
    const heavy = feed(
      Array.from({ length: 1500 }, (_, n) => item(n, '<p>Text <b>and</b> more</p>'.repeat(20))).join(''),
    );
    const answers = await Promise.all([heavy, heavy].map(body => impatient.read(request(body), { signal })));
    expect(answers.map(titles)).to.deep.equal([['document-too-slow'], ['document-too-slow']]);
    await impatient.close();
  });

  it('reads on in a second process while a document holds the first one up', async () => {
    const pair = createProcessReader({ timeBudgetMs: 20_000, heapMaxMiB: 1024, processesMax: 2, patienceMs: 50 });
    await pair.read(request(feed(item(1))), { signal });
    const heavy = feed(
      Array.from({ length: 8000 }, (_, n) => item(n, '<p><font>Text <b>and</b> more</font></p>'.repeat(60))).join(''),
    );
    let heavyEnded = false;
    const slow = pair.read(request(heavy), { signal }).then(() => {
      heavyEnded = true;
    });
    expect(titles(await pair.read(request(feed(item(2))), { signal }))).to.deep.equal(['Post 2']);
    expect(heavyEnded, 'the small one came first').to.equal(false);
    await pair.close();
    await slow.catch(() => undefined);
  });

  it('makes an outcome of a process that ran out of memory', async () => {
    const poor = createProcessReader({ heapMaxMiB: 32, processesMax: 1 });
    const bomb = `{"version":"https://jsonfeed.org/version/1.1","title":"Large","items":[${'[],'.repeat(1_000_000)}[]]}`;
    for (let round = 0; round < 2; round++) {
      expect(titles(await poor.read(request(bomb), { signal }))).to.deep.equal(['document-too-large']);
      expect(titles(await poor.read(request(feed(item(1))), { signal }))).to.deep.equal(['Post 1']);
    }
    await poor.close();
  });

  it('forgets a waiting document when its signal aborts, at once', async () => {
    const single = createProcessReader({ processesMax: 1 });
    const first = single.read(request(feed(item(1))), { signal });
    const controller = new AbortController();
    const second = single.read(request(feed(item(2))), { signal: controller.signal });
    controller.abort(new Error('stop'));
    expect(await second.catch((error: Error) => error.message)).to.equal('stop');
    expect(titles(await first)).to.deep.equal(['Post 1']);
    const aborted = single.read(request(''), { signal: AbortSignal.abort(new Error('before')) });
    expect(await aborted.catch((error: Error) => error.message)).to.equal('before');
    await single.close();
  });

  it('refuses more waiting documents than its queue holds', async () => {
    const small = createProcessReader({ processesMax: 1, queueMax: 2 });
    const all = await Promise.allSettled(
      Array.from({ length: 5 }, () => small.read(request(feed(item(1))), { signal })),
    );
    expect(all.map(({ status }) => status)).to.deep.equal([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    await small.close();
  });

  it('rejects what waits when it is closed, and everything after', async () => {
    const closing = createProcessReader({ processesMax: 1 });
    const waiting = [1, 2, 3].map(number =>
      closing.read(request(feed(item(number))), { signal }).catch((error: Error) => error.message),
    );
    await closing.close();
    const ends = await Promise.all(waiting);
    expect(ends.slice(1)).to.deep.equal(['The reader was closed.', 'The reader was closed.']);
    expect(await closing.read(request(''), { signal }).catch((error: Error) => error.message)).to.equal(
      'The reader is closed.',
    );
  });

  it('fails a document whose process is killed a second time, and reads the next', async function () {
    if (process.platform !== 'linux') this.skip();
    const single = createProcessReader({ processesMax: 1 });
    const killing = setInterval(async () => (await readingProcesses()).forEach(killProcess), 20);
    const outcome = await single.read(request(feed(item(1))), { signal });
    clearInterval(killing);
    expect(outcome).to.include({
      code: 'document-failed',
      message: 'The document was not read: SIGKILL ended the process.',
    });
    expect(titles(await single.read(request(feed(item(2))), { signal }))).to.deep.equal(['Post 2']);
    await single.close();
  });
});

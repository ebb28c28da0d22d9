import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { type DedupArgs, dedupCommand } from '../../src/cli/dedup.ts';
import type { DedupLoaders } from '../../src/cli/dedup-parts.ts';
import { evalDedupCommand } from '../../src/cli/eval.ts';
import { explainCommand } from '../../src/cli/explain.ts';
import { emptyLexicon } from '../../src/core/lexicon/lexicon.ts';
import { loadDetector } from '../../src/reader/load-detector.ts';

/** Without the lexicon: what is left are addresses, titles and names, and that is enough to test the command. */
const loaders: DedupLoaders = { loadLexicon: async () => emptyLexicon(), loadDetector };

class Shell {
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly signal = new AbortController().signal;
  readonly stdin: Readable;

  constructor(input: string | Readable = '') {
    this.stdin = typeof input === 'string' ? Readable.from([Buffer.from(input)]) : input;
  }

  get out(): string {
    return String(this.stdout.read() ?? '');
  }
  get err(): string {
    return String(this.stderr.read() ?? '');
  }
}

async function run(args: DedupArgs, lines: readonly (string | object)[]): Promise<{ status: number; shell: Shell }> {
  const shell = new Shell(lines.map(line => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
  return { status: await dedupCommand(args, shell, loaders), shell };
}

function parsed(text: string): Record<string, unknown>[] {
  return text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>);
}

const ferry = {
  title: 'Ferries stay in port as seamen strike for 24 hours',
  url: 'https://a.example/ferries?utm_source=x',
};
const again = { title: 'Ferries stay in port as seamen strike for 24 hours', url: 'https://a.example/ferries' };
const quake = {
  title: 'Il terremoto ha svegliato tutta la valle questa notte, molta paura',
  url: 'https://b.example/q',
};

describe('newsfold dedup', () => {
  it('answers every item in one line with the first item of its story', async () => {
    const { status, shell } = await run({ ndjson: true }, [
      { id: 'a', ...ferry },
      { id: 'b', ...quake },
      { id: 'c', ...again },
    ]);
    const answers = parsed(shell.out);
    expect(status).to.equal(0);
    expect(answers.map(({ id, story, language }) => [id, story, language])).to.deep.equal([
      ['a', 'a', 'en'],
      ['b', 'b', 'it'],
      ['c', 'a', 'en'],
    ]);
    expect(answers[2]).to.have.property('with', 'a');
    expect(answers[2]?.evidence).to.deep.include({ kind: 'same-url', url: 'https://a.example/ferries' });
    expect(answers[0]?.evidence).to.deep.equal([]);
    for (const { score } of answers) expect(score).to.be.within(0, 1);
  });

  it('answers a line before the next one comes', async () => {
    const input = new PassThrough();
    const shell = new Shell(input);
    const done = dedupCommand({ ndjson: true }, shell, loaders);
    input.write(`${JSON.stringify({ id: 'a', ...ferry })}\n{"id":"b",`);
    const [chunk] = (await new Promise(resolve => shell.stdout.once('data', data => resolve([data])))) as [Buffer];
    expect(parsed(String(chunk)).map(({ id }) => id)).to.deep.equal(['a']);
    shell.stdout.pause();
    input.end('"title":"T"}');
    expect(await done).to.equal(0);
    expect(parsed(shell.out).map(({ id }) => id)).to.deep.equal(['b']);
  });

  it('answers a bad line with an error in its place and goes on', async () => {
    const { status, shell } = await run({ ndjson: true }, [
      { id: 'a', ...ferry },
      'nonsense',
      '',
      '{"id":"x"}',
      { id: 'c', ...again },
    ]);
    const answers = parsed(shell.out);
    expect(answers.map(answer => answer.line ?? answer.id)).to.deep.equal(['a', 2, 4, 'c']);
    expect(answers[1]?.error).to.match(/^line 2: not JSON/);
    expect(answers[3]?.story).to.equal('a');
    expect(shell.err).to.match(/2 of 4 lines could not be read/);
    expect(status).to.equal(0);
    expect((await run({ ndjson: true }, ['nonsense'])).status).to.equal(1);
  });

  it('answers a repeated id with the story it has', async () => {
    const { shell } = await run({ ndjson: true }, [
      { id: 'a', ...ferry },
      { id: 'c', ...again },
      { id: 'c', ...quake },
    ]);
    const answers = parsed(shell.out);
    expect(answers[2]).to.include({ id: 'c', story: 'a', repeated: true });
  });

  it('gives each item’s final story after all of them', async () => {
    const { shell } = await run({ ndjson: true, final: true }, [{ id: 'a', ...ferry }, 'x', { id: 'c', ...again }]);
    const answers = parsed(shell.out);
    expect(answers.map(answer => answer.story ?? 'error')).to.deep.equal(['a', 'error', 'a']);
  });

  it('depends on nothing but its input', async () => {
    const lines = (await readFile('test/fixtures/dedup/everyday.jsonl', 'utf8')).trim().split('\n').slice(0, 120);
    const [first, second] = [await run({ final: true }, lines), await run({ final: true }, lines)];
    expect(first.shell.out).to.equal(second.shell.out);
  });

  it('lists stories for people, with the reasons', async () => {
    const { shell } = await run({}, [{ id: 'a', ...ferry }, { id: 'b', ...quake }, { id: 'c', ...again }, 'x']);
    const text = shell.out;
    expect(text).to.match(/■ en {4}Ferries stay in port/);
    expect(text).to.match(/the same address/);
    expect(text).to.match(/3 items, 2 stories: 1 told more than once, 1 once/);
    expect(text).to.match(/line 4: not JSON/);
  });

  it('gives stories as one JSON document', async () => {
    const { shell } = await run({ json: true }, [{ id: 'a', ...ferry }, { id: 'c', ...again }, 'x']);
    const { stories, errors } = JSON.parse(shell.out) as {
      stories: { story: string; items: unknown[] }[];
      errors: unknown[];
    };
    expect(stories.map(({ story, items }) => [story, items.length])).to.deep.equal([['a', 2]]);
    expect(errors).to.have.length(1);
  });

  it('survives hostile lines: a mebibyte of title, zalgo, emoji, lone surrogates, control characters', async () => {
    const titles = [
      'x'.repeat(1024 * 1024),
      'a\u0301'.repeat(50_000),
      '👩‍👩‍👧‍👦'.repeat(2000),
      'a\ud800b',
      '\u0000\u001b[31m',
      'Ω漢字العربية'.repeat(3000),
    ];
    const { status, shell } = await run(
      { ndjson: true },
      titles.map((title, i) => ({ id: `${i}`, title })),
    );
    expect(status).to.equal(0);
    expect(parsed(shell.out).map(({ story }) => story)).to.deep.equal(['0', '1', '2', '3', '4', '5']);
  });

  it('refuses a window that is no duration and two ways of answering', async () => {
    for (const args of [{ window: 'long' }, { json: true, ndjson: true }])
      expect(await run(args, []).catch((error: { code: string }) => error.code)).to.equal('usage');
    expect(await run({ file: 'no-such-file.jsonl' }, []).catch((error: { code: string }) => error.code)).to.equal(
      'not-found',
    );
  });
});

describe('newsfold dedup explain', () => {
  const fileIds = { file: 'test/fixtures/dedup/everyday.jsonl' };

  it('says in words why two items are one story or two', async () => {
    const shell = new Shell();
    await explainCommand({ a: JSON.stringify(ferry), b: JSON.stringify(again) }, shell, loaders);
    const text = shell.out;
    expect(text).to.match(/One story\./);
    expect(text).to.match(/probability {2}\d/);
  });

  it('finds items of a file by their ids, and answers in JSON', async () => {
    const shell = new Shell();
    await explainCommand({ a: 'ev001', b: 'ev050', ...fileIds, json: true }, shell, loaders);
    const answer = JSON.parse(shell.out) as Record<string, unknown>;
    expect(answer).to.include({ a: 'ev001', b: 'ev050', sameStory: false });
    expect(answer.features).to.be.an('object');
  });

  it('says what it cannot find or read', async () => {
    const fail = (a: string, file?: string) =>
      explainCommand({ a, b: 'ev001', ...(file === undefined ? {} : { file }) }, new Shell(), loaders).then(
        () => 'explained',
        (error: Error) => error.message,
      );
    expect(await fail('nobody', fileIds.file)).to.match(/no item "nobody"/);
    expect(await fail('nobody')).to.match(/--file/);
    expect(await fail('{broken', fileIds.file)).to.match(/not JSON/);
  });
});

describe('newsfold eval dedup', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'newsfold-eval-'));
  });
  after(() => rm(folder, { recursive: true }));

  const set = [
    { id: 'a', group: 'f', text: 'No sailings today.', ...ferry },
    { id: 'b', group: 'q', ...quake },
    { id: 'c', group: 'f', ...again },
    { a: { id: '1', ...ferry }, b: { id: '2', ...again }, same: true },
  ];
  const asLines = () => set.map(line => `${JSON.stringify(line)}\n`).join('');

  it('prints a table for headlines, for headlines with teasers, and for labelled pairs; reads .gz', async () => {
    const file = join(folder, 'set.jsonl.gz');
    await writeFile(file, gzipSync(asLines()));
    const shell = new Shell();
    expect(await evalDedupCommand({ files: [file] }, shell, loaders)).to.equal(0);
    const text = shell.out;
    for (const words of [
      /^headline$/m,
      /^headline \+ teaser$/m,
      /^labelled pairs$/m,
      /B³ precision · recall · F1 +1\.000 · 1\.000 · 1\.000/,
    ])
      expect(text).to.match(words);
  });

  it('gives the figures as JSON and the pictures as a page that needs nothing else', async () => {
    const file = join(folder, 'set.jsonl');
    const html = join(folder, 'out.html');
    await writeFile(file, asLines());
    const shell = new Shell();
    await evalDedupCommand({ files: [file], titles: true, json: true, html, shuffle: '7' }, shell, loaders);
    const { evaluations } = JSON.parse(shell.out) as {
      evaluations: { name: string; clusters: { items: number } | null }[];
    };
    expect(evaluations.map(({ name }) => name)).to.deep.equal(['headline', 'labelled pairs']);
    const page = await readFile(html, 'utf8');
    expect(page.match(/<svg /g)).to.have.length(4);
    expect(page).to.not.match(/<script|src=|href=|url\(/);
  });

  it('leaves out other languages and ambiguous groups', async () => {
    const file = join(folder, 'set.jsonl');
    const ambiguous = join(folder, 'ambiguous.json');
    await writeFile(file, asLines().replaceAll('"group":"f"', '"group":"f","language":"en"'));
    await writeFile(ambiguous, '{"pairs":[["f","q"]]}');
    const shell = new Shell();
    await evalDedupCommand({ files: [file], titles: true, json: true, languages: 'en,fr', ambiguous }, shell, loaders);
    const { evaluations } = JSON.parse(shell.out) as { evaluations: { clusters: { items: number } | null }[] };
    expect(evaluations[0]?.clusters?.items).to.equal(2);
  });

  it('refuses a file without labels', async () => {
    const file = join(folder, 'plain.jsonl');
    await writeFile(file, '{"id":"1","title":"x"}\n');
    const code = await evalDedupCommand({ files: [file] }, new Shell(), loaders).catch(
      (error: { code: string }) => error.code,
    );
    expect(code).to.equal('invalid-input');
  });
});

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { expect } from 'chai';
import type { Command } from 'commander';
import { createProgram, runCommandLine } from '../../src/cli/run-command-line.ts';
import type { Shell } from '../../src/cli/shell.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { CommandEnd } from '../support/run-newsfold.ts';
import { serviceFolder } from '../support/running-service.ts';

type Problem = { type: string; title: string; status: number; detail: string };

/** Commands that have no answer of their own: what they write is a script, or they run until they are ended. */
const withoutJson = ['serve', 'completion'];

describe('--json', function () {
  this.timeout(60_000);
  let dir = '';
  before(async () => {
    dir = await serviceFolder({
      newsfold: 'samples: false\n',
      sources:
        'sources:\n  - { id: a, url: "https://a.example/feed", http: { headers: { authorization: hush-hush } } } # mine\n',
    });
  });
  after(() => rm(dir, { recursive: true, force: true }));

  const type = async (input: string, words: readonly string[]): Promise<CommandEnd> => {
    const [out, err]: [string[], string[]] = [[], []];
    const into = (lines: string[]) =>
      new Writable({ write: (chunk, _encoding, done) => done(void lines.push(String(chunk))) });
    const outside = {
      stdin: Readable.from([input]),
      stdout: into(out),
      stderr: into(err),
      env: { NEWSFOLD_STORE_URL: `sqlite:${join(dir, 'newsfold.db')}` },
    };
    const status = await runCommandLine(['--config', dir, ...words, '--json'], outside);
    return { status, stdout: out.join(''), stderr: err.join('') };
  };
  const run = (...words: string[]) => type('', words);
  /** One document, and nothing else on either stream. */
  const documentOf = <T = Record<string, unknown>>(end: CommandEnd): T => {
    expect([end.status, end.stderr]).to.deep.equal([0, '']);
    expect(end.stdout).to.match(/^[^\n]+\n$/);
    return JSON.parse(end.stdout) as T;
  };
  const problemOf = (end: CommandEnd, status: number): Problem => {
    expect([end.status, end.stdout], end.stderr).to.deep.equal([status, '']);
    expect(end.stderr).to.match(/^[^\n]+\n$/);
    return JSON.parse(end.stderr) as Problem;
  };

  it('is known to every command but those that answer nothing', () => {
    const leaves = (command: Command): Command[] =>
      command.commands.flatMap(child => (child.commands.length > 0 ? leaves(child) : [child]));
    const lacking = leaves(createProgram({ environment: {} } as Shell))
      .filter(command => !command.options.some(({ long }) => long === '--json' || long === '--ndjson'))
      .map(command => command.name());
    expect(lacking).to.deep.equal(withoutJson);
  });

  it('answers each change of sources with one document', async () => {
    const added = await run('sources', 'add', 'https://b.example/rss', '--no-test', '--id', 'b', '--tag', 'x');
    expect(documentOf(added)).to.deep.equal({ id: 'b', url: 'https://b.example/rss', tags: ['x'] });
    expect(documentOf(await run('sources', 'pause', 'b'))).to.deep.equal({ id: 'b', paused: true });
    const paused = documentOf<{ sources: Record<string, unknown>[] }>(await run('sources', 'export'));
    expect(paused.sources.map(({ id, paused: is }) => [id, is])).to.deep.equal([
      ['a', undefined],
      ['b', true],
    ]);
    expect(JSON.stringify(paused)).to.include('authorization').and.not.include('hush-hush');
    expect(documentOf(await run('sources', 'resume', 'b'))).to.deep.equal({ id: 'b', paused: false });
    const resumed = documentOf<{ sources: object[] }>(await run('sources', 'export'));
    expect(resumed.sources[1]).not.to.have.property('paused');
    expect(documentOf(await run('sources', 'remove', 'b'))).to.deep.equal({ id: 'b', removed: true });
  });

  it('answers each change of topics with one document', async () => {
    const added = documentOf(await run('topics', 'add', 'sea', '--any', 'sea,ocean', '--title', 'The sea'));
    expect(added).to.deep.include({ id: 'sea', title: 'The sea', any: ['sea', 'ocean'] });
    expect(added.feed).to.match(/^http.*\/feeds\/sea\.atom$/);
    expect(documentOf(await run('topics', 'remove', 'sea'))).to.deep.equal({ id: 'sea', removed: true });
  });

  it('answers what is done with credentials and the store', async () => {
    const token = documentOf<{ id: string; secret: string }>(
      await run('admin', 'token', 'create', '--label', 'ci', '--scope', 'write'),
    );
    expect(token).to.include({ label: 'ci', scope: 'write' }).and.not.have.property('hash');
    expect(token.secret).to.match(/^nf_api_/);
    expect(documentOf(await run('admin', 'token', 'revoke', token.id))).to.deep.equal({ id: token.id, revoked: true });
    expect(documentOf<{ link: string }>(await run('admin', 'setup-link')).link).to.match(/^http.*token=nf_setup_/);
    const password = await type('a long password\n', ['admin', 'password', '--stdin']);
    expect(documentOf(password)).to.deep.equal({ set: true });
    expect(documentOf(await run('eval', 'corrections'))).to.deep.equal({ pairs: [] });

    const file = join(dir, 'copy.db');
    const backup = documentOf<{ file: string; bytes: number }>(await run('backup', file));
    expect(backup.file).to.equal(file);
    expect(backup.bytes).to.be.greaterThan(0);
    const copied = documentOf<{ rows: number }>(await run('store', 'copy', `sqlite:${join(dir, 'other.db')}`));
    const other = await openStore(`sqlite:${join(dir, 'other.db')}`);
    expect((await other.tokens.list('api')).map(({ id }) => id)).to.deep.equal([token.id]);
    await other.close();
    expect(copied.rows).to.be.greaterThan(1);
    const restored = documentOf<{ restored: string; kept: string }>(await run('restore', file));
    expect(restored.kept).to.match(/before-restore/);
  });

  it('collects nothing, and says so', async () => {
    await run('sources', 'remove', 'a');
    expect(documentOf(await run('collect', '--once'))).to.deep.equal({
      sources: 0,
      itemsNew: 0,
      itemsEdited: 0,
      failed: 0,
      problems: [],
    });
  });

  it('tells every failure as a problem document on stderr, with the exit status as ever', async () => {
    const failures: readonly [string, readonly string[], number, string, RegExp][] = [
      ['no such source', ['sources', 'remove', 'nobody'], 1, 'not-found', /no source "nobody"/],
      ['no such source', ['sources', 'pause', 'nobody'], 1, 'not-found', /no source "nobody"/],
      ['an id that is none', ['topics', 'add', 'Not An Id', '--any', 'x'], 1, 'config-invalid', /kebab-case/],
      ['no such story', ['stories', 'split', 'nobody', 'x'], 1, 'not-found', /no story nobody/],
      ['no such correction', ['stories', 'undo', 'x'], 1, 'not-found', /no such correction/],
      ['no such token', ['admin', 'token', 'revoke', 'x'], 1, 'not-found', /no such token/],
      ['no whole backup', ['restore', join('/nowhere', 'x.db')], 1, 'invalid-input', /x\.db/],
      ['no page', ['scrape', '/nowhere/page.html'], 1, 'not-found', /page\.html/],
      ['an address that is none', ['sources', 'add', 'example'], 2, 'usage', /write it whole/],
      ['an unknown option', ['sources', 'list', '--wrong'], 2, 'usage', /unknown option '--wrong'/],
      ['a missing argument', ['stories', 'split'], 2, 'usage', /missing required argument/],
      ['an unknown command', ['sorces'], 2, 'usage', /unknown command 'sorces'/],
    ];
    for (const [what, words, status, code, detail] of failures) {
      const problem = problemOf(await run(...words), status);
      expect(problem.type, what).to.equal(`urn:newsfold:error:${code}`);
      expect(problem.detail, what).to.match(detail);
      expect([typeof problem.title, typeof problem.status], what).to.deep.equal(['string', 'number']);
    }
  });
});

import { execFile } from 'node:child_process';
import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { runNewsfold } from '../support/run-newsfold.ts';
import { serviceFolder } from '../support/running-service.ts';

describe('newsfold as a person runs it', function () {
  this.timeout(60_000);
  let dir = '';
  beforeEach(async () => {
    dir = await serviceFolder({ newsfold: '' });
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const wrong: readonly [string, readonly string[], RegExp][] = [
    ['an unknown command', ['serv'], /unknown command.*\n.*serve/],
    ['an unknown option', ['sources', 'list', '--jsn'], /unknown option.*\n.*--json/],
    ['a missing argument', ['sources', 'add'], /missing required argument/],
    ['one word too many', ['config', 'check', 'everything'], /too many arguments/],
    ['a source that is none', ['collect', '--once', '--source', 'nobody'], /there is no source "nobody".*sources list/],
    ['an address that is none', ['sources', 'test', 'nobody'], /neither an address nor the id/],
    ['a topic about nothing', ['topics', 'add', 'empty'], /--any, --all, --about or --subject/],
    ['a source that is no address', ['sources', 'add', 'example'], /write it whole, beginning with http/],
    ['a topic’s id that is none', ['topics', 'preview', 'Not An Id', '--any', 'x'], /kebab-case/],
    ['a subject that is none', ['topics', 'preview', '--subject', 'x'], /subject: .*"politics"/],
    ['a number that is none', ['stories', 'search', 'x', '--limit', 'many'], /whole number from 1 to 200/],
    ['a shell that is none', ['completion', 'tcsh'], /Allowed choices are bash, zsh, fish/],
    ['a file that is not there', ['sources', 'import', '/nowhere/x.opml'], /cannot be read/],
  ];
  it('answers 2 and says what to do about wrong usage', async () => {
    const check = async ([what, words, message]: (typeof wrong)[number]) => {
      const end = await runNewsfold(dir, words);
      expect([end.status, end.stdout], what).to.deep.equal([2, '']);
      expect(end.stderr, what).to.match(message);
    };
    for (let n = 0; n < wrong.length; n += 3) await Promise.all(wrong.slice(n, n + 3).map(check));
  });

  it('answers 0 to --help of every depth, and to --version', async () => {
    for (const words of [['--help'], ['sources', 'add', '--help'], ['--version']]) {
      const end = await runNewsfold(dir, words);
      expect([end.status, end.stderr], words.join(' ')).to.deep.equal([0, '']);
      expect(end.stdout).to.match(/newsfold|^\d+\.\d+\.\d+/);
    }
  });

  it('names every mistake of the configuration with file and line, and answers 1', async () => {
    expect(await runNewsfold(dir, ['config', 'check'])).to.deep.include({ status: 0, stderr: '' });
    const well = await runNewsfold(dir, ['config', 'check', '--json']);
    expect(JSON.parse(well.stdout)).to.deep.equal({ ok: true, sources: 0, topics: 0 });
    await writeFile(
      join(dir, 'sources.yaml'),
      'sources:\n  - id: a\n    url: ftp://x\n  - id: a\n    ulr: http://x.example/\n',
    );
    await appendFile(join(dir, 'newsfold.yaml'), 'collect: { perHots: 3 }\n');
    const bad = await runNewsfold(dir, ['config', 'check']);
    expect(bad.status).to.equal(1);
    expect(bad.stderr)
      .to.match(/sources\.yaml:3/)
      .and.to.match(/newsfold\.yaml:1.*perHost/s);
    const json = JSON.parse((await runNewsfold(dir, ['config', 'check', '--json'])).stdout) as {
      ok: boolean;
      problems: object[];
    };
    expect(json.ok).to.equal(false);
    expect(json.problems.length).to.be.at.least(3);
    // Other commands say the same, and do nothing.
    const other = await runNewsfold(dir, ['sources', 'list']);
    expect([other.status, other.stdout]).to.deep.equal([1, '']);
    expect(other.stderr).to.include('sources.yaml:3');
  });

  it('doctor answers 1 when something is wrong, and says what; --json is one object', async () => {
    const text = await runNewsfold(dir, ['doctor', '--url', 'http://127.0.0.1:1']);
    expect(text.status).to.equal(1);
    expect(text.stdout)
      .to.match(/✓ configuration/)
      .and.to.match(/✓ store/)
      .and.to.match(/✗ service: nothing answers/);
    expect(text.stdout).to.match(/✓ reading: a process of its own read a feed within \d+\.\d s/);
    const json = await runNewsfold(dir, ['doctor', '--url', 'http://127.0.0.1:1', '--json']);
    const { ok, findings } = JSON.parse(json.stdout) as { ok: boolean; findings: { what: string; ok: boolean }[] };
    expect([json.status, ok]).to.deep.equal([1, false]);
    expect(findings.filter(finding => !finding.ok).map(({ what }) => what)).to.deep.equal(['service']);
  });

  it('completes its own commands in bash, and writes what zsh and fish take', async () => {
    const { stdout: script } = await runNewsfold(dir, ['completion', 'bash']);
    const complete = async (...words: string[]) => {
      const quoted = words.map(word => `'${word}'`).join(' ');
      const asked = `${script}\nCOMP_WORDS=(newsfold ${quoted}); COMP_CWORD=${words.length}; _newsfold; echo "\${COMPREPLY[@]}"`;
      return (await promisify(execFile)('bash', ['-c', asked])).stdout.trim().split(' ');
    };
    expect(await complete('so')).to.deep.equal(['sources']);
    expect(await complete('sources', '')).to.include.members(['list', 'add', 'test', 'remove', 'import', 'export']);
    expect(await complete('--config', '/x', 'sources', 'list', '--')).to.have.members(['--json', '--help']);
    expect(await complete('sources', 'add', '--sc')).to.deep.equal(['--scrape']);
    expect((await runNewsfold(dir, ['completion', 'zsh'])).stdout).to.match(/^autoload -U \+X bashcompinit/);
    const fish = (await runNewsfold(dir, ['completion', 'fish'])).stdout.trim().split('\n');
    for (const line of fish)
      expect(line).to.match(/^complete -c newsfold (-f )?-n '[^']*' (-a|-l) [\w-]+ -d '(?:[^'\\]|\\.)*'$/);
  });
});

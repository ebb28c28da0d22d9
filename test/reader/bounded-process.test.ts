import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { BoundedProcess } from '../../src/reader/bounded-process.ts';
import type { Task } from '../support/tasks-program.ts';

type Answer = { readonly kind?: undefined; readonly done?: unknown; readonly refused?: string };
const program = new URL('../support/tasks-program', import.meta.url);

describe('BoundedProcess', function () {
  this.timeout(60_000);
  const processes: BoundedProcess<Task, Answer>[] = [];
  const start = (limits = {}) => {
    const bounded = new BoundedProcess<Task, Answer>(program, { timeBudgetMs: 20_000, heapMaxMiB: 64, ...limits });
    processes.push(bounded);
    return bounded;
  };
  const pidOf = async (bounded: BoundedProcess<Task, Answer>) => ((await bounded.run('echo')) as Answer).done as number;
  after(() => Promise.all(processes.map(bounded => bounded.close())));

  it('does one job after the other in the same process', async () => {
    const bounded = start();
    const pid = await pidOf(bounded);
    expect(pid).to.not.equal(process.pid);
    expect(await pidOf(bounded)).to.equal(pid);
    expect([bounded.busy, bounded.workingMs]).to.deep.equal([false, 0]);
  });

  // In a thread with the same limit the second and the third of these abort the whole service.
  for (const task of ['grow an array', 'double an array', 'fill a map'] as const) {
    it(`outlives a job that takes too much memory: ${task}`, async () => {
      const bounded = start();
      expect(await bounded.run(task)).to.deep.equal({ kind: 'too-large' });
      expect(await pidOf(bounded)).to.be.a('number');
    });
  }

  it('ends a job that takes too long, which no mild signal would', async () => {
    const bounded = start({ timeBudgetMs: 200 });
    const pid = await pidOf(bounded);
    expect(await bounded.run('loop')).to.deep.equal({ kind: 'too-slow' });
    await gone(pid);
    expect(await pidOf(bounded)).to.not.equal(pid);
  });

  it('says how a process died that ended itself', async () => {
    const bounded = start();
    expect(await bounded.run('exit')).to.deep.equal({ kind: 'died', message: 'the process ended with code 7' });
    expect(await bounded.run('throw outside')).to.deep.equal({
      kind: 'died',
      message: 'RangeError: nobody catches this',
    });
    const pid = await pidOf(bounded);
    const looping = bounded.run('loop');
    await sleep(100);
    process.kill(pid, 'SIGSEGV');
    expect(await looping).to.deep.equal({ kind: 'died', message: 'SIGSEGV ended the process' });
  });

  it('starts anew after a process that died while it had nothing to do', async () => {
    const bounded = start();
    const pid = await pidOf(bounded);
    process.kill(pid, 'SIGKILL');
    await gone(pid);
    await sleep(50);
    expect(await pidOf(bounded)).to.not.equal(pid);
  });

  it('answers `died` to a program that is none', async () => {
    const none = new BoundedProcess(new URL('./no-such-program', import.meta.url), { timeBudgetMs: 1, heapMaxMiB: 64 });
    const end = (await none.run('echo')) as { kind: string; message: string };
    expect(end.kind).to.equal('died');
    expect(end.message).to.contain('no-such-program');
  });

  it('takes no signal as its own affair', async () => {
    const bounded = start();
    expect(await bounded.run('signals')).to.deep.equal({ done: true });
    await sleep(50);
    expect(await bounded.run('echo')).to.have.property('done');
  });

  it('knows nothing of the environment, where secrets are', async () => {
    process.env.NEWSFOLD_TEST_SECRET = 'hunter2';
    try {
      const { done } = (await start().run('environment')) as Answer;
      expect(JSON.stringify(done)).to.not.contain('hunter2');
      expect(Object.keys(done as object).filter(name => /^(?:NEWSFOLD|HOME|PATH)/.test(name))).to.deep.equal([]);
    } finally {
      delete process.env.NEWSFOLD_TEST_SECRET;
    }
  });

  for (const [task, code] of [
    ['read the configuration', 'ERR_ACCESS_DENIED'],
    ['write a file', 'ERR_ACCESS_DENIED'],
    ['start a program', 'ERR_ACCESS_DENIED'],
    ['start a thread', 'ERR_ACCESS_DENIED'],
    ['evaluate text', 'EvalError'],
    ['recurse', 'RangeError'],
  ] as const) {
    it(`refuses to ${task}`, async () => {
      expect(await start().run(task)).to.deep.equal({ refused: code });
    });
  }

  it('is the first to go when memory runs out for all', async function () {
    if (process.platform !== 'linux') this.skip();
    const pid = await pidOf(start());
    expect((await readFile(`/proc/${pid}/oom_score_adj`, 'utf8')).trim()).to.equal('1000');
  });

  it('answers a job that is under way when it is closed, and leaves no process', async () => {
    const bounded = start();
    const pid = await pidOf(bounded);
    const looping = bounded.run('loop');
    await sleep(50);
    await bounded.close();
    expect(await looping).to.deep.equal({ kind: 'died', message: 'the process was closed' });
    await gone(pid);
  });

  it('ends with its parent, however that ends, and keeps no parent alive', async () => {
    const parent = fork(new URL('../support/bounded-parent.ts', import.meta.url), [], { stdio: 'inherit' });
    const [pid] = (await once(parent, 'message')) as [number];
    parent.kill('SIGKILL');
    await gone(pid);
    const idle = fork(new URL('../support/bounded-parent.ts', import.meta.url), ['leave'], { stdio: 'inherit' });
    const [other] = (await once(idle, 'message')) as [number];
    expect(await once(idle, 'exit')).to.deep.equal([0, null]);
    await gone(other);
  });
});

async function gone(pid: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (!(await lives(pid))) return;
    await sleep(50);
  }
  throw new Error(`process ${pid} lives on`);
}

/** One that has ended but whose parent did not ask yet counts as gone: an orphan's new parent may take its time. */
async function lives(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') R');
  return !/\) Z/.test(stat);
}

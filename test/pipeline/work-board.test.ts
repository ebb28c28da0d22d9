import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { createWorkBoard, type WorkBoardDeps } from '../../src/pipeline/work-board.ts';

/** Two processes that share a store: two boards over one map. */
function boards() {
  const facts = new Map<string, string>();
  const notices: string[] = [];
  const warnings: string[] = [];
  let id = 0;
  const clock = { now: 1_000_000, refuses: false };
  const deps: WorkBoardDeps = {
    facts: {
      set: async (key, value) => {
        if (clock.refuses) throw new Error('disk full');
        facts.set(key, value);
      },
      delete: async key => void facts.delete(key),
      list: async prefix => new Map([...facts].filter(([key]) => key.startsWith(prefix))),
    },
    notice: ({ done, total }, ended) => notices.push(`${done}/${total}${ended ? ' ended' : ''}`),
    newId: () => String(++id),
    now: () => clock.now,
    log: { info: () => undefined, warn: message => warnings.push(message), error: () => undefined },
    beatMs: 5,
  };
  return { here: createWorkBoard(deps), there: createWorkBoard(deps), facts, notices, warnings, clock };
}

describe('the work board', () => {
  it('shows in every process what one is doing, how far it is, and nothing when it is over', async () => {
    const { here, there, facts, notices } = boards();
    const result = await here.during({ kind: 'import', startedAt: 5 }, async tell => {
      tell(400, 2000);
      expect(await here.list()).to.deep.equal([{ kind: 'import', startedAt: 5, done: 400, total: 2000 }]);
      await sleep(40);
      expect(await there.list()).to.deep.equal([{ kind: 'import', startedAt: 5, done: 400, total: 2000 }]);
      tell(2000, 2000);
      return 'done';
    });
    expect(result).to.equal('done');
    expect(await here.list()).to.deep.equal([]);
    expect(await there.list()).to.deep.equal([]);
    expect(facts.size).to.equal(0);
    expect(notices[0]).to.equal('0/0');
    expect(notices).to.include('400/2000');
    expect(notices.at(-1)).to.equal('2000/2000 ended');
  });

  it('takes down what failed, and what a process that died left behind', async () => {
    const { here, there, facts, clock } = boards();
    const failed = here.during({ kind: 'import', startedAt: 5 }, () => Promise.reject(new Error('no')));
    expect(await failed.catch((error: Error) => error.message)).to.equal('no');
    expect(facts.size).to.equal(0);
    facts.set('work:dead', JSON.stringify({ kind: 'import', startedAt: 1, done: 1, total: 2, seenAt: clock.now }));
    expect(await there.list()).to.have.length(1);
    clock.now += 30_001;
    expect(await there.list()).to.have.length(0);
    expect(facts.size).to.equal(0);
  });

  it('goes on when the store refuses a note, and says so', async () => {
    const { here, warnings, clock } = boards();
    clock.refuses = true;
    expect(await here.during({ kind: 'import', startedAt: 5 }, async () => 7)).to.equal(7);
    expect(warnings).to.not.be.empty;
  });
});

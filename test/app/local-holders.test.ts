import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { forgetDeadHolders, holderName } from '../../src/app/local-holders.ts';
import { openStore } from '../../src/store/open-store.ts';

describe('the leases of a dead process', () => {
  it('are freed at the next start on its machine; those of the living and of other machines are not', async () => {
    const store = await openStore('sqlite::memory:');
    const self = holderName();
    const [machine] = self.split('/');
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    const holders = {
      dead: `${machine}/${child.pid}/a`,
      // A restarted container's process has the pid of the one before.
      formerSelf: `${machine}/${process.pid}/b`,
      living: `${machine}/${process.ppid}/c`,
      elsewhere: `other-machine/${child.pid}/d`,
      self,
    };
    for (const [name, holder] of Object.entries(holders))
      await store.leases.acquire(name, { holder, now: Date.now(), leaseMs: 60_000 });
    const forgotten = await forgetDeadHolders(store.leases, self);
    expect(forgotten.toSorted()).to.deep.equal([holders.dead, holders.formerSelf].toSorted());
    expect((await store.leases.holders()).toSorted()).to.deep.equal(
      [holders.living, holders.elsewhere, holders.self].toSorted(),
    );
    await store.close();
  });
});

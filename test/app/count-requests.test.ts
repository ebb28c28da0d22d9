import { expect } from 'chai';
import { createCountRequests } from '../../src/app/count-requests.ts';

describe('requests counted by address', () => {
  it('are those of all processes, and this process’s own while nobody counts for all', async () => {
    let shared: number | null = 41;
    let now = 0;
    const count = createCountRequests({ count: async () => (shared === null ? null : ++shared) }, () => now);
    expect(await count('a', 1000)).to.equal(42);
    shared = null;
    expect(await count('a', 1000), 'Redis is gone').to.equal(2);
    expect(await count('b', 1000)).to.equal(1);
    shared = 0;
    expect(await count('a', 1000), 'it came back empty and forgives nobody').to.equal(3);
    now = 1001;
    expect(await count('a', 1000), 'a new window').to.equal(2);
  });
});

import { expect } from 'chai';
import { countsAfterReading, watchLayout } from '../../../src/core/scrape/watch-layout.ts';

describe('watching the layout of a page', () => {
  const rows: [string, number[], number, 'ok' | 'layout-changed'][] = [
    ['says nothing at first', [], 0, 'ok'],
    ['says nothing of a page that never gave items', [0, 0], 0, 'ok'],
    ['sees a page that gave 20 items give none', [20, 20, 20], 0, 'layout-changed'],
    ['sees it after a single reading', [20], 0, 'layout-changed'],
    ['sees it give half', [20, 20, 20], 10, 'layout-changed'],
    ['lets a few items go', [20, 20, 20], 15, 'ok'],
    ['knows a page that wavers', [20, 6, 18, 9], 7, 'ok'],
    ['makes nothing of very short lists', [3, 3, 2], 1, 'ok'],
    ['does not forget at the first empty reading', [20, 0, 0], 0, 'layout-changed'],
    ['stays by it while the page stays at half', [20, 20, 9, 9], 9, 'layout-changed'],
    ['takes a shorter page for its new normal in the end', [20, 20, ...Array<number>(11).fill(9)], 9, 'ok'],
    ['sees a page recover', [20, 20, 9, 9], 20, 'ok'],
    ['is glad of more', [20, 20], 60, 'ok'],
  ];
  for (const [name, earlier, now, verdict] of rows) {
    it(name, () => expect(watchLayout(earlier, now).verdict).to.equal(verdict));
  }

  it('says how many there were and are', () => {
    expect(watchLayout([20, 20], 4).message).to.match(/20 items .* gives 4/);
  });

  it('never forgets what was usual over empty readings', () => {
    let counts: readonly number[] = [20, 20];
    for (let i = 0; i < 50; i += 1) counts = countsAfterReading(counts, 0);
    expect(watchLayout(counts, 0).verdict).to.equal('layout-changed');
    expect(countsAfterReading(counts, 20).at(-1)).to.equal(20);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type ChildService, startChild } from '../support/child-service.ts';
import { type FeedFarm, startFeedFarm } from '../support/feed-farm.ts';
import { eventually } from '../support/running-service.ts';

const feeds = 12;
const itemsPerFeed = 20;
/** `npm run faults` raises it; CI keeps it small. */
const kills = Number(process.env.NEWSFOLD_TEST_KILLS ?? 5);

describe('kill -9 in the middle of collecting', function () {
  this.timeout(60_000 + kills * 20_000);
  let farm: FeedFarm;
  let dir = '';
  let service: ChildService | null = null;

  before(async () => {
    farm = await startFeedFarm({ items: itemsPerFeed, delayMs: 30 });
    dir = await mkdtemp(join(tmpdir(), 'newsfold-killed-'));
    await writeFile(
      join(dir, 'newsfold.yaml'),
      `collect: { allow: ["${farm.origin.slice(7)}"], intervalMin: 10s, perHost: 2 }\n`,
    );
    const sources = Array.from(
      { length: feeds },
      (_, i) => `  - { id: s-${i}, url: "${farm.origin}/feed/${i}.xml", schedule: 10s }\n`,
    );
    await writeFile(join(dir, 'sources.yaml'), `sources:\n${sources.join('')}`);
    await writeFile(join(dir, 'topics.yaml'), 'topics: []\n');
  });
  after(async () => {
    await service?.kill('SIGKILL');
    await farm.close();
    await rm(dir, { recursive: true, force: true });
  });

  /** Every entry of every page: id by title, doubles found. */
  async function published(url: string): Promise<Map<string, string>> {
    const ids = new Map<string, string>();
    let next: string | null = `${url}/feeds/all.json?dedup=none&limit=200`;
    while (next !== null) {
      const page = (await (await fetch(next)).json()) as { items: { id: string; title: string }[]; next_url?: string };
      for (const { id, title } of page.items) {
        expect(ids.has(title), `"${title}" is published twice`).to.equal(false);
        ids.set(title, id);
      }
      const follow: URL | null = page.next_url ? new URL(page.next_url) : null;
      next = follow ? `${url}${follow.pathname}${follow.search}` : null;
    }
    return ids;
  }

  it('loses no item, doubles none, and changes no id', async () => {
    let known = new Map<string, string>();
    for (let round = 0; round < kills; round++) {
      service = await startChild(dir);
      // A different moment every time: while leasing, fetching, reading, saving or folding.
      await sleep(150 + ((round * 397) % 1100));
      if (round % 2 === 0) farm.grow();
      const seen = await published(service.url).catch(() => known);
      for (const [title, id] of known) expect(seen.get(title), `"${title}" after kill ${round}`).to.equal(id);
      known = new Map([...known, ...seen]);
      await service.kill('SIGKILL');
    }
    service = await startChild(dir);
    const running = service;
    const expected = feeds * (itemsPerFeed + Math.ceil(kills / 2));
    const all = await eventually(async () => {
      const ids = await published(running.url);
      // What grew while nobody looked and has left the feed again cannot be had any more.
      return ids.size >= feeds * itemsPerFeed && ids;
    }, 50);
    for (const [title, id] of known) expect(all.get(title)).to.equal(id);
    expect(new Set(all.values()).size).to.equal(all.size);
    expect(all.size).to.be.at.most(expected);
  });

  it('hands its work back and ends with 0 on SIGTERM', async () => {
    const code = await service?.kill('SIGTERM');
    expect(code).to.equal(0);
  });
});

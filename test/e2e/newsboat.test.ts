import { expect } from 'chai';
import { bridge, chess, collected, entriesOf, ferry, ferryThird, ferryToo, glacier } from '../support/news.ts';
import { type Newsboat, startNewsboat } from '../support/newsboat.ts';
import { type Press, startPress } from '../support/press.ts';
import { eventually, type RunningService, samplesFolded, startService } from '../support/running-service.ts';
import { freePort, lacking } from '../support/services.ts';

// newsboat reads no JSON Feed.
for (const format of ['rss', 'atom']) {
  describe(`newsboat, a reader that others wrote, subscribed to a topic as ${format}`, function () {
    this.timeout(180_000);
    let press: Press;
    let service: RunningService;
    let newsboat: Newsboat;
    let port = 0;
    const posts = [ferry, glacier, chess];

    before(async function () {
      port = await freePort();
      const started = await startNewsboat([`http://127.0.0.1:${port}/feeds/all.${format}`]);
      if (!started) lacking(this, 'newsboat');
      newsboat = started;
      press = await startPress();
      press.print('/one', 'en', posts);
      press.print('/two', 'en', []);
      press.print('/three', 'en', []);
      service = await startService({
        port,
        newsfold: `server: { publicUrl: "http://127.0.0.1:${port}" }\ncollect: { allow: ["${press.host}"] }\nsamples: false\n`,
        sources: `sources:\n${['one', 'two', 'three'].map(id => `  - { id: ${id}, url: "${press.origin}/${id}", schedule: 24h }\n`).join('')}`,
      });
      await collected(service, 'one', 'two', 'three');
    });
    after(async () => {
      await service?.stop();
      await press?.close();
      await newsboat?.remove();
    });

    /** Refreshes and answers what newsboat holds as new since. */
    const unread = async (): Promise<readonly string[]> => {
      await newsboat.refresh();
      const titles = newsboat.items().flatMap(item => (item.unread ? [item.title] : []));
      newsboat.markAllRead();
      return titles.toSorted();
    };

    it('gets every story the first time, with its date, and nothing the second', async () => {
      expect(await unread()).to.deep.equal(posts.map(({ title }) => title).toSorted());
      const expected = new Map(posts.map(({ title, at }) => [title, Date.parse(at ?? '')]));
      for (const { title, at } of newsboat.items()) expect(at, title).to.equal(expected.get(title));
      expect(await unread()).to.deep.equal([]);
    });

    it('gets nothing new when further sources tell a story that it has', async () => {
      press.print('/two', 'en', [ferryToo]);
      press.print('/three', 'en', [ferryThird]);
      await collected(service, 'two', 'three');
      const told = (await entriesOf(service)).find(({ title }) => title === ferry.title);
      expect(told?._newsfold?.versions?.length).to.equal(2);
      expect(await unread()).to.deep.equal([]);
    });

    it('gets a new story once, and nothing old with it', async () => {
      press.print('/two', 'en', [ferryToo, bridge]);
      await collected(service, 'two');
      expect(await unread()).to.deep.equal([bridge.title]);
      expect(await unread()).to.deep.equal([]);
    });

    it('gets nothing twice after a restart on the same store, without a cache', async () => {
      await service.app.stop();
      const again = await startService({ port, dir: service.dir });
      const { stop } = service;
      service = {
        ...again,
        stop: async () => {
          await again.stop();
          await stop().catch(() => undefined);
        },
      };
      expect(await unread()).to.deep.equal([]);
    });

    it('gets nothing twice after an edit', async () => {
      press.print('/one', 'en', [ferry, { ...glacier, title: `${glacier.title}, at last` }, chess]);
      await collected(service, 'one');
      await eventually(async () => (await entriesOf(service)).some(({ title }) => title.endsWith('at last')));
      const known = newsboat.items().length;
      await unread();
      expect(newsboat.items().length).to.equal(known);
    });

    it('gets nothing twice after a merge by hand', async () => {
      const stories = (await entriesOf(service))
        .filter(({ title }) => title === chess.title || title.startsWith(glacier.title))
        .map(({ id }) => id.replace('urn:uuid:', ''));
      expect(stories.length).to.equal(2);
      await service.app.context.operations.merge(stories, 'test');
      await eventually(async () => (await entriesOf(service)).length === 3);
      const known = newsboat.items().length;
      expect(await unread()).to.deep.equal([]);
      expect(newsboat.items().length).to.equal(known);
    });
  });
}

describe('newsboat, subscribed to the sample newsroom in five languages', function () {
  this.timeout(180_000);
  for (const query of ['all.atom?limit=200', 'all.rss?limit=200&lang=ar', 'all.atom?limit=200&full=0&dedup=none']) {
    it(`reads ${query} as it is, and nothing twice`, async function () {
      const port = await freePort();
      const newsboat = await startNewsboat([`http://127.0.0.1:${port}/feeds/${query}`]);
      if (!newsboat) lacking(this, 'newsboat');
      const newsfold = `server: { publicUrl: "http://127.0.0.1:${port}" }\nsamples: true\n`;
      const service = await startService({ port, newsfold });
      try {
        await samplesFolded(service);
        const expected = await entriesOf(service, `/feeds/${query.replace(/atom|rss/, 'json')}`);
        await newsboat.refresh();
        expect(newsboat.items().map(({ guid }) => guid)).to.deep.equal(expected.map(({ id }) => id).toSorted());
        newsboat.markAllRead();
        await newsboat.refresh();
        expect(newsboat.items().filter(({ unread }) => unread)).to.deep.equal([]);
      } finally {
        await service.stop();
        await newsboat.remove();
      }
    });
  }
});

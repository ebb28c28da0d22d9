import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { Redis } from 'ioredis';
import {
  bridge,
  chess,
  collected,
  type Entry,
  entriesOf,
  ferry,
  ferryThird,
  ferryToo,
  glacier,
} from '../support/news.ts';
import { type Press, startPress } from '../support/press.ts';
import { eventually, type RunningService, startService } from '../support/running-service.ts';
import { freePort, lacking, type StartedServer, startRedis } from '../support/services.ts';

const topics = (body: string) => `topics:\n${body}`;
const sea = '  - { id: sea, title: Sea, any: [Ventotene] }\n';

describe('an entry is the same for ever', function () {
  this.timeout(120_000);
  let press: Press;
  let service: RunningService;
  let restarted: RunningService | null = null;
  let port = 0;
  let redis: StartedServer | null = null;
  let newsfold = '';

  before(async function () {
    redis = await startRedis();
    if (!redis) lacking(this, 'Redis');
    press = await startPress();
    port = await freePort();
    press.print('/one', 'en', [ferry, glacier]);
    press.print('/two', 'en', []);
    press.print('/three', 'en', []);
    newsfold = `server: { publicUrl: "http://127.0.0.1:${port}" }\ncache: { url: "${redis.url}" }\ncollect: { allow: ["${press.host}"] }\nsamples: false\n`;
    service = await startService({
      port,
      newsfold,
      sources: `sources:\n${['one', 'two', 'three'].map(id => `  - { id: ${id}, url: "${press.origin}/${id}", schedule: 24h }\n`).join('')}`,
      topics: topics(sea),
    });
    await collected(service, 'one', 'two', 'three');
  });
  after(async () => {
    await restarted?.stop();
    await service?.stop();
    await press?.close();
    await redis?.stop();
  });

  const now = () => restarted ?? service;
  const find = async (title: string, path?: string): Promise<Entry> => {
    const found = (await entriesOf(now(), path)).find(entry => entry.title === title);
    if (!found) throw new Error(`no entry "${title}"`);
    return found;
  };
  const frozen = ({ id, date_published }: Entry) => ({ id, date_published });
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', headers });
  const adopt = async (text: string, until: () => Promise<boolean>) => {
    await writeFile(join(service.dir, 'topics.yaml'), text);
    await eventually(until, 30);
  };

  it('through an edit by its publisher, which readers see by date_modified alone', async () => {
    const before = await find(glacier.title);
    const title = `${glacier.title}, the oldest of the Alps`;
    press.print('/one', 'en', [ferry, { ...glacier, title, at: new Date().toISOString() }]);
    await collected(now(), 'one');
    const after = await eventually(() => find(title).catch(() => null));
    expect(frozen(after)).to.deep.equal(frozen(before));
    expect(Date.parse(after.date_modified)).to.be.greaterThan(Date.parse(before.date_modified));
  });

  it('through further versions of its story', async () => {
    const before = await find(ferry.title);
    press.print('/two', 'en', [ferryToo]);
    press.print('/three', 'en', [ferryThird]);
    await collected(now(), 'two', 'three');
    const all = await entriesOf(now());
    expect(all.filter(({ title }) => title === ferry.title).map(frozen)).to.deep.equal([frozen(before)]);
    expect((await find(ferry.title))._newsfold?.versions?.length).to.equal(2);
    expect((await find(ferry.title)).date_modified).to.equal(before.date_modified);
  });

  it('through a flushed cache', async () => {
    const before = (await entriesOf(now())).map(frozen);
    const client = new Redis(redis?.url ?? '');
    await client.flushall();
    client.disconnect();
    // Another page length is another document, which nobody has asked for yet.
    expect((await entriesOf(now(), '/feeds/all.json?limit=49')).map(frozen)).to.deep.equal(before);
  });

  it('through a restart on the same store', async () => {
    const before = await (await get('/feeds/all.atom')).text();
    await service.app.stop();
    restarted = await startService({ port, dir: service.dir });
    expect(await (await get('/feeds/all.atom')).text()).to.equal(before);
  });

  it('through a split: the larger part keeps the id, the other gets its own, with its own date', async () => {
    const before = await find(ferry.title);
    const storyId = before.id.replace('urn:uuid:', '');
    const story = await now().app.store.stories.get(storyId);
    const founder = story?.versions[0]?.item;
    // The founder leaves, so that the id is not simply that of the story's first item.
    await now().app.context.operations.split(storyId, [founder?.id ?? ''], 'test');
    await eventually(async () => (await entriesOf(now())).filter(({ title }) => title === ferry.title).length === 2);
    const parts = (await entriesOf(now())).filter(({ title }) => title === ferry.title);
    const larger = parts.find(part => (part._newsfold?.versions?.length ?? 0) === 1);
    expect(frozen(larger as Entry)).to.deep.equal(frozen(before));
    expect(new Set(parts.map(({ id }) => id)).size).to.equal(2);
  });

  it('through a merge: the elder’s id and date stay, the other id is never seen again', async () => {
    const parts = (await entriesOf(now())).filter(({ title }) => title === ferry.title);
    const ids = parts.map(({ id }) => id.replace('urn:uuid:', ''));
    const stories = await Promise.all(ids.map(id => now().app.store.stories.get(id)));
    await now().app.context.operations.merge(ids, 'test');
    await eventually(async () => (await entriesOf(now())).filter(({ title }) => title === ferry.title).length === 1);
    const kept = await find(ferry.title);
    expect(parts.map(frozen)).to.deep.include(frozen(kept));
    const gone = parts.find(({ id }) => id !== kept.id);
    const earliest = Math.min(...stories.map(story => story?.publishedAt ?? 0));
    expect(Date.parse(kept.date_published)).to.equal(earliest);
    const redirect = await get(`/stories/${gone?.id.replace('urn:uuid:', '')}`);
    expect(redirect.status).to.equal(301);
    expect(redirect.headers.get('location')).to.equal(`/stories/${kept.id.replace('urn:uuid:', '')}`);
  });

  it('through a changed topic: an old story enters with its old date', async () => {
    press.print('/two', 'en', [ferryToo, bridge, chess]);
    await collected(now(), 'two');
    const before = await find(chess.title);
    await adopt(topics('  - { id: sea, title: Sea, any: [Ventotene, Tunisia] }\n'), async () =>
      (await entriesOf(now(), '/feeds/sea.json')).some(({ title }) => title === chess.title),
    );
    const entries = await entriesOf(now(), '/feeds/sea.json');
    expect(frozen(await find(chess.title, '/feeds/sea.json'))).to.deep.equal(frozen(before));
    expect(entries.at(-1)?.title, 'the old story is at the bottom, not at the top').to.equal(chess.title);
  });

  it('under another name of the topic: the old address leads to the new one', async () => {
    const before = await entriesOf(now(), '/feeds/sea.json');
    await adopt(
      topics('  - { id: mediterranean, title: Sea, any: [Ventotene, Tunisia], formerIds: [sea] }\n'),
      async () => (await get('/feeds/mediterranean.rss')).status === 200,
    );
    for (const format of ['rss', 'atom', 'json']) {
      const moved = await get(`/feeds/sea.${format}?lang=it`);
      expect(moved.status).to.equal(301);
      expect(moved.headers.get('location')).to.equal(`http://127.0.0.1:${port}/feeds/mediterranean.${format}?lang=it`);
    }
    const renamed = await eventually(async () => {
      const entries = await entriesOf(now(), '/feeds/mediterranean.json');
      return entries.length === before.length && entries;
    });
    expect(renamed.map(frozen)).to.deep.equal(before.map(frozen));
  });

  it('and a removed topic is gone, in every format, while an unknown one never was', async () => {
    await adopt(
      topics('  - { id: other, title: Other, any: [Nowhere] }\n'),
      async () => (await get('/feeds/mediterranean.rss')).status === 410,
    );
    for (const format of ['rss', 'atom', 'json']) {
      expect((await get(`/feeds/mediterranean.${format}`)).status).to.equal(410);
      expect((await get(`/feeds/nobody.${format}`)).status).to.equal(404);
    }
  });

  it('and when the newest story is removed, old validators get the feed without it', async () => {
    const first = await get('/feeds/all.rss');
    const etag = first.headers.get('etag') ?? '';
    const modified = first.headers.get('last-modified') ?? '';
    const [newest] = await entriesOf(now());
    expect(newest?.title).to.equal(bridge.title);
    const story = await now().app.store.stories.get(newest?.id.replace('urn:uuid:', '') ?? '');
    await now().app.store.items.delete(story?.versions[0]?.item.id ?? '');
    await eventually(async () => (await entriesOf(now()))[0]?.title !== bridge.title);
    for (const headers of [{ 'if-none-match': etag }, { 'if-modified-since': modified }]) {
      const answer = await get('/feeds/all.rss', headers as Record<string, string>);
      expect(answer.status, JSON.stringify(headers)).to.equal(200);
      expect(await answer.text()).to.not.include(bridge.title);
    }
    await collected(now(), 'two');
    expect(
      (await entriesOf(now())).some(({ title }) => title === bridge.title),
      'it comes back',
    ).to.equal(false);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { sql } from 'kysely';
import { createDedupEngine } from '../../src/core/dedup/engine.ts';
import { openLexicon } from '../../src/core/lexicon/lexicon.ts';
import { compileTopics } from '../../src/core/topics/compile-topics.ts';
import { type DedupContext, dedupItems } from '../../src/pipeline/dedup-items.ts';
import type { Store } from '../../src/pipeline/ports.ts';
import { rebuildEngine } from '../../src/pipeline/rebuild-engine.ts';
import { engineOf, openStore } from '../../src/store/open-store.ts';
import { read, saved, t0 } from '../support/store-samples.ts';

const lexicon = openLexicon(readFileSync(join(import.meta.dirname, '../../src/core/lexicon/lexicon.bin')));
const windowMs = 7 * 86_400_000;
const signal = new AbortController().signal;

/** The dedup of one process: a new one knows nothing. */
function process(store: Store, reader = 'r1'): DedupContext {
  return {
    ...{ store, engine: createDedupEngine({ lexicon, windowMs }), tagsOf: () => [], now: () => t0, fence: () => null },
    topics: () => compileTopics([], { lexicon }),
    reader: () => reader,
    encode: texts => Promise.resolve(texts.map(() => undefined)),
  };
}

const step = (context: DedupContext) => dedupItems(context, { batch: 500, signal });
const rebuild = (context: DedupContext) => rebuildEngine(context, { windowMs, signal });

const titles = [
  'Flood in Valencia kills dozens of people',
  'Central bank cuts interest rates again',
  'Oslo opens museum of whales',
];

describe('rebuilding the engine', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openStore('sqlite::memory:', { now: () => t0 });
  });
  afterEach(() => store.close());

  it('reads nothing that was kept, and goes on where the last process stopped', async () => {
    await saved(
      store,
      titles.map((title, n) => read(`i${n}`, { title })),
    );
    await step(process(store));
    const next = process(store);
    expect(await rebuild(next)).to.deep.equal({ items: 3, readAnew: 0 });
    await saved(store, [read('later', { sourceId: 'alpha', title: 'Valencia flood kills dozens of people' })]);
    expect(await step(next)).to.deep.include({ items: 1, folded: 1 });
    expect((await store.stories.get('i0'))?.versions.map(({ item }) => item.id)).to.have.members(['i0', 'later']);
  });

  it('reads all anew after an update that reads otherwise, once', async () => {
    await saved(
      store,
      titles.map((title, n) => read(`i${n}`, { title })),
    );
    await step(process(store, 'r1'));
    expect(await rebuild(process(store, 'r2'))).to.deep.equal({ items: 3, readAnew: 3 });
    expect(await rebuild(process(store, 'r2'))).to.deep.equal({ items: 3, readAnew: 0 });
  });

  it('reads anew what is damaged, and nothing else', async () => {
    await saved(
      store,
      titles.map((title, n) => read(`i${n}`, { title })),
    );
    await step(process(store));
    await sql`update dedup_items set kept = substr(kept, 1, 50) where item_id = 'i1'`.execute(engineOf(store).db);
    const next = process(store);
    expect(await rebuild(next)).to.deep.equal({ items: 3, readAnew: 1 });
    expect(next.engine.explain('i0', 'i1')?.sameStory).to.equal(false);
    expect(await rebuild(process(store))).to.deep.equal({ items: 3, readAnew: 0 });
  });

  it('finds an edited item as it reads now, kept when the dedup looked at the edit', async () => {
    await saved(store, [read('a', { title: titles[0] as string }), read('b', { title: titles[1] as string })]);
    const first = process(store);
    await step(first);
    const edit = read('a', { title: titles[2] as string, contentHash: 'new' }, { change: 'edited', rawHash: 'new' });
    await saved(store, [edit], { now: t0 + 1 });
    expect(await rebuild(process(store)), 'before the dedup saw it').to.deep.include({ readAnew: 1 });
    await saved(store, [{ ...edit, item: { ...edit.item, contentHash: 'newer', text: 'Whales' }, rawHash: 'newer' }], {
      now: t0 + 2,
    });
    await step(first);
    const next = process(store);
    expect(await rebuild(next), 'after it saw the second edit').to.deep.include({ readAnew: 0 });
    await saved(store, [read('c', { title: 'Whales have a museum in Oslo' })]);
    await step(next);
    expect((await store.stories.get('a'))?.versions.map(({ item }) => item.id)).to.have.members(['a', 'c']);
  });

  it('cut short, has kept what it read', async () => {
    await saved(
      store,
      Array.from({ length: 250 }, (_, n) => read(`i${n}`)),
      { stories: true },
    );
    const stop = new AbortController();
    const onPage = () => Promise.resolve(stop.abort(new Error('stopped')));
    const cut = await rebuildEngine(process(store), { windowMs, signal: stop.signal, onPage }).catch(error => error);
    expect(cut).to.be.an('error').with.property('message', 'stopped');
    expect(await rebuild(process(store))).to.deep.equal({ items: 250, readAnew: 50 });
  });

  it('leaves out what is older than the window, and an item deleted meanwhile', async () => {
    await saved(store, [read('old', { firstSeenAt: t0 - windowMs - 1 }), read('a'), read('b')], { stories: true });
    const context = process(store);
    const { items } = store;
    const deleting: Store = {
      ...store,
      items: {
        ...items,
        async openings(ids, textMax) {
          await items.delete('a');
          return items.openings(ids, textMax);
        },
      },
    };
    expect(await rebuild({ ...context, store: deleting })).to.deep.equal({ items: 2, readAnew: 1 });
    expect(context.engine.stats().items).to.equal(1);
  });
});

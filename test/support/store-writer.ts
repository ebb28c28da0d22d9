/**
 * A process that writes to a store until it is killed: items, then their stories. Every id is printed only after the store
 * has acknowledged it, so that whoever kills this process knows what must never be lost.
 * Usage: store-writer.ts URL one|two
 */
import { writeSync } from 'node:fs';
import { openStore } from '../../src/store/open-store.ts';
import { fetchSave, read, record } from './store-samples.ts';

const [, , url = '', name = ''] = process.argv;
const store = await openStore(url);
const holder = `${name}-${process.pid}`;
const sources = ['one', 'two'].map(id => ({ id, url: `https://${id}.example/`, paused: false }));
await store.sources.sync(sources, Date.now());

for (let round = 0; ; round++) {
  const now = Date.now();
  const claim = await store.sources.claim(name, { now, holder, leaseMs: 1 });
  if (!claim) continue;
  // The last item of a round is delivered again in the next one: nothing may be stored twice.
  const ids = [0, 1, 2, 3, 4].map(n => `${name}-${process.pid}-${round * 4 + n}`);
  const items = ids.map(id => read(id, { sourceId: name, orderAt: now, firstSeenAt: now }));
  const save = fetchSave(claim, items, {
    record: record(name, { at: now }),
    state: { validators: { etag: String(round), lastModified: null } },
  });
  if ((await store.sources.save(save)) === 'saved') writeSync(1, `${ids.map(id => `item ${id}`).join('\n')}\n`);
  const waiting = await store.items.undeduped(20);
  const assignments = waiting.map(({ item }) => ({
    itemId: item.id,
    storyId: item.id,
    with: null,
    score: 1,
    evidence: [],
  }));
  await store.stories.save({ fence: null, now, assignments, merges: [], splits: [], topics: [] });
  // The date as the store has it: of two writers without a fence the other one may have founded the story, by its own clock.
  const founded = await Promise.all(waiting.map(({ item }) => store.stories.get(item.id)));
  writeSync(1, `${waiting.map(({ item }, n) => `story ${item.id} ${founded[n]?.publishedAt}`).join('\n')}\n`);
}

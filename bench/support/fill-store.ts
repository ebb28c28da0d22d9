import type { Item } from '../../src/model.ts';
import type { FetchRecord, ReadItem } from '../../src/pipeline/ports.ts';
import { openStore } from '../../src/store/open-store.ts';

const now = Date.now();
const paragraph =
  'Il consiglio ha approvato la nuova linea del traghetto dopo mesi di confronto con gli abitanti del quartiere, e i lavori cominciano in primavera. ';

/** Texts of usual length: about 1.4 kB of HTML, which makes a feed of 50 a hundred kilobytes. */
function readItem(source: string, n: number): ReadItem {
  const id = `00000000-0000-8000-8000-${`${source.length}${n}`.padStart(12, '0')}`;
  const url = `https://${source}.example/2026/story-${n}`;
  const html = Array.from({ length: 3 }, () => `<p>${paragraph.repeat(3)}<a href="${url}/more">…</a></p>`).join('\n');
  const item: Item = {
    ...{ id, sourceId: source, guid: id, url, canonicalUrl: url, title: `Story ${n} about the ferry line` },
    ...{ summaryHtml: `<p>${paragraph}</p>`, contentHtml: html, text: paragraph.repeat(9), language: 'it' },
    ...{ publishedAt: now - n * 60_000, updatedAt: null, firstSeenAt: now, orderAt: now - n * 60_000 },
    ...{ authors: [{ name: 'Ada' }], categories: ['news'], enclosures: [], image: null, extra: {}, contentHash: id },
  };
  return { change: 'new', item, keys: [`guid:${id}`, `url:${url}`], rawHash: id };
}

/** A store at `url` with so many stories of one version each in one topic, as if they had been collected and folded. */
export async function fillStore(url: string, { topic, stories }: { readonly topic: string; readonly stories: number }) {
  const store = await openStore(url);
  const id = 'bench';
  await store.sources.sync([{ id, url: 'https://bench.example/feed', paused: false }], now);
  const claim = await store.sources.claim(id, { now, holder: 'bench', leaseMs: 60_000 });
  if (!claim) throw new Error('the source could not be claimed');
  const items = Array.from({ length: stories }, (_, n) => readItem(id, n));
  const counts = { itemsTotal: stories, itemsNew: stories, itemsEdited: 0 };
  const record: FetchRecord = {
    ...{
      sourceId: id,
      at: now,
      durationMs: 1,
      outcome: 'modified',
      status: 200,
      bytes: 1,
      message: null,
      warnings: [],
    },
    ...counts,
  };
  await store.sources.save({ sourceId: id, token: claim.token, state: { nextAt: now, health: 'ok' }, items, record });
  const ids = items.map(({ item }) => item.id);
  const alone = { with: null, score: 1, evidence: [] };
  await store.stories.save({
    ...{ fence: null, now, merges: [], splits: [] },
    assignments: ids.map(itemId => ({ itemId, storyId: itemId, ...alone })),
    topics: ids.map(storyId => ({ storyId, topics: [{ topicId: topic, strength: 1, evidence: [] }] })),
  });
  await store.close();
}

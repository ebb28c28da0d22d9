import type { Item, Topic } from '../../../src/model.ts';

/** A topic that wants nothing; a test says what it wants. */
export function sampleTopic(changes: Partial<Topic> = {}): Topic {
  return {
    id: 'topic',
    title: '',
    any: [],
    all: [],
    none: [],
    threshold: 'normal',
    sources: [],
    languages: [],
    prefer: { languages: [], sources: [] },
    perSourceMax: 10,
    private: false,
    formerIds: [],
    ...changes,
  };
}

export function sampleItem(changes: Partial<Item> = {}): Item {
  return {
    id: 'i1',
    sourceId: 'ansa',
    guid: null,
    url: null,
    canonicalUrl: null,
    title: '',
    summaryHtml: null,
    contentHtml: null,
    text: '',
    language: 'en',
    publishedAt: null,
    updatedAt: null,
    firstSeenAt: 0,
    orderAt: 0,
    authors: [],
    categories: [],
    enclosures: [],
    image: null,
    extra: {},
    contentHash: '',
    ...changes,
  };
}

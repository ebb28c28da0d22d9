import type { Item, Version } from '../../../src/model.ts';

/** A version with an everyday item; a test changes what it is about. */
export function sampleVersion(changes: Partial<Item> = {}): Version {
  const item: Item = {
    id: 'i1',
    sourceId: 'ansa',
    guid: null,
    url: 'https://giornale.example/1',
    canonicalUrl: null,
    title: 'Titolo',
    summaryHtml: null,
    contentHtml: null,
    text: '',
    language: 'it',
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
  return { item, score: 1, with: null, evidence: [], joinedAt: 0 };
}

import { expect } from 'chai';
import { type Decision, reconcile } from '../../../src/core/normalize/identity.ts';
import type { RememberedItem } from '../../../src/core/normalize/known-index.ts';
import type { ParsedItem } from '../../../src/model.ts';

const sourceId = 'blog';
const empty: ParsedItem = {
  id: null,
  url: null,
  title: null,
  summaryHtml: null,
  contentHtml: null,
  publishedAt: null,
  updatedAt: null,
  authors: [],
  categories: [],
  enclosures: [],
  language: null,
};
const post = (given: Partial<ParsedItem>): ParsedItem => ({ ...empty, ...given });
/** A usual post: everything that identifies it depends on its number. */
const usual = (number: number, given: Partial<ParsedItem> = {}): ParsedItem =>
  post({
    id: `https://blog.example/?p=${number}`,
    url: `https://blog.example/2026/post-${number}`,
    title: `Post ${number}`,
    summaryHtml: `<p>Text of post ${number}</p>`,
    publishedAt: `2026-05-${String(10 + number).padStart(2, '0')}T08:${10 + number}:00.000Z`,
    ...given,
  });

/** What a store does with the decisions, in the simplest way: remembers new items, adds keys to edited ones. */
class Memory {
  items: RememberedItem[] = [];

  fetch(
    document: readonly ParsedItem[],
    siteUrl: string | null = 'https://blog.example/',
  ): Record<Decision['kind'], number> {
    const { decisions } = reconcile(document, this.items, { id: sourceId, siteUrl });
    const counts = { new: 0, changed: 0, unchanged: 0, deleted: 0, duplicate: 0 };
    for (const decision of decisions) {
      counts[decision.kind]++;
      if (decision.kind === 'new') {
        const { itemId, keys, rawHash } = decision;
        expect(
          this.items.map(item => item.itemId),
          'ids are unique',
        ).to.not.include(itemId);
        expect(
          this.items.map(item => item.keys[0]),
          'strongest keys are unique',
        ).to.not.include(keys[0]);
        this.items.push({ itemId, keys, rawHash, contentHash: rawHash, firstSeenAt: 0, orderAt: 0, deleted: false });
      } else if (decision.kind === 'changed') {
        const keys = [...new Set([...decision.keys, ...decision.known.keys])].slice(0, 16);
        this.items = this.items.map(item =>
          item === decision.known ? { ...item, keys, rawHash: decision.rawHash } : item,
        );
      }
    }
    return counts;
  }

  delete(position: number): void {
    this.items = this.items.map((item, index) => (index === position ? { ...item, deleted: true } : item));
  }
}

/** Documents in the order in which they are fetched, how many items there must be in the end, and the trap. */
const scenarios: readonly (readonly [trap: string, documents: (readonly ParsedItem[])[], items: number])[] = [
  ['the same 100 times', Array.from({ length: 100 }, () => [usual(1), usual(2), usual(3)]), 3],
  [
    'reordered',
    [
      [usual(1), usual(2), usual(3)],
      [usual(3), usual(1), usual(2)],
      [usual(2), usual(3), usual(1)],
    ],
    3,
  ],
  [
    'a new one comes, an old one leaves',
    [
      [usual(1), usual(2)],
      [usual(2), usual(3)],
      [usual(3), usual(4)],
    ],
    4,
  ],
  ['an old one comes back', [[usual(1), usual(2)], [usual(3)], [usual(1), usual(3)]], 3],
  ['title edited', [[usual(1)], [usual(1, { title: 'Post 1, corrected' })]], 1],
  ['text edited', [[usual(1)], [usual(1, { summaryHtml: '<p>More</p>' })]], 1],
  ['link changed', [[usual(1)], [usual(1, { url: 'https://blog.example/other-slug' })]], 1],
  ['link and title changed', [[usual(1)], [usual(1, { url: 'https://blog.example/other-slug', title: 'Other' })]], 1],
  ['date changed', [[usual(1)], [usual(1, { publishedAt: '2026-09-09T09:09:00.000Z' })]], 1],
  [
    'date and title changed (a live blog)',
    [[usual(1)], [usual(1, { publishedAt: '2026-09-09T09:09:00.000Z', title: 'Live: more' })]],
    1,
  ],
  ['guid changes at every fetch', [1, 2, 3, 4].map(n => [usual(1, { id: `x${n}` }), usual(2, { id: `y${n}` })]), 2],
  ['guid changes and title is edited', [[usual(1)], [usual(1, { id: 'other', title: 'Corrected' })]], 1],
  [
    'guid becomes https',
    [[usual(1, { id: 'http://blog.example/a' })], [usual(1, { id: 'https://blog.example/a', url: null })]],
    1,
  ],
  [
    'guid and link become https',
    [
      [usual(1, { id: 'http://b.example/a', url: 'http://b.example/a', publishedAt: null })],
      [usual(1, { id: 'https://b.example/a', url: 'https://b.example/a', publishedAt: null, title: 'New title' })],
    ],
    1,
  ],
  [
    'guid gets a tracking parameter',
    [
      [usual(1, { id: 'https://b.example/a' })],
      [usual(1, { id: 'https://b.example/a?utm_source=rss', url: null, title: 'x' })],
    ],
    1,
  ],
  ['guid appears', [[usual(1, { id: null })], [usual(1)]], 1],
  ['guid goes', [[usual(1)], [usual(1, { id: null })]], 1],
  [
    'link query changes at every fetch, no guid',
    [1, 2, 3, 4].map(n =>
      [1, 2, 3].map(p => usual(p, { id: null, url: `https://blog.example/post-${p}?session=${n}${p}` })),
    ),
    3,
  ],
  [
    'link query changes at every fetch, guid is the link, no dates',
    [1, 2, 3].map(n =>
      [1, 2].map(p =>
        usual(p, { id: `https://b.example/${p}?s=${n}`, url: `https://b.example/${p}?s=${n}`, publishedAt: null }),
      ),
    ),
    2,
  ],
  [
    'tracking in the link changes',
    [1, 2, 3].map(n => [usual(1, { id: null, url: `https://b.example/a?utm_content=${n}` })]),
    1,
  ],
  [
    '?id= selects content',
    [[1, 2, 3].map(n => post({ url: `https://b.example/view?id=${n}`, title: `Title ${n}` }))],
    3,
  ],
  [
    '?id= selects content, one at a time',
    [1, 2, 3].map(n => [post({ url: `https://b.example/view?id=${n}`, title: `Title ${n}` })]),
    3,
  ],
  ['one guid for all', [[1, 2, 3].map(n => usual(n, { id: 'same' })), [2, 3, 4].map(n => usual(n, { id: 'same' }))], 4],
  ['one guid for all, one item a document', [1, 2, 3].map(n => [usual(n, { id: 'same' })]), 3],
  [
    'one guid for all, first alone, then together, then alone',
    [
      [usual(1, { id: 's' })],
      [usual(1, { id: 's' }), usual(2, { id: 's' })],
      [usual(2, { id: 's' })],
      [usual(3, { id: 's' })],
    ],
    3,
  ],
  [
    'one guid for all, no links',
    [[1, 2].map(n => usual(n, { id: 's', url: null })), [2, 3].map(n => usual(n, { id: 's', url: null }))],
    3,
  ],
  [
    'all link to the front page',
    [
      [1, 2].map(n => usual(n, { url: 'https://blog.example/' })),
      [2, 3].map(n => usual(n, { url: 'https://blog.example' })),
    ],
    3,
  ],
  [
    'all link to one page, no guids',
    [
      [1, 2].map(n => usual(n, { id: null, url: 'https://b.example/latest' })),
      [2, 3].map(n => usual(n, { id: null, url: 'https://b.example/latest' })),
    ],
    3,
  ],
  [
    'one page after another has the same link and its own guid',
    [1, 2, 3].map(n => [usual(n, { url: 'https://b.example/latest' })]),
    3,
  ],
  [
    'places on one page',
    [
      [1, 2].map(n => usual(n, { id: null, url: `https://b.example/news.html#n${n}` })),
      [2, 3].map(n => usual(n, { id: null, url: `https://b.example/news.html#n${n}` })),
    ],
    3,
  ],
  [
    'listed twice',
    [
      [usual(1), usual(1), usual(2)],
      [usual(1), usual(2), usual(2)],
    ],
    2,
  ],
  [
    'listed twice with other tracking',
    [[usual(1, { id: null }), usual(1, { id: null, url: 'https://blog.example/2026/post-1?utm_source=x' })]],
    1,
  ],
  ['listed in two categories', [[usual(1), usual(1, { categories: ['b'] })]], 1],
  [
    'the whole feed dated anew',
    [[1, 2, 3].map(n => usual(n)), [1, 2, 3].map(n => usual(n, { publishedAt: '2026-11-11T11:11:00.000Z' }))],
    3,
  ],
  [
    'dated "now" at every fetch',
    [1, 2, 3].map(n => [1, 2].map(p => usual(p, { publishedAt: `2026-11-1${n}T11:11:00.000Z` }))),
    2,
  ],
  [
    'the site moves to another host',
    [
      [1, 2, 3].map(n => usual(n)),
      [1, 2, 3].map(n => usual(n, { id: `https://new.example/?p=${n}0`, url: `https://new.example/2026/post-${n}` })),
    ],
    3,
  ],
  [
    'the site moves, no dates',
    [
      [1, 2].map(n => usual(n, { id: null, publishedAt: null })),
      [1, 2].map(n => usual(n, { id: null, publishedAt: null, url: `https://new.example/2026/post-${n}` })),
    ],
    2,
  ],
  [
    'numbered, linked and dated anew as a whole',
    [
      [1, 2, 3, 4].map(n => usual(n)),
      [1, 2, 3, 4].map(n =>
        usual(n, { id: `new${n}`, url: `https://new.example/${n}`, publishedAt: `2026-11-1${n}T11:11:00.000Z` }),
      ),
    ],
    4,
  ],
  [
    "next week's open thread is another item",
    [1, 2, 3].map(n => [usual(n, { title: 'Open thread', summaryHtml: '<p>Talk here.</p>' })]),
    3,
  ],
  [
    'daily weather with one name',
    [
      [1, 2].map(n => usual(n, { title: 'Weather', publishedAt: `2026-05-1${n}T00:00:00.000Z` })),
      [2, 3].map(n => usual(n, { title: 'Weather', publishedAt: `2026-05-1${n}T00:00:00.000Z` })),
    ],
    3,
  ],
  [
    'two of one name on one day',
    [[1, 2].map(n => usual(n, { title: 'Engineer wanted', publishedAt: '2026-05-11T00:00:00.000Z' }))],
    2,
  ],
  [
    'microblog: the same words, another link',
    [
      [usual(1, { title: null, summaryHtml: 'Good morning!' })],
      [
        usual(2, { title: null, summaryHtml: 'Good morning!' }),
        usual(1, { title: null, summaryHtml: 'Good morning!' }),
      ],
    ],
    2,
  ],
  ['microblog: edited', [[usual(1, { title: null })], [usual(1, { title: null, summaryHtml: 'Corrected' })]], 1],
  [
    'scraped: links only',
    [
      [1, 2].map(n => post({ url: `https://b.example/${n}`, title: `T ${n}` })),
      [2, 3].map(n => post({ url: `https://b.example/${n}`, title: `T ${n}!` })),
    ],
    3,
  ],
  ['scraped: titles only', [[1, 2].map(n => post({ title: `T ${n}` })), [2, 3].map(n => post({ title: `T ${n}` }))], 3],
  ['scraped: titles only, the same twice', [[post({ title: 'T' }), post({ title: 'T' })]], 1],
  ['titles only, with dates', [[1, 2].map(n => post({ title: 'T', publishedAt: `2026-01-0${n}T01:00:00Z` }))], 2],
  [
    'text only',
    [
      [post({ summaryHtml: 'a' }), post({ summaryHtml: 'b' })],
      [post({ summaryHtml: 'b' }), post({ summaryHtml: 'c' })],
    ],
    3,
  ],
  ['nothing at all, again and again', [[empty], [empty], [empty]], 1],
  [
    'episodes: enclosures only',
    [[1, 2].map(n => post({ enclosures: [{ url: `https://b.example/${n}.mp3`, type: null, length: null }] }))],
    2,
  ],
  ['guids of white space', [[usual(1, { id: '  ' }), usual(2, { id: '  ' })]], 2],
  [
    'guids with white space around',
    [[usual(1, { id: ' a ' })], [usual(1, { id: 'a', url: 'https://b.example/x', title: 'y' })]],
    1,
  ],
  [
    'numbers as guids',
    [
      [usual(1, { id: '1' }), usual(2, { id: '2' })],
      [usual(2, { id: '2' }), usual(3, { id: '3' })],
    ],
    3,
  ],
  [
    'guids swapped between two posts',
    [
      [usual(1, { id: 'a' }), usual(2, { id: 'b' })],
      [usual(1, { id: 'b' }), usual(2, { id: 'a' })],
    ],
    2,
  ],
  [
    'prototype names as guids',
    [
      [usual(1, { id: '__proto__' }), usual(2, { id: 'constructor' })],
      [usual(1, { id: '__proto__' }), usual(2, { id: 'constructor' })],
    ],
    2,
  ],
  ['emptied, then back', [[usual(1), usual(2)], [], [usual(1), usual(2)]], 2],
  ['shrinking', [[usual(1), usual(2), usual(3)], [usual(3)], [usual(1), usual(2), usual(3)]], 3],
];

describe('identity of items', () => {
  for (const [trap, documents, items] of scenarios) {
    it(`${trap}: ${items}`, () => {
      const memory = new Memory();
      for (const document of documents) memory.fetch(document);
      expect(memory.items.length).to.equal(items);
      // The last document again: nothing is new any more, whatever came before.
      expect(memory.fetch(documents.at(-1) ?? []).new).to.equal(0);
      expect(memory.items.length).to.equal(items);
    });
  }

  it('finds nothing to do in a document that did not change, dates aside', () => {
    const memory = new Memory();
    memory.fetch([1, 2, 3].map(n => usual(n)));
    const again = memory.fetch(
      [1, 2, 3].map(n => usual(n, { id: `other${n}`, publishedAt: '2026-11-11T11:11:00.000Z' })),
    );
    expect(again).to.deep.equal({ new: 0, changed: 0, unchanged: 3, deleted: 0, duplicate: 0 });
  });

  it('never brings a deleted item back, whatever the publisher edits', () => {
    const memory = new Memory();
    memory.fetch([usual(1), usual(2)]);
    memory.delete(0);
    const edits = [
      { title: 'x' },
      { id: 'x' },
      { url: 'https://b.example/x' },
      { publishedAt: null },
      { summaryHtml: 'x' },
    ];
    for (const edit of edits) expect(memory.fetch([usual(1, edit), usual(2)])).to.include({ new: 0, deleted: 1 });
  });

  it('keeps the id of an item through every edit', () => {
    const memory = new Memory();
    memory.fetch([usual(1)]);
    const id = memory.items[0]?.itemId;
    memory.fetch([usual(1, { title: 'x' })]);
    memory.fetch([usual(1, { title: 'x', id: 'y' })]);
    memory.fetch([usual(1, { title: 'x', id: 'y', url: 'https://b.example/z' })]);
    expect(memory.items.map(item => item.itemId)).to.deep.equal([id]);
  });

  it('gives the same id on every machine, and another in every source', () => {
    const idIn = (source: string) => {
      const [decision] = reconcile([usual(1)], [], { id: source, siteUrl: null }).decisions;
      return decision?.kind === 'new' ? decision.itemId : null;
    };
    expect(idIn('a')).to.equal(idIn('a'));
    expect(idIn('a')).to.not.equal(idIn('b'));
  });

  it('says that ids are reused and that items are listed twice', () => {
    const { warnings } = reconcile([usual(1, { id: 's' }), usual(2, { id: 's' }), usual(2, { id: 's' })], [], {
      id: sourceId,
      siteUrl: null,
    });
    expect(warnings.map(warning => warning.code)).to.deep.equal(['duplicate-id', 'duplicate-id']);
    expect(warnings[0]?.item).to.equal(2);
  });

  it('does not depend on the order within a document', () => {
    const documents = [
      [usual(1), usual(2, { id: 's' }), usual(3, { id: 's' })],
      [usual(3, { id: 's' }), usual(4), usual(2, { id: 's' })],
    ];
    const ids = (reverse: boolean) => {
      const memory = new Memory();
      for (const document of documents) memory.fetch(reverse ? document.toReversed() : document);
      return memory.items.map(item => item.itemId).sort();
    };
    expect(ids(true)).to.deep.equal(ids(false));
  });
});
